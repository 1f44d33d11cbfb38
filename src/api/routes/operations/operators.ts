import type { OpenAPIHono } from '@hono/zod-openapi'
import type { OperatorSessions } from '#db/access/operators/operator-sessions.port.ts'
import type { Operator, Operators } from '#db/access/operators/operators.port.ts'
import { Fault } from '#domain/fault.ts'
import type { OperatorId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { type ApiEnv, deskCallerOf, notFound, shopOf, signalOf } from '../../caller.ts'
import {
  addOperatorRoute,
  currentSessionRoute,
  listOperatorsRoute,
  removeOperatorRoute,
  signInLinkRoute,
  signInRoute,
  signOutRoute,
} from '../../contract/operations/operators.ts'
import {
  checkOwnOrigin,
  clearConsoleCookie,
  freshCode,
  idleUntil,
  LINK_LASTS_MS,
  sessionEnd,
  setConsoleCookie,
  signInLink,
} from '../../operator-sign-in.ts'
import { proofOf } from '../../proof.ts'
import type { ApiSettings } from '../../settings.ts'

const TOKEN_BYTES = 32

export type OperatorPorts = {
  operators: Operators
  operatorSessions: OperatorSessions
  clock: Clock
  ids: Ids
  log: Log
}

/** POST /v1/operator-sessions: 201 with the cookie, or with the token. GET and DELETE …/current: who is signed in, and no longer. */
export function operatorSessionRoutes(
  app: OpenAPIHono<ApiEnv>,
  { operatorSessions, clock, ids, log }: OperatorPorts,
  settings: ApiSettings,
): void {
  app.openapi(signInRoute, async (context) => {
    const { code, token: inBody } = context.req.valid('json')
    // A page that could not use the cookie afterwards hears so before its code is used up.
    if (!inBody && context.req.header('origin') !== undefined) checkOwnOrigin(context, settings)
    const token = `ot_${ids.secret(TOKEN_BYTES)}`
    const createdAt = clock.now()
    const [expiresAt, endsAt] = [idleUntil(createdAt), sessionEnd(createdAt)]
    const session = { id: ids.make('ops'), createdAt, expiresAt, endsAt, proof: proofOf(token) }
    const opened = await operatorSessions.open(proofOf(code), session, signalOf(context))
    if (!opened)
      throw new Fault({
        kind: 'user',
        status: 401,
        code: 'api.sign_in_code.refused',
        message: 'This sign-in link was used before, is too old, or was replaced by a newer one. Ask for a new one.',
      })
    const { id, name, role } = opened.operator
    log.warn({ operator: id }, 'operator signed in')
    if (!inBody) setConsoleCookie(context, token, endsAt.getTime() - createdAt.getTime(), settings)
    const body = { operator: { id, name, role }, expiresAt: expiresAt.toISOString(), ...(inBody ? { token } : {}) }
    return context.json(body, 201)
  })

  app.openapi(currentSessionRoute, (context) => {
    const caller = context.get('caller')
    if (caller.kind !== 'operator')
      return context.json(
        { operator: { ...deskCallerOf(context).operator, role: 'admin' as const }, expiresAt: null },
        200,
      )
    const { id, name, role } = caller.operator
    return context.json({ operator: { id, name, role }, expiresAt: caller.session.expiresAt.toISOString() }, 200)
  })

  app.openapi(signOutRoute, async (context) => {
    const caller = context.get('caller')
    if (caller.kind !== 'operator') throw notFound('operator_session')
    await operatorSessions.end(caller.operator.shop, caller.session.id, signalOf(context))
    clearConsoleCookie(context, settings)
    return context.body(null, 204)
  })
}

/** GET and POST /v1/operators, POST /v1/operators/{id}/sign-in-links, DELETE /v1/operators/{id}: what an admin does. */
export function operatorRoutes(
  app: OpenAPIHono<ApiEnv>,
  { operators, clock, ids, log }: OperatorPorts,
  settings: ApiSettings,
): void {
  app.openapi(listOperatorsRoute, async (context) => {
    const items = await operators.list(shopOf(context), signalOf(context))
    return context.json({ items: items.map(operatorBody), nextCursor: null }, 200)
  })

  app.openapi(addOperatorRoute, async (context) => {
    const operator = { id: ids.make('opr'), ...context.req.valid('json'), createdAt: clock.now() }
    const result = await operators.add(shopOf(context), operator, signalOf(context))
    if (result.outcome === 'name_taken') throw conflict('name_taken', 'There is an operator of this name already.')
    log.warn({ operator: operator.id, role: operator.role, by: deskCallerOf(context).operator.id }, 'operator added')
    return context.json(operatorBody(result.operator), 201)
  })

  app.openapi(signInLinkRoute, async (context) => {
    const id = context.req.valid('param').id as OperatorId
    const { code, proof } = freshCode(ids)
    const expiresAt = new Date(clock.now().getTime() + LINK_LASTS_MS)
    const issued = await operators.issueCode(shopOf(context), id, { proof, expiresAt }, signalOf(context))
    if (!issued) throw notFound('operator')
    log.warn({ operator: id, by: deskCallerOf(context).operator.id }, 'sign-in link made')
    return context.json({ link: signInLink(settings, code), expiresAt: expiresAt.toISOString() }, 201)
  })

  app.openapi(removeOperatorRoute, async (context) => {
    const id = context.req.valid('param').id as OperatorId
    const { shop, operator: by } = deskCallerOf(context)
    const removal = { by: { id: by.id, name: by.name }, at: clock.now() }
    const { outcome } = await operators.remove(shop, id, removal, signalOf(context))
    if (outcome === 'unknown_operator') throw notFound('operator')
    if (outcome === 'last_admin')
      throw conflict('last_admin', 'This is the last admin. Add another one first: somebody has to let people in.')
    log.warn({ operator: id, by: by.id }, 'operator removed')
    return context.body(null, 204)
  })
}

function operatorBody({ id, name, role, createdAt, lastSignInAt }: Operator) {
  return { id, name, role, createdAt: createdAt.toISOString(), lastSignInAt: lastSignInAt?.toISOString() ?? null }
}

function conflict(code: string, message: string): Fault {
  return new Fault({ kind: 'user', status: 409, code, message })
}
