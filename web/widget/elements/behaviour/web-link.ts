/**
 * `url` as the page opens it: only http and https, anything else is null. What lies at the origin `rewrite[0]` is opened under
 * the base `rewrite[1]` (absolute, or a path of the page's origin).
 */
export function webLink(url: string | null, rewrite: [from: string, to: string] | null, page: string): string | null {
  if (!url || !URL.canParse(url, page)) return null
  const target = new URL(url, page)
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return null
  if (!rewrite || !URL.canParse(rewrite[0]) || target.origin !== new URL(rewrite[0]).origin) return target.href
  const base = rewrite[1].replace(/\/$/, '')
  const moved = `${base}${target.pathname}${target.search}${target.hash}`
  return URL.canParse(moved, page) ? new URL(moved, page).href : null
}
