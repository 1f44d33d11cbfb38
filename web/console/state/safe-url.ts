/** The address if it leads to a web page; documents come from outside, and a link could be a script. */
export function safeUrl(url: string | null | undefined): string | null {
  return url && /^https?:\/\//i.test(url) ? url : null
}
