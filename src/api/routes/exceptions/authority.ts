import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Autonomy, AutonomyLevels, KillSwitch, KillSwitches } from '#approvals/policy.port.ts'
import { Fault } from '#domain/fault.ts'
import { type ApiEnv, actorOf, shopOf, signalOf } from '../../caller.ts'
import {
  killSwitchRoute,
  listAutonomyRoute,
  listKillSwitchesRoute,
  setAutonomyRoute,
} from '../../contract/exceptions/authority.ts'

/** /v1/autonomy and /v1/kill-switch: how much is left to Purser, and the way to stop it. */
export function authorityRoutes(app: OpenAPIHono<ApiEnv>, autonomy: AutonomyLevels, switches: KillSwitches): void {
  app.openapi(listAutonomyRoute, async (context) => {
    const items = await autonomy.all(shopOf(context), signalOf(context))
    return context.json({ items: items.map(autonomyBody) }, 200)
  })

  app.openapi(setAutonomyRoute, async (context) => {
    const { exceptionType } = context.req.valid('param')
    const { level } = context.req.valid('json')
    const set = await autonomy.set(shopOf(context), exceptionType, level, actorOf(context), signalOf(context))
    if (set.outcome === 'not_enough_evidence') throw notEnough(set.autonomy)
    return context.json(autonomyBody(set.autonomy), 200)
  })

  app.openapi(listKillSwitchesRoute, async (context) => {
    const items = await switches.all(shopOf(context), signalOf(context))
    return context.json({ items: items.map(switchBody) }, 200)
  })

  app.openapi(killSwitchRoute, async (context) => {
    const change = { ...context.req.valid('json'), by: actorOf(context) }
    return context.json(switchBody(await switches.set(shopOf(context), change, signalOf(context))), 200)
  })
}

function autonomyBody({ since, ...autonomy }: Autonomy) {
  return { ...autonomy, since: since?.toISOString() ?? null }
}

function switchBody({ at, ...state }: KillSwitch) {
  return { ...state, at: at.toISOString() }
}

function notEnough({ evidence }: Autonomy): Fault {
  return new Fault({
    kind: 'user',
    status: 409,
    code: 'not_enough_evidence',
    message: 'People have not agreed often enough with what Purser proposed.',
    extra: { evidence },
  })
}
