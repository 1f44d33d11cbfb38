import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Cases } from '#approvals/cases.port.ts'
import { unprovenMembers } from '#domain/exceptions/report-data.ts'
import { typeOfReport } from '#domain/exceptions/report-type.ts'
import { Fault } from '#domain/fault.ts'
import { type CaseId, type IncidentId, orderId } from '#domain/ids.ts'
import { type ApiContext, type ApiEnv, actorOf, notFound, shopOf, signalOf } from '../../caller.ts'
import {
  caseTimelineRoute,
  getCaseRoute,
  listCasesRoute,
  listIncidentsRoute,
  reportExceptionRoute,
} from '../../contract/exceptions/cases.ts'
import { caseBody, caseRowBody } from './case-body.ts'

/** POST /v1/exceptions, /v1/cases, /v1/incidents: what is wrong with orders, and what became of it. */
export function caseRoutes(app: OpenAPIHono<ApiEnv>, cases: Cases): void {
  app.openapi(reportExceptionRoute, async (context) => {
    const { orderId: order, type, ...report } = context.req.valid('json')
    const told = type ?? typeOfReport(report.detail)
    if (!told) throw typeUnclear()
    const unproven = context.get('caller').kind === 'machine' ? [] : unprovenMembers(report.data ?? {})
    if (unproven.length > 0) throw dataUnproven(unproven)
    const opened = await cases.open(
      shopOf(context),
      { ...report, order: orderId(order), type: told },
      actorOf(context),
      signalOf(context),
    )
    return context.json({ caseId: opened.caseId, outcome: opened.outcome }, 202)
  })

  app.openapi(listCasesRoute, async (context) => {
    const { status, type = null, incident = null, q, cursor = null, ...page } = context.req.valid('query')
    const { items, nextCursor } = await cases.list(
      shopOf(context),
      {
        ...page,
        status: status === 'all' ? null : status,
        type,
        incident: incident as IncidentId | null,
        q: q || null,
        cursor,
      },
      signalOf(context),
    )
    return context.json({ items: items.map(caseRowBody), nextCursor }, 200)
  })

  app.openapi(getCaseRoute, async (context) => {
    const found = await cases.detail(shopOf(context), idOf(context), signalOf(context))
    if (!found) throw notFound('case')
    return context.json(caseBody(found), 200)
  })

  app.openapi(caseTimelineRoute, async (context) => {
    const found = await cases.timeline(shopOf(context), idOf(context), signalOf(context))
    if (!found) throw notFound('case')
    return context.json({ items: found.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })) }, 200)
  })

  app.openapi(listIncidentsRoute, async (context) => {
    const { open, cursor = null, limit } = context.req.valid('query')
    const { items, nextCursor } = await cases.incidents(shopOf(context), { open, cursor, limit }, signalOf(context))
    return context.json(
      {
        items: items.map(({ openedAt, ...incident }) => ({ ...incident, openedAt: openedAt.toISOString() })),
        nextCursor,
      },
      200,
    )
  })
}

function idOf(context: ApiContext): CaseId {
  return context.req.param('id') as CaseId
}

function dataUnproven(names: string[]): Fault {
  return new Fault({
    kind: 'user',
    status: 422,
    code: 'data_unproven',
    message: 'This is for the systems that know it, with a key. Say it in `detail`; an approver can edit the proposal.',
    errors: names.map((name) => ({ path: `data.${name}`, message: 'not taken from a person' })),
  })
}

function typeUnclear(): Fault {
  return new Fault({
    kind: 'user',
    status: 422,
    code: 'type_unclear',
    message: 'The detail does not say what kind of exception this is. Name its type.',
    errors: [{ path: 'type', message: 'missing, and not told by the detail' }],
  })
}
