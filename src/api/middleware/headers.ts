import type { MiddlewareHandler } from 'hono'
import type { ApiEnv } from '../caller.ts'

/** For pages: nothing but our own styles, images and scripts, never framed by others. A page may set a looser one of its own. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
/** For data: nothing at all, should a browser ever be talked into showing it as a page. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

/** Headers that keep browsers from guessing, framing and telling. Source: OWASP HTTP Headers cheat sheet. */
export function safeHeaders(): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    await next()
    const { headers } = context.res
    const isPage = headers.get('content-type')?.startsWith('text/html')
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', isPage ? PAGE_POLICY : DATA_POLICY)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('x-frame-options', 'DENY')
    if (!headers.has('cross-origin-resource-policy')) headers.set('cross-origin-resource-policy', 'cross-origin')
    headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()')
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  }
}
