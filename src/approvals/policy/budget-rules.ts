import type { Counters, Judged } from '#domain/approvals/judgement.ts'
import type { Amounts, Budget, Policy } from '#domain/approvals/policy.ts'
import { CASE_ONLY_KINDS } from '#domain/exceptions/action.ts'
import type { Money } from '#domain/money.ts'
import { amountFor, amountText, isAmount, sums } from './amounts.ts'
import type { Asked, Found } from './rules.ts'

/** What a proposal takes of every budget: money by currency, and '' for its actions outside Purser. */
export function taken(
  actions: { kind: Judged['actions'][number]['kind']; money: Money | null }[],
): Record<string, number> {
  const outside = actions.filter(({ kind }) => !CASE_ONLY_KINDS.has(kind))
  return { ...sums(outside.map(({ money }) => money)), '': outside.length }
}

/** The day a budget counts by, in UTC. */
export function budgetDay(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** Budgets the proposal would go over: `automatic` wants a person, `total` lets nobody. */
export function budgetRules({ policy, judged, counters }: Asked): Found[] {
  return [
    ...over(policy, 'total', taken(judged.actions), counters).map((found) => ({
      ...found,
      decision: 'forbid' as const,
    })),
    ...over(policy, 'automatic', taken(judged.actions), counters).map((found) => ({
      ...found,
      decision: 'approval' as const,
    })),
  ]
}

function over(
  policy: Policy,
  which: 'automatic' | 'total',
  own: Record<string, number>,
  counters: Pick<Counters, 'used'>,
): Omit<Found, 'decision'>[] {
  return policy.budgets.flatMap((budget) =>
    Object.entries(own)
      .filter(([, amount]) => amount !== 0)
      .map(([currency, amount]) => ({ currency, all: amount + (counters.used[budget.per][which][currency] ?? 0) }))
      .filter(({ currency, all }) => {
        const most = limitOf(budget[which], currency)
        return most !== undefined && (!isAmount(all) || all > most)
      })
      .map(({ currency, all }) => ({
        id: `budget.${which}.${budget.per}`,
        text: `The day's budget per ${budget.per} ${which === 'total' ? 'is used up' : 'for what no person approves is used up'}.`,
        threshold: show(limitOf(budget[which], currency) ?? 0, currency),
        value: show(all, currency),
      })),
  )
}

/** Undefined: this budget does not limit it. A currency that is not covered has a budget of nothing. */
function limitOf({ amount, count }: Budget['total'], currency: string): number | undefined {
  if (currency === '') return count ?? undefined
  return amount === null ? undefined : (amountFor(amount as Amounts, currency) ?? 0)
}

function show(amount: number, currency: string): string {
  return currency === '' ? `${amount} actions` : amountText(amount, currency)
}
