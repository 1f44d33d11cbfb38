import type { OpenAPIHono } from '@hono/zod-openapi'
import { Fault } from '#domain/fault.ts'
import type { ChallengeId } from '#domain/ids.ts'
import type { Identity } from '#support/identity.port.ts'
import { type ApiEnv, sessionOf, signalOf } from '../../caller.ts'
import { challengeRoute, solveChallengeRoute } from '../../contract/shoppers/identity.ts'
import { limiter } from '../../middleware/rate-limited.ts'
import type { ApiSettings } from '../../settings.ts'

/** Per order a few more than per session, so that two people of one household are not in each other's way. */
const ORDER_FACTOR = 1.5
const ADDRESS_FACTOR = 10

/**
 * Identity challenges. Besides the session's limit there is one per order and one per address, counted before anything is
 * looked up, so that a refusal tells nothing about the order either.
 */
export function identityRoutes(
  app: OpenAPIHono<ApiEnv>,
  identity: Identity,
  { limits: { challenges } }: ApiSettings,
): void {
  const scaled = (factor: number) => limiter({ ...challenges, points: Math.ceil(challenges.points * factor) })
  const perOrder = scaled(ORDER_FACTOR)
  const perAddress = scaled(ADDRESS_FACTOR)

  app.openapi(challengeRoute, async (context) => {
    const claim = context.req.valid('json')
    const session = sessionOf(context)
    await perAddress(context.get('address'))
    await perOrder(`${session.shop}:${claim.orderNumber.replace(/^#/, '').toLowerCase()}`)
    const { id, expiresAt } = await identity.challenge(session, claim, signalOf(context))
    return context.json({ id, expiresAt: expiresAt.toISOString() }, 202)
  })

  app.openapi(solveChallengeRoute, async (context) => {
    await perAddress(context.get('address'))
    const solved = await identity.solve(
      sessionOf(context),
      context.req.valid('param').id as ChallengeId,
      context.req.valid('json').code,
      signalOf(context),
    )
    if (solved.outcome === 'refused')
      throw new Fault({
        kind: 'user',
        code: 'api.challenge.refused',
        message: 'That code does not work. Check it, or ask for a new one.',
        status: 403,
      })
    return context.json({ unlocked: true as const, orderId: solved.order }, 200)
  })
}
