import type { MiddlewareHandler } from 'hono'
import type { ApiKeys } from '#db/access/api-keys.port.ts'
import type { Sessions } from '#db/access/sessions.port.ts'
import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { ApiEnv, Caller } from '../caller.ts'
import type { Guard } from '../contract/endpoint.ts'
import { proofOf } from '../proof.ts'

/**
 * Establishes the caller the endpoint's contract asks for. Secrets are found by their SHA-256, so comparing them takes no
 * time that depends on them. Throws Fault user `api.token.*`, `api.key.*` (401) and `api.key.scope` (403).
 */
export function authenticated(sessions: Sessions, apiKeys: ApiKeys, clock: Clock): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const { access } = context.get('endpoint').guard
    const secret = bearer(context.req.header('authorization'))
    context.set('caller', await callerFor(access, secret, context.req.raw.signal))
    context.set('secret', secret ?? '')
    await next()
  }

  async function callerFor(access: Guard['access'], secret: string | null, signal: AbortSignal): Promise<Caller> {
    if (access === 'public') return { kind: 'anonymous' }
    if (access === 'shopper') {
      if (!secret)
        throw denied(
          'api.token.missing',
          'Send the session token: Authorization: Bearer …. POST /v1/sessions gives one.',
        )
      const session = secret.startsWith('sk_') ? null : await sessions.byProof(proofOf(secret), clock.now(), signal)
      if (!session)
        throw denied('api.token.invalid', 'The session token is unknown or has expired. Open a new session.')
      return { kind: 'shopper', session }
    }
    if (!secret) throw denied('api.key.missing', 'Send an API key: Authorization: Bearer sk_….')
    const key = secret.startsWith('sk_') ? await apiKeys.byProof(proofOf(secret), signal) : null
    if (!key) throw denied('api.key.invalid', 'The API key is unknown or was revoked.')
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
