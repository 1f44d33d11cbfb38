import type { MiddlewareHandler } from 'hono'
import type { PublicKeys } from '#db/access/public-keys.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { ApiEnv } from '../caller.ts'
import type { ApiSettings } from '../settings.ts'

const METHODS = 'GET, POST, PUT, DELETE'
const HEADERS = 'authorization, content-type, accept, idempotency-key, last-event-id'
const EXPOSED = 'x-trace-id, retry-after, idempotent-replayed'
/** How long browsers may keep a preflight's answer, in seconds (the longest Chromium honours). */
const PREFLIGHT_SECONDS = '7200'
/** Every request of a shop's page asks again; so long, and so many, are remembered. */
const REMEMBERED_MS = 10_000
const REMEMBERED = 1_000

/** Lets pages of our own origins and of those shops list read our answers; everyone else's browser is told nothing. */
export function crossOrigin(
  publicKeys: PublicKeys,
  { ownOrigins }: Pick<ApiSettings, 'ownOrigins'>,
  clock: Clock,
): MiddlewareHandler<ApiEnv> {
  const known = new Map<string, { allowed: boolean; until: number }>()
  return async (context, next) => {
    const origin = context.req.header('origin')
    if (!origin) return next()
    const { signal } = context.req.raw
    const allowed = ownOrigins().includes(origin) || (await allows(origin, signal))
    if (context.req.method === 'OPTIONS' && context.req.header('access-control-request-method')) {
      const headers = {
        vary: 'origin',
        ...(allowed
          ? {
              ...granted(origin),
              'access-control-allow-methods': METHODS,
              'access-control-allow-headers': HEADERS,
              'access-control-max-age': PREFLIGHT_SECONDS,
            }
          : {}),
      }
      return new Response(null, { status: 204, headers })
    }
    await next()
    context.res.headers.append('vary', 'origin')
    if (allowed) for (const [name, value] of Object.entries(granted(origin))) context.res.headers.set(name, value)
  }

  async function allows(origin: string, signal: AbortSignal): Promise<boolean> {
    const before = known.get(origin)
    if (before && before.until > clock.elapsed()) return before.allowed
    try {
      const allowed = await publicKeys.anyAllows(origin, signal)
      if (known.size >= REMEMBERED) known.clear()
      known.set(origin, { allowed, until: clock.elapsed() + REMEMBERED_MS })
      return allowed
    } catch {
      // A database that is away must not turn into an unreadable answer: the page is told nothing, the request gets its own fault.
      return false
    }
  }
}

function granted(origin: string) {
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED }
}
