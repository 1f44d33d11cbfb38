import type { OpenAPIHono } from '@hono/zod-openapi'
import { errors, jwtVerify } from 'jose'
import type { PublicKey, PublicKeys } from '#db/access/public-keys.port.ts'
import type { Session, Sessions } from '#db/access/sessions.port.ts'
import { Fault } from '#domain/fault.ts'
import { customerId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { type ApiEnv, signalOf } from '../../caller.ts'
import { openSessionRoute } from '../../contract/shoppers/sessions.ts'
import { proofOf } from '../../proof.ts'
import type { ApiSettings } from '../../settings.ts'
import { isStorableText } from '../../storable-text.ts'

const TOKEN_BYTES = 32
/** Clocks of two servers differ by a little; more would stretch short-lived tokens. */
const CLOCK_TOLERANCE_SECONDS = 5

export type SessionPorts = { publicKeys: PublicKeys; sessions: Sessions; clock: Clock; ids: Ids }

/** POST /v1/sessions: 201 with the token, which is shown once. Throws what its contract lists. */
export function openSession(
  app: OpenAPIHono<ApiEnv>,
  { publicKeys, sessions, clock, ids }: SessionPorts,
  settings: ApiSettings,
): void {
  app.openapi(openSessionRoute, async (context) => {
    const { publicKey, identityToken, locale, region, channel } = context.req.valid('json')
    const signal = signalOf(context)
    const key = await publicKeys.byProof(proofOf(publicKey), signal)
    if (!key) throw refused(401, 'api.public_key.unknown', 'There is no shop with this public key.')
    checkOrigin(context.req.header('origin'), key, settings)
    const customer = identityToken === undefined ? null : await customerOf(identityToken, key, clock.now())
    const now = clock.now()
    const session: Session = {
      id: ids.make('ses'),
      shop: key.shop,
      customer,
      locale: locale ?? null,
      region: region ?? null,
      channel: channel ?? null,
      unlockedOrders: [],
      consent: null,
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

function checkOrigin(origin: string | undefined, { origins }: PublicKey, { ownOrigins }: ApiSettings): void {
  if (!origin) throw refused(403, 'api.origin.missing', 'Sessions are opened by pages: the Origin header is missing.')
  if (!ownOrigins().includes(origin) && !origins.includes(origin))
    throw refused(
      403,
      'api.origin.refused',
      'The shop does not let pages of this origin open sessions. Add it to the allowed origins.',
    )
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
      throw refused(401, 'api.identity_token.expired', 'The identity token has expired. Ask the shop for a new one.')
    throw refused(
      401,
      'api.identity_token.invalid',
      'The identity token is not one this shop signed: HS256 with its identity secret, `sub` and `exp` are needed.',
    )
  })
  const { sub } = payload
  if (typeof sub !== 'string' || sub.length === 0 || sub.length > 200 || !isStorableText(sub))
    throw refused(401, 'api.identity_token.invalid', 'The identity token names no customer in `sub`.')
  return { id: customerId(sub), name: textOf(payload.name), email: textOf(payload.email) }
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.length > 0 && claim.length <= 320 && isStorableText(claim) ? claim : null
}

function refused(status: 401 | 403, code: string, message: string): Fault {
  return new Fault({ kind: 'user', code, message, status })
}
