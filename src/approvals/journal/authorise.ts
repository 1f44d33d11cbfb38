import type { NewAction } from '#db/approvals/locked/actions.port.ts'
import type {
  BudgetBooking,
  BudgetRow,
  LockedCase,
  LockedCases,
  StoredProposal,
} from '#db/approvals/locked/locked-case.port.ts'
import type { BudgetUsed, Counters } from '#domain/approvals/judgement.ts'
import { PURSER, type Rule } from '#domain/approvals/proposal.ts'
import { CASE_ONLY_KINDS } from '#domain/exceptions/action.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { AuthoriseOutcome } from '../journal.port.ts'
import { budgetDay } from '../policy/budget-rules.ts'
import { decide, forbids } from '../policy/decide.ts'
import { afterQuietHours } from '../policy/quiet-hours.ts'
import { countersOf, policyOf, type VersionedPolicy } from '../proposals/judge.ts'
import { bookingsOf } from './bookings.ts'

const SECOND = 1_000

/** See Journal.authorise. */
export async function authorise(
  cases: LockedCases,
  ids: Ids,
  shop: ShopId,
  caseId: CaseId,
  hash: string,
  signal: AbortSignal,
): Promise<AuthoriseOutcome> {
  const outcome = await cases.inCase(shop, caseId, signal, async (one): Promise<AuthoriseOutcome> => {
    const proposal = await one.byHash(hash)
    if (!proposal) return { outcome: 'not_approved' }
    const before = (await one.actions()).filter((action) => action.proposal === proposal.id && action.undoOf === null)
    if (before.length > 0) return { outcome: 'again', actions: before }
    const automatic = proposal.state === 'released'
    if (!automatic && proposal.state !== 'approved') return { outcome: 'not_approved' }
    if (automatic && proposal.expiresAt <= one.now) return { outcome: 'not_approved' }
    await one.lockOrder(proposal.order)
    const day = budgetDay(one.now)
    const bookings = bookingsOf(proposal.actions, {
      type: proposal.type,
      customerId: proposal.draft.customerId,
      automatic,
    })
    const used = usedOf(await one.lockBudgets(day, bookings))
    const policy = await policyOf(one)
    const refused = refusal(policy, proposal, automatic, {
      ...(await countersOf(one, policy, proposal.draft, proposal.id)),
      used,
    })
    if (refused) return refuse(one, proposal, automatic, refused)
    const actions = await newActions(one, ids, policy, proposal, automatic, day)
    await one.insertActions(actions)
    await one.book(day, bookings)
    await one.change({ status: 'executing', reason: null })
    one.note({
      by: PURSER,
      what: 'authorised',
      subject: proposal.id,
      details: {
        hash,
        by: actions[0]?.authorisedBy ?? null,
        actions: actions.map(({ id }) => id),
        total: proposal.total,
      },
    })
    const stored = (await one.actions()).filter((action) => action.proposal === proposal.id)
    return { outcome: 'authorised', actions: stored }
  })
  return outcome ?? { outcome: 'unknown_case' }
}

/** What the policy says now, with every other use of the same sums behind a lock. Switches only make it wait, see `begin`. */
export function refusal(
  policy: VersionedPolicy,
  proposal: StoredProposal,
  automatic: boolean,
  counters: Counters,
): Rule | null {
  const { judged, facts } = proposal.inputs
  const ruling = decide(policy, judged, facts, { ...counters, paused: [] })
  if (!automatic) return forbids(ruling)
  return ruling.verdict === 'auto' ? null : ruling.rule
}

async function refuse(
  one: LockedCase,
  proposal: StoredProposal,
  automatic: boolean,
  rule: Rule,
): Promise<AuthoriseOutcome> {
  const total = rule.id.startsWith('budget.total.')
  await one.setState(proposal.id, 'blocked')
  // What no person has seen is proposed to one; what a person approved and may not be goes back to people.
  const toPerson = total || !automatic
  await one.change({ status: toPerson ? 'escalated' : 'investigating', reason: rule.id })
  one.note({
    by: PURSER,
    what: 'not_authorised',
    subject: proposal.id,
    details: { rule: rule.id, policy: rule.version },
  })
  return { outcome: total ? 'over_budget' : 'tightened', rule }
}

async function newActions(
  one: LockedCase,
  ids: Ids,
  { version, policy }: VersionedPolicy,
  proposal: StoredProposal,
  automatic: boolean,
  day: string,
): Promise<NewAction[]> {
  const words = automatic ? [] : await one.decisions(proposal.id)
  const edit = proposal.editedFrom ? (await one.decisions(proposal.editedFrom)).filter(({ final }) => final) : []
  const word = [...edit, ...words].filter(({ decision }) => decision === 'approve' || decision === 'edit').at(-1)
  const ready = new Date(one.now.getTime() + policy.undo.delaySeconds * SECOND)
  return proposal.actions.flatMap((action, position): NewAction[] => {
    if (CASE_ONLY_KINDS.has(action.kind)) return []
    const notBefore = afterQuietHours(ready, action.kind, policy.quietHours)
    return [
      {
        id: ids.make('act'),
        proposal: proposal.id,
        order: proposal.order,
        position,
        kind: action.kind,
        args: action.args,
        effect: action.effect,
        money: action.money,
        reversible: action.reversible,
        reliedOn: proposal.reliedOn,
        authorisedBy: word?.id ?? `policy:${version}`,
        automatic,
        customerId: proposal.draft.customerId,
        budgetDay: day,
        notBefore,
        undoOf: null,
        undoableUntil: notBefore,
        authorisedAt: one.now,
      },
    ]
  })
}

function usedOf(rows: BudgetRow[]): Counters['used'] {
  const of = (per: BudgetBooking['per']): BudgetUsed => {
    const own = rows.filter((row) => row.per === per)
    return {
      automatic: Object.fromEntries(own.map(({ currency, automatic }) => [currency, automatic])),
      total: Object.fromEntries(own.map(({ currency, total }) => [currency, total])),
    }
  }
  return { customer: of('customer'), type: of('type'), shop: of('shop') }
}
