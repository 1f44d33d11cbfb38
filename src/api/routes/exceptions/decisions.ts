import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Journal, UndoOutcome } from '#approvals/journal.port.ts'
import type { DecideOutcome, Proposals } from '#approvals/proposals.port.ts'
import { asFault, Fault } from '#domain/fault.ts'
import type { ActionId, CaseId } from '#domain/ids.ts'
import { type ApiEnv, actorOf, notFound, shopOf, signalOf } from '../../caller.ts'
import { decideCaseRoute, decideManyRoute, undoActionRoute } from '../../contract/exceptions/decisions.ts'
import { caseBody, proposalBody } from './case-body.ts'

type Refusal = Exclude<DecideOutcome, { outcome: 'decided' }>
const STATUS: Record<Refusal['outcome'], number> = {
  unknown_case: 404,
  stale_proposal: 409,
  already_decided: 409,
  expired_proposal: 409,
  role_required: 403,
  four_eyes: 403,
  reason_required: 422,
  edit_refused: 422,
  forbidden: 422,
}
const MESSAGE: Record<Refusal['outcome'], string> = {
  unknown_case: 'There is no such case.',
  stale_proposal: 'The proposal or the order changed since it was shown. Look at what stands now.',
  already_decided: 'This was decided already.',
  expired_proposal: 'The proposal expired; the case is looked at again.',
  role_required: 'This needs a role you do not have.',
  four_eyes: 'Another person has to approve this.',
  reason_required: 'A rejection needs a reason code.',
  edit_refused: 'The edited actions cannot be done.',
  forbidden: 'The policy forbids this, whoever approves.',
}

/** POST /v1/cases/{id}/decision, /v1/decisions and /v1/actions/{id}/undo: what people decide about proposals. */
export function decisionRoutes(
  app: OpenAPIHono<ApiEnv>,
  proposals: Pick<Proposals, 'decide' | 'decideMany'>,
  journal: Pick<Journal, 'undo'>,
): void {
  app.openapi(decideCaseRoute, async (context) => {
    const { id } = context.req.valid('param')
    const request = context.req.valid('json')
    const decided = await proposals.decide(shopOf(context), id as CaseId, request, actorOf(context), signalOf(context))
    if (decided.outcome !== 'decided') throw refused(decided)
    return context.json(caseBody(decided.case), 200)
  })

  app.openapi(decideManyRoute, async (context) => {
    const decisions = context.req.valid('json').decisions.map((one) => ({ ...one, caseId: one.caseId as CaseId }))
    const results = await proposals.decideMany(shopOf(context), decisions, actorOf(context), signalOf(context))
    return context.json({ results: results.map(({ caseId, result }) => ({ caseId, ...resultBody(result) })) }, 200)
  })

  app.openapi(undoActionRoute, async (context) => {
    const { id } = context.req.valid('param')
    const undone = await journal.undo(shopOf(context), id as ActionId, actorOf(context), signalOf(context))
    return context.json(undoBody(undone, id), 202)
  })
}

function refused(outcome: Refusal): Fault {
  const code = outcome.outcome
  if (code === 'unknown_case') return notFound('case')
  return new Fault({
    kind: 'user',
    code,
    status: STATUS[code],
    message: MESSAGE[code],
    ...(outcome.outcome === 'edit_refused' ? { errors: outcome.problems } : {}),
    extra: extraOf(outcome),
  })
}

function extraOf(outcome: Refusal): Record<string, unknown> {
  switch (outcome.outcome) {
    case 'stale_proposal':
      return { proposal: outcome.proposal && proposalBody(outcome.proposal) }
    case 'already_decided':
      return { decidedBy: outcome.decision?.by.name ?? null, decision: outcome.decision?.decision ?? null }
    case 'expired_proposal':
      return { expiredAt: outcome.expiredAt.toISOString() }
    case 'role_required':
      return { role: outcome.role }
    case 'forbidden':
      return { rule: outcome.rule }
    default:
      return {}
  }
}

function resultBody(result: DecideOutcome | { outcome: 'fault'; fault: unknown }) {
  if (result.outcome === 'decided') return { status: 200, code: null, detail: null }
  const { status, code, message } = result.outcome === 'fault' ? asFault(result.fault) : refused(result)
  return { status, code, detail: message }
}

function undoBody(undone: UndoOutcome, id: string) {
  switch (undone.outcome) {
    case 'cancelled':
      return { outcome: undone.outcome, actionId: undone.action.id }
    case 'undoing':
      return { outcome: undone.outcome, actionId: undone.undo.id }
    case 'already_undone':
      return { outcome: undone.outcome, actionId: id }
    case 'unknown_action':
      throw notFound('action')
    case 'not_reversible':
      throw new Fault({
        kind: 'user',
        status: 409,
        code: 'not_reversible',
        message: 'This action cannot be taken back.',
        extra: { why: undone.why },
      })
  }
}
