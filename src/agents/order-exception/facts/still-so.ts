import type { Cases } from '#approvals/cases.port.ts'
import { canonicalJson } from '#domain/approvals/canonical-json.ts'
import type { Proposal } from '#domain/approvals/proposal.ts'
import type { Investigation } from '#domain/exceptions/facts.ts'
import { Fault } from '#domain/fault.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import { reliedOn } from '../draft.ts'
import type { Plan } from '../playbook.ts'
import { type Investigators, investigate } from './investigate.ts'
import { type PlanParts, planNow } from './plan-now.ts'

/** What a second look found: the same, or what is to be done now instead. */
export type SecondLook =
  /** `seen`: reports that were known; left out where nothing was read. */
  | { outcome: 'same'; seen?: number }
  | { outcome: 'moved'; investigation: Investigation; plan: Plan }
  | { outcome: 'closed' }
export type StillSo = (shop: ShopId, caseId: CaseId, proposal: Proposal, signal: AbortSignal) => Promise<SecondLook>

/**
 * Asks the world again. The same: every system's version is the one the proposal relied on, and the rules still say what was
 * proposed (or, for an edited form, what was proposed before the edit still holds by its versions). Throws a retryable Fault
 * `agents.recheck.silent` when a system does not answer.
 */
export function stillSo(
  investigators: Investigators,
  { cases, journal }: { cases: Pick<Cases, 'load' | 'ofOrder'>; journal: PlanParts['journal'] },
): StillSo {
  return async (shop, caseId, proposal, signal) => {
    const row = await cases.load(shop, caseId, signal)
    if (!row || row.status === 'resolved') return { outcome: 'closed' }
    const { type, source, detail, data, openedAt, order, round } = row
    const done = await journal.ofCase(shop, caseId, signal)
    // From the first that left on, the world moves by what is done.
    if (done.some((action) => action.proposal === proposal.id && action.state !== 'authorised'))
      return { outcome: 'same' }
    const exception = { type, source, detail, data, detectedAt: openedAt.toISOString() }
    const investigation = await investigate(investigators, shop, { order, round, exception }, signal)
    const parts = { cases, journal, lookUps: investigators.lookUps }
    const plan = await planNow(parts, shop, { caseId, order, investigation }, signal)
    if (plan.cause === 'facts_silent') throw silent()
    const isSame =
      hasSameVersions(proposal, investigation) && (proposal.editedFrom !== null || saysTheSame(proposal, plan))
    return isSame ? { outcome: 'same', seen: row.reports } : { outcome: 'moved', investigation, plan }
  }
}

function hasSameVersions({ reliedOn: before }: Proposal, investigation: Investigation): boolean {
  const now = new Map(reliedOn(investigation).map(({ system, version }) => [system, version]))
  return before.every(({ system, version }) => now.get(system) === version)
}

/** Whether the preferred way, or another one the rules still allow, is what was proposed; the world's clock alone may change that. */
function saysTheSame(proposal: Proposal, plan: Plan): boolean {
  const before = keyOf(proposal.actions)
  return (
    plan.cause === proposal.cause &&
    [plan.actions, ...plan.alternatives].some((way) => isWithin(way, proposal) || keyOf(way) === before)
  )
}

/** Arguments a tool completed, and texts a planner worded, do not make it another way. */
function isWithin(way: Plan['actions'], { actions }: Proposal): boolean {
  return (
    way.length === actions.length &&
    way.every(({ kind, args }, position) => {
      const shown = actions[position]
      return (
        shown?.kind === kind &&
        Object.entries(args).every(([name, value]) => canonicalJson(shown.args[name]) === canonicalJson(value))
      )
    })
  )
}

const keyOf = (actions: { kind: string; args: unknown }[]) =>
  canonicalJson(actions.map(({ kind, args }) => [kind, args]))

const silent = () =>
  new Fault({
    kind: 'retryable',
    code: 'agents.recheck.silent',
    message: 'A system the proposal rests on does not answer now; nothing was decided.',
    retryAfter: 30,
  })
