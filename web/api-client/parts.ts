/** Part of the widget that is no script: a style sheet, or texts. Throws when it cannot be had. */
export async function fetchPart(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { credentials: 'omit', signal })
  if (!response.ok) throw new Error(url)
  return response.text()
}
