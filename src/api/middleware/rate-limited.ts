import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Fault } from '#domain/fault.ts'
import type { ApiEnv, Caller } from '../caller.ts'
import type { Limit } from '../contract/endpoint.ts'
import type { ApiSettings } from '../settings.ts'

/** Counts requests per caller (a session, a key, an operator, else an address) and throws Fault user `api.rate.exceeded` (429) above the endpoint's limit. */
export function rateLimited({ limits }: Pick<ApiSettings, 'limits'>): MiddlewareHandler<ApiEnv> {
  const limiters = Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, limiter(limit)]))
  return async (context, next) => {
    await limiters[context.get('endpoint').guard.rate]?.(whoIs(context.get('caller')) ?? context.get('address'))
    await next()
  }
}

/** One person is one caller, however often they are signed in. */
function whoIs(caller: Caller): string | null {
  if (caller.kind === 'shopper') return caller.session.id
  if (caller.kind === 'machine') return caller.key.id
  return caller.kind === 'operator' ? caller.operator.id : null
}

/** One counter per key. With 0 points there is no limit. The returned function throws Fault user `api.rate.exceeded` (429). */
export function limiter({ points, seconds }: Limit): (key: string) => Promise<void> {
  if (points === 0) return async () => {}
  const counter = new RateLimiterMemory({ points, duration: seconds })
  return async (key) => {
    await counter.consume(key).catch((refusal) => {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
      throw new Fault({
        kind: 'user',
        code: 'api.rate.exceeded',
        message: `Too many requests. Go on in ${retryAfter} s.`,
        status: 429,
        retryAfter,
      })
    })
  }
}

/** Where the request came from. Behind a trusted proxy that is the last entry it wrote; anybody can write the ones before. */
export function addressOf(context: Context<ApiEnv>, trustProxy: boolean): string {
  const forwarded = trustProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded || context.env?.incoming?.socket?.remoteAddress || 'unknown'
}
