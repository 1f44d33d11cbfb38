/** The texts of one language from `url`; null when they cannot be had, since another language is better than none at all. */
export async function fetchTexts(url: string, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await fetch(url, { credentials: 'omit', signal })
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
