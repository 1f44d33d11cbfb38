import { createHash } from 'node:crypto'
import { canonicalJson } from '#domain/approvals/canonical-json.ts'
import type { RejectionReason } from '#domain/approvals/proposal.ts'
import { type Action, type ActionKind, CASE_ONLY_KINDS, type Verdict } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { RememberedCase } from '#domain/exceptions/remembered-case.ts'

/** A refusal as `GET /v1/rejections` tells it. `instead`: what was done about the case afterwards, in order. */
export type Rejection = {
  type: ExceptionType
  cause: string
  proposal: { actions: { kind: ActionKind }[] }
  reasonCode: RejectionReason
  at: string
  remembered: RememberedCase | null
  instead?: Action[]
}

/** A line of a scenario file (`evals/exceptions/scenario.ts`). `expect.cause` null: the person did not say. */
export type RejectedScenario = RememberedCase & {
  id: string
  type: ExceptionType
  variant: string
  origin: 'rejection'
  expect: { cause: string | null; actions: Action[][]; decision: Verdict; mustNot: ActionKind[]; why: string }
}

type Left = 'not_remembered' | 'facts_outdated' | 'repeated'

const MONEY: ActionKind[] = ['refund', 'credit', 'reship', 'reissue_refund']
/** Arguments that name nobody; the others (addresses, texts, ids) are words of the shop's. */
const PLAIN = ['amount', 'value', 'lines', 'sku', 'qty', 'unitPrice']

/**
 * Refusals as scenarios, one for each world: of the same one the newest word counts. Sorted by id, so that the same refusals give the
 * same file whatever order they come in. A refusal for outdated facts teaches nothing of the world it saw, and is left out. Pure.
 */
export function scenariosOf(rejections: Rejection[]): { scenarios: RejectedScenario[]; leftOut: Record<Left, number> } {
  const leftOut: Record<Left, number> = { not_remembered: 0, facts_outdated: 0, repeated: 0 }
  const byWorld = new Map<string, RejectedScenario>()
  const oldestFirst = rejections.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  for (const rejection of oldestFirst) {
    const { remembered, reasonCode, type } = rejection
    if (remembered === null) leftOut.not_remembered += 1
    else if (reasonCode === 'facts_outdated') leftOut.facts_outdated += 1
    else {
      const id = `rejected-${sha256(remembered).slice(0, 12)}`
      if (byWorld.has(id)) leftOut.repeated += 1
      byWorld.set(id, {
        id,
        type,
        variant: reasonCode,
        origin: 'rejection',
        ...remembered,
        expect: expected(rejection),
      })
    }
  }
  const scenarios = [...byWorld.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
  return { scenarios, leftOut }
}

/** By time; of one moment by content, so that chance decides nothing. */
const keyOf = (rejection: Rejection) => `${rejection.at} ${sha256(rejection)}`

/** What the person's word says: what was done instead if anything was, else what the reason means. */
function expected({ reasonCode, cause, proposal, instead = [] }: Rejection): RejectedScenario['expect'] {
  const refused = [...new Set(proposal.actions.map(({ kind }) => kind))].filter((kind) => !CASE_ONLY_KINDS.has(kind))
  const why = `A person refused ${refused.join(', ') || 'it'}: ${reasonCode}.`
  const keptCause = reasonCode === 'wrong_action' || reasonCode === 'wrong_amount' ? cause : null
  if (instead.length > 0) {
    const done = instead.map(({ kind, args }) => ({
      kind,
      args: Object.fromEntries(Object.entries(args).filter(([name]) => PLAIN.includes(name))),
    }))
    const mustNot = refused.filter((kind) => !done.some((action) => action.kind === kind))
    return { cause: keptCause, actions: [done], decision: 'approval', mustNot, why }
  }
  if (reasonCode === 'no_action_needed')
    return { cause: null, actions: [[bare('close_exception')]], decision: 'auto', mustNot: refused, why }
  const mustNot =
    reasonCode === 'suspected_fraud' ? [...new Set([...refused, ...MONEY, 'release_hold' as const])] : refused
  return { cause: keptCause, actions: [[bare('escalate')]], decision: 'escalate', mustNot, why }
}

const bare = (kind: ActionKind): Action => ({ kind, args: {} })
const sha256 = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex')
