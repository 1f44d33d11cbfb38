import type { OpenAPIHono } from '@hono/zod-openapi'
import { errors, jwtVerify } from 'jose'
import type { PublicKey, PublicKeys } from '#db/access/public-keys.port.ts'
import type { Session, Sessions } from '#db/access/sessions.port.ts'
import type { Shop, Shops } from '#db/access/shops.port.ts'
import { Fault } from '#domain/fault.ts'
import { customerId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { type ApiEnv, notFound, signalOf } from '../../caller.ts'
import { openSessionRoute } from '../../contract/shoppers/sessions.ts'
import { proofOf } from '../../proof.ts'
import type { ApiSettings } from '../../settings.ts'
import { isStorableText } from '../../storable-text.ts'
import { checkOrigin, publicKeyFor } from './public-key.ts'

const TOKEN_BYTES = 32
/** Clocks of two servers differ by a little; more would stretch short-lived tokens. */
const CLOCK_TOLERANCE_SECONDS = 5

export type SessionPorts = {
  publicKeys: PublicKeys
  shops: Pick<Shops, 'get'>
  sessions: Sessions
  clock: Clock
  ids: Ids
}

/** POST /v1/sessions: 201 with the token, which is shown once. Throws what its contract lists. */
export function openSession(
  app: OpenAPIHono<ApiEnv>,
  { publicKeys, shops, sessions, clock, ids }: SessionPorts,
  settings: ApiSettings,
): void {
  app.openapi(openSessionRoute, async (context) => {
    const { publicKey, identityToken, consent, locale, region, channel } = context.req.valid('json')
    const signal = signalOf(context)
    const key = await publicKeyFor(publicKey, publicKeys, signal)
    checkOrigin(context.req.header('origin'), key, settings)
    const now = clock.now()
    const customer = identityToken === undefined ? null : await customerOf(identityToken, key, now)
    const shop = await shops.get(key.shop, signal)
    if (!shop) throw notFound('shop')
    const session: Session = {
      id: ids.make('ses'),
      shop: key.shop,
      customer,
      locale: locale ?? null,
      region: region ?? null,
      channel: channel ?? null,
      unlockedOrders: [],
      consent: consentTo(shop, consent, now),
      createdAt: now,
      expiresAt: new Date(now.getTime() + settings.sessionHours * 3_600_000),
    }
    const token = `st_${ids.secret(TOKEN_BYTES)}`
    await sessions.create(session, proofOf(token), signal)
    const body = {
      sessionId: session.id,
      token,
      expiresAt: session.expiresAt.toISOString(),
      customer: customer && { id: customer.id, name: customer.name },
    }
    return context.json(body, 201)
  })
}

/**
 * What the shopper agreed to, kept when it is the notice the shop shows now. Throws Fault user `api.consent.required` (403) where
 * the shop asks for consent and this is none, or one to another wording.
 */
function consentTo({ privacy }: Shop, given: { version: string } | undefined, at: Date): Session['consent'] {
  if (given?.version === privacy.version) return { version: privacy.version, at }
  if (privacy.consent === 'none') return null
  throw new Fault({
    kind: 'user',
    status: 403,
    code: 'api.consent.required',
    message: 'This shop needs consent to its privacy notice first. Show the present one and send its version.',
    extra: { privacy },
  })
}

/** The customer the shop's own server vouches for. The algorithm is pinned: a token cannot choose how it is checked (RFC 8725, section 3.1). */
async function customerOf(
  token: string,
  { identitySecret }: PublicKey,
  currentDate: Date,
): Promise<Session['customer']> {
  const secret = new TextEncoder().encode(identitySecret)
  const { payload } = await jwtVerify(token, secret, {
    algorithms: ['HS256'],
    requiredClaims: ['sub', 'exp'],
    currentDate,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  }).catch((error: unknown) => {
    if (error instanceof errors.JWTExpired)
      throw refused('api.identity_token.expired', 'The identity token has expired. Ask the shop for a new one.')
    throw refused(
      'api.identity_token.invalid',
      'The identity token is not one this shop signed: HS256 with its identity secret, `sub` and `exp` are needed.',
    )
  })
  const { sub } = payload
  if (typeof sub !== 'string' || sub.length === 0 || sub.length > 200 || !isStorableText(sub))
    throw refused('api.identity_token.invalid', 'The identity token names no customer in `sub`.')
  return { id: customerId(sub), name: textOf(payload.name), email: textOf(payload.email) }
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.length > 0 && claim.length <= 320 && isStorableText(claim) ? claim : null
}

function refused(code: string, message: string): Fault {
  return new Fault({ kind: 'user', code, message, status: 401 })
}
