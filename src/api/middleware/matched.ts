import type { MiddlewareHandler } from 'hono'
import { Fault } from '#domain/fault.ts'
import type { ApiEnv } from '../caller.ts'
import type { Endpoint } from '../contract/endpoint.ts'

/**
 * Finds the endpoint a request is for, so that the rest can go by its contract. Throws Fault user `api.route.unknown` (404)
 * or `api.method.not_allowed` (405, with Allow) before anybody is asked who they are.
 */
export function matched(endpoints: readonly Endpoint[]): MiddlewareHandler<ApiEnv> {
  const table = endpoints.map((endpoint) => ({
    endpoint,
    pattern: new RegExp(`^${endpoint.path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
  }))
  return async (context, next) => {
    const path = context.req.path
    const here = table.filter(({ pattern }) => pattern.test(path))
    const method = context.req.method === 'HEAD' ? 'GET' : context.req.method
    const found = here.find(({ endpoint }) => endpoint.method.toUpperCase() === method)
    if (!found && here.length > 0) {
      const allow = here.map(({ endpoint }) => endpoint.method.toUpperCase()).join(', ')
      throw new Fault({
        kind: 'user',
        code: 'api.method.not_allowed',
        message: `This address takes ${allow}.`,
        status: 405,
        extra: { allow },
      })
    }
    if (!found)
      throw new Fault({
        kind: 'user',
        code: 'api.route.unknown',
        message: 'There is nothing at this address. GET /docs lists what there is.',
        status: 404,
      })
    // PostgreSQL has no text with such a character, so no stored thing can be meant.
    if (/%00/.test(context.req.url) || !isDecodable(path))
      throw new Fault({
        kind: 'user',
        code: 'api.request.character',
        message: 'The address contains a character that no text of ours can contain.',
        status: 400,
      })
    context.set('endpoint', found.endpoint)
    await next()
  }
}

/** Whether every percent sign begins an octet of UTF-8 (RFC 3986, section 2.5). */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
