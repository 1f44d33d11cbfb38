import type { ActionRow } from '#db/approvals/locked/actions.port.ts'
import type { LockedCase } from '#db/approvals/locked/locked-case.port.ts'
import type { BudgetUsed, Counters } from '#domain/approvals/judgement.ts'
import { PURSER, type Rule } from '#domain/approvals/proposal.ts'
import { policyOf } from '../proposals/judge.ts'
import { refusal } from './authorise.ts'
import { bookingsOf } from './bookings.ts'
import { cancel } from './cancel.ts'

/** Begins what is written down of an action that a stricter policy stopped; the rule's id follows. */
const TIGHTENED = 'tightened'

/**
 * Why an action that has not left may not leave any more, by the policy and the level of autonomy of now; null: it may. Only what
 * was made stricter since counts: what the order and the budgets have seen besides was counted when it was authorised.
 */
export async function tightenedSince(one: LockedCase, action: ActionRow, actions: ActionRow[]): Promise<Rule | null> {
  const proposal = await one.byId(action.proposal)
  if (!proposal) return null
  const { counters: known } = proposal.inputs
  const policy = await policyOf(one)
  const level = await one.level()
  if (policy.version === proposal.policyVersion && level === known.level) return null
  const { used } = await one.counters({
    order: proposal.order,
    customerId: action.customerId,
    day: action.budgetDay,
    since: one.now,
    except: proposal.id,
  })
  const counters = { ...known, level, used: withoutOwn(used, action, actions) }
  return refusal(policy, proposal, action.automatic, counters)
}

/** Calls off the action and what follows it in its proposal; a person has the case from here. */
export async function stop(one: LockedCase, action: ActionRow, actions: ActionRow[], rule: Rule): Promise<void> {
  const waiting = actions.filter(
    ({ proposal, state, undoOf }) => proposal === action.proposal && state === 'authorised' && undoOf === null,
  )
  for (const each of waiting) await cancel(one, each, { by: PURSER, why: `${TIGHTENED}:${rule.id}` })
  await one.change({ status: 'escalated', reason: rule.id })
  one.note({
    by: PURSER,
    what: 'not_authorised',
    subject: action.proposal,
    details: { rule: rule.id, policy: rule.version, action: action.id },
  })
}

/** The day's budgets as if nothing of this proposal were booked: the rules add it themselves. */
function withoutOwn(used: Counters['used'], { proposal }: ActionRow, actions: ActionRow[]): Counters['used'] {
  const booked = actions.filter(
    (one) => one.proposal === proposal && one.undoOf === null && !['failed', 'cancelled', 'undone'].includes(one.state),
  )
  const less: Counters['used'] = structuredClone(used)
  for (const { kind, money, type, customerId, automatic } of booked)
    for (const { per, currency, amount } of bookingsOf([{ kind, money }], { type, customerId, automatic }))
      for (const side of automatic ? SIDES : (['total'] as const)) {
        const sums: BudgetUsed[typeof side] = less[per][side]
        sums[currency] = Math.max(0, (sums[currency] ?? 0) - amount)
      }
  return less
}

const SIDES = ['automatic', 'total'] as const
