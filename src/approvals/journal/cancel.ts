import type { ActionRow } from '#db/approvals/locked/actions.port.ts'
import type { LockedCase } from '#db/approvals/locked/locked-case.port.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import { bookingsOf, givenBack } from './bookings.ts'

/** Calls off an action that has not left, and gives back what it took of its day's budgets. */
export async function cancel(
  one: LockedCase,
  action: ActionRow,
  { by, why }: { by: Actor; why: string },
): Promise<void> {
  await one.setAction(action.id, { state: 'cancelled', why, settledAt: one.now, undoableUntil: null })
  await giveBack(one, action)
  one.note({
    by,
    what: 'action_cancelled',
    subject: action.id,
    details: { kind: action.kind, why, money: action.money },
  })
}

/** What did not happen, or was taken back, does not count against its day. Taking back counts for nothing itself. */
export async function giveBack(one: LockedCase, action: ActionRow): Promise<void> {
  if (action.undoOf !== null) return
  const { type, customerId, automatic, budgetDay } = action
  const bookings = givenBack(bookingsOf([action], { type, customerId, automatic }))
  await one.lockBudgets(budgetDay, bookings)
  await one.book(budgetDay, bookings)
}
