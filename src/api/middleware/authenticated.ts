import type { Context, MiddlewareHandler } from 'hono'
import type { ApiKeys } from '#db/access/api-keys.port.ts'
import type { OperatorSessions } from '#db/access/operators/operator-sessions.port.ts'
import type { Sessions } from '#db/access/sessions.port.ts'
import { Fault } from '#domain/fault.ts'
import { isAtLeast, type Role } from '#domain/roles.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { ApiEnv, Caller } from '../caller.ts'
import type { Guard, Scope } from '../contract/endpoint.ts'
import { checkOwnOrigin, consoleCookieOf, idleUntil } from '../operator-sign-in.ts'
import { proofOf } from '../proof.ts'
import type { ApiSettings } from '../settings.ts'
import { addressOf, limiter } from './rate-limited.ts'

export type AuthenticationPorts = {
  sessions: Sessions
  apiKeys: ApiKeys
  operatorSessions: OperatorSessions
  clock: Clock
}

/** Methods that change nothing, so that a page elsewhere gains nothing by sending them. Source: RFC 9110, section 9.2.1. */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Establishes the caller the endpoint's contract asks for. Secrets are found by their SHA-256, so comparing them takes no
 * time that depends on them. Throws Fault user `api.token.*`, `api.key.*`, `api.sign_in.*` (401), `api.key.scope`,
 * `api.role.required`, and for cookies `api.origin.*` (403).
 */
export function authenticated(
  { sessions, apiKeys, operatorSessions, clock }: AuthenticationPorts,
  { limits, trustProxy, ownOrigins }: Pick<ApiSettings, 'limits' | 'trustProxy' | 'ownOrigins'>,
): MiddlewareHandler<ApiEnv> {
  const refusals = limiter(limits.refused)
  return async (context, next) => {
    const { access } = context.get('endpoint').guard
    const secret = secretOf(context, access)
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
    context.set('stillAllowed', (signal) => isInForce(caller, signal))
    await next()
  }

  async function isInForce(caller: Caller, signal: AbortSignal): Promise<boolean> {
    const now = clock.now()
    switch (caller.kind) {
      case 'anonymous':
        return true
      case 'shopper':
        return caller.session.expiresAt > now
      case 'machine':
        return (await apiKeys.list(caller.key.shop, signal)).some(
          ({ id, revokedAt }) => id === caller.key.id && !revokedAt,
        )
      case 'operator':
        return operatorSessions.isInForce(caller.operator.shop, caller.session.id, now, signal)
    }
  }

  /** The bearer token; for operators also the console's cookie, which a browser sends unasked and so needs a page of ours behind it. */
  function secretOf(context: Context<ApiEnv>, access: Guard['access']): string | null {
    const header = context.req.header('authorization')
    // A proxy in front may ask for Basic credentials of its own; only a bearer token stands instead of the cookie.
    if (!isRole(access) || /^Bearer\b/i.test(header ?? '')) return bearer(header)
    const cookie = consoleCookieOf(context)
    if (cookie === null) return null
    if (!SAFE_METHODS.includes(context.req.method)) checkOwnOrigin(context, { ownOrigins })
    // A key in a cookie would be one more way for it to leak.
    return cookie.startsWith('sk_') ? null : cookie
  }

  async function callerFor(
    access: Guard['access'],
    secret: string | null,
    signal: AbortSignal,
  ): Promise<Caller | Fault> {
    if (access === 'public') return { kind: 'anonymous' }
    if (access === 'shopper') return shopper(secret, signal)
    if (isRole(access))
      return secret?.startsWith('sk_')
        ? machine(access.scopes ?? ['admin'], secret, signal)
        : operator(access.role, secret, signal)
    return machine(access, secret, signal)
  }

  async function shopper(secret: string | null, signal: AbortSignal): Promise<Caller | Fault> {
    if (!secret)
      return denied(
        'api.token.missing',
        'Send the session token: Authorization: Bearer …. POST /v1/sessions gives one.',
      )
    const session = secret.startsWith('sk_') ? null : await sessions.byProof(proofOf(secret), clock.now(), signal)
    if (!session) return denied('api.token.invalid', 'The session token is unknown or has expired. Open a new session.')
    return { kind: 'shopper', session }
  }

  async function machine(
    scopes: readonly string[],
    secret: string | null,
    signal: AbortSignal,
  ): Promise<Caller | Fault> {
    if (!secret) return denied('api.key.missing', 'Send an API key: Authorization: Bearer sk_….')
    const key = secret.startsWith('sk_') ? await apiKeys.byProof(proofOf(secret), signal) : null
    if (!key) return denied('api.key.invalid', 'The API key is unknown or was revoked.')
    if (key.scope !== 'admin' && !scopes.includes(key.scope))
      throw forbidden(
        'api.key.scope',
        `This needs a key with scope ${[...new Set([...scopes, 'admin'])].join(' or ')}.`,
      )
    return { kind: 'machine', key }
  }

  async function operator(role: Role, secret: string | null, signal: AbortSignal): Promise<Caller | Fault> {
    if (!secret) return denied('api.sign_in.missing', 'Sign in first, or send an API key with scope admin.')
    const now = clock.now()
    const session = await operatorSessions.touch(proofOf(secret), now, idleUntil(now), signal)
    if (!session) return denied('api.sign_in.invalid', 'You are signed in no longer. Ask for a new sign-in link.')
    if (!isAtLeast(session.operator.role, role))
      throw forbidden('api.role.required', `This needs the role ${role}; yours is ${session.operator.role}.`)
    return { kind: 'operator', operator: session.operator, session }
  }
}

function isRole(access: Guard['access']): access is { role: Role; scopes?: readonly Scope[] } {
  return typeof access === 'object' && 'role' in access
}

function bearer(header: string | undefined): string | null {
  return /^Bearer +([\w~+/.=-]{1,4096})$/i.exec(header ?? '')?.[1] ?? null
}

function denied(code: string, message: string): Fault {
  return new Fault({ kind: 'user', code, message, status: 401 })
}

function forbidden(code: string, message: string): Fault {
  return new Fault({ kind: 'user', code, message, status: 403 })
}
