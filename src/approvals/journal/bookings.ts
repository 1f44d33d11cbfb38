import type { BudgetBooking } from '#db/approvals/locked/locked-case.port.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { Money } from '#domain/money.ts'
import { taken } from '../policy/budget-rules.ts'

/** What actions take of the day's budgets: of the customer's, the type's and the shop's, money by currency and their number. */
export function bookingsOf(
  actions: { kind: ActionKind; money: Money | null }[],
  { type, customerId, automatic }: { type: ExceptionType; customerId: string | null; automatic: boolean },
): BudgetBooking[] {
  const amounts = Object.entries(taken(actions)).filter(([, amount]) => amount !== 0)
  const budgets: Pick<BudgetBooking, 'per' | 'key'>[] = [
    ...(customerId === null ? [] : [{ per: 'customer' as const, key: customerId }]),
    { per: 'type', key: type },
    { per: 'shop', key: '' },
  ]
  return budgets.flatMap((budget) => amounts.map(([currency, amount]) => ({ ...budget, currency, amount, automatic })))
}

/** The same, to be given back. */
export function givenBack(bookings: BudgetBooking[]): BudgetBooking[] {
  return bookings.map((booking) => ({ ...booking, amount: -booking.amount }))
}
