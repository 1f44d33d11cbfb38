import type { Amounts } from '#domain/approvals/policy.ts'
import type { SpentByKind } from '#domain/approvals/proposal.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import { decimalText, type Money } from '#domain/money.ts'

/** The amount for a currency: its own, else that of `*`, else null: nothing of this currency is covered. */
export function amountFor(amounts: Amounts, currency: string): number | null {
  return amounts[currency] ?? amounts['*'] ?? null
}

/** Whether `amount` is more than what is covered. What is no whole number of minor units, or below zero, is always more. */
export function isAbove(amount: number, currency: string, amounts: Amounts): boolean {
  const most = amountFor(amounts, currency)
  return !isAmount(amount) || (amount > 0 && (most === null || amount > most))
}

export function isAmount(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount >= 0
}

/** Sums by currency; several currencies stay apart. */
export function sums(moneys: (Money | null)[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const money of moneys) if (money) found[money.currency] = (found[money.currency] ?? 0) + money.amount
  return found
}

export function spentOn(spent: SpentByKind, kind: ActionKind): Record<string, number> {
  return spent[kind] ?? {}
}

/** Both, by currency. */
export function added(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const found = { ...a }
  for (const [currency, amount] of Object.entries(b)) found[currency] = (found[currency] ?? 0) + amount
  return found
}

/** The money of a proposal for its total: in the order's currency when there is any, else the first there is; null without any. */
export function totalOf(moneys: (Money | null)[], currency: string): Money | null {
  const found = sums(moneys)
  const [first] = Object.keys(found)
  const shown = currency in found ? currency : first
  return shown === undefined ? null : { amount: found[shown] ?? 0, currency: shown }
}

/** `EUR 74.00`. What is no amount is shown as it is. */
export function amountText(amount: number, currency: string): string {
  return isAmount(amount) ? `${currency} ${decimalText({ amount, currency })}` : `${currency} ${amount}`
}
