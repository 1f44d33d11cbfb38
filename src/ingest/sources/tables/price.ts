import { decimalsOf, type Money } from '#domain/money.ts'

const SYMBOLS: Record<string, string> = { '€': 'EUR', '£': 'GBP', '¥': 'JPY' }

/**
 * `12.99 EUR`, `EUR 12.99`, `€12.99`, `1,299.00` as money; `currency` counts where the text names none. `decimal` is the mark
 * before the fraction. Null when it is no price, names no currency or is finer than the currency. Never rounds.
 */
export function priceOf(text: string, currency: string | undefined, decimal: '.' | ',' = '.'): Money | null {
  const named = /[A-Za-z]{3}/.exec(text)?.[0].toUpperCase() ?? SYMBOLS[/[€£¥]/.exec(text)?.[0] ?? '']
  const known = named ?? currency
  const digits = text.replace(/[A-Za-z]{3}|[€£¥$\s\u00a0'’]/g, '')
  const [, whole = '', fraction = ''] = (decimal === '.' ? POINT : COMMA).exec(digits) ?? []
  if (!known || !whole) return null
  const decimals = decimalsOf(known)
  const exact = fraction.replace(/0+$/, '')
  if (exact.length > decimals) return null
  const amount = Number(whole.replace(/[.,]/g, '') + exact.padEnd(decimals, '0'))
  return Number.isSafeInteger(amount) ? { amount, currency: known } : null
}

const POINT = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/
const COMMA = /^(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d*))?$/
