import type { MiddlewareHandler } from 'hono'
import type { ApiKeys } from '#db/access/api-keys.port.ts'
import type { Sessions } from '#db/access/sessions.port.ts'
import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { ApiEnv, Caller } from '../caller.ts'
import type { Guard } from '../contract/endpoint.ts'
import { proofOf } from '../proof.ts'
import type { ApiSettings } from '../settings.ts'
import { addressOf, limiter } from './rate-limited.ts'

export type AuthenticationPorts = { sessions: Sessions; apiKeys: ApiKeys; clock: Clock }

/**
 * Establishes the caller the endpoint's contract asks for. Secrets are found by their SHA-256, so comparing them takes no
 * time that depends on them. Throws Fault user `api.token.*`, `api.key.*` (401) and `api.key.scope` (403).
 */
export function authenticated(
  { sessions, apiKeys, clock }: AuthenticationPorts,
  { limits, trustProxy }: Pick<ApiSettings, 'limits' | 'trustProxy'>,
): MiddlewareHandler<ApiEnv> {
  const refusals = limiter(limits.refused)
  return async (context, next) => {
    const { access } = context.get('endpoint').guard
    const secret = bearer(context.req.header('authorization'))
    const address = addressOf(context, trustProxy)
    context.set('address', address)
    const caller = await callerFor(access, secret, context.req.raw.signal)
    if (caller instanceof Fault) {
      // Whoever keeps guessing is told to wait instead.
      await refusals(address)
      throw caller
    }
    context.set('caller', caller)
    context.set('secret', secret ?? '')
    await next()
  }

  async function callerFor(
    access: Guard['access'],
    secret: string | null,
    signal: AbortSignal,
  ): Promise<Caller | Fault> {
    if (access === 'public') return { kind: 'anonymous' }
    if (access === 'shopper') {
      if (!secret)
        return denied(
          'api.token.missing',
          'Send the session token: Authorization: Bearer …. POST /v1/sessions gives one.',
        )
      const session = secret.startsWith('sk_') ? null : await sessions.byProof(proofOf(secret), clock.now(), signal)
      if (!session)
        return denied('api.token.invalid', 'The session token is unknown or has expired. Open a new session.')
      return { kind: 'shopper', session }
    }
    if (!secret) return denied('api.key.missing', 'Send an API key: Authorization: Bearer sk_….')
    const key = secret.startsWith('sk_') ? await apiKeys.byProof(proofOf(secret), signal) : null
    if (!key) return denied('api.key.invalid', 'The API key is unknown or was revoked.')
    if (key.scope !== 'admin' && !access.includes(key.scope))
      throw new Fault({
        kind: 'user',
        code: 'api.key.scope',
        message: `This needs a key with scope ${[...new Set([...access, 'admin'])].join(' or ')}.`,
        status: 403,
      })
    return { kind: 'machine', key }
  }
}

function bearer(header: string | undefined): string | null {
  return /^Bearer +([\w~+/.=-]{1,4096})$/i.exec(header ?? '')?.[1] ?? null
}

function denied(code: string, message: string): Fault {
  return new Fault({ kind: 'user', code, message, status: 401 })
}
