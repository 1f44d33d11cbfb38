/** An amount in the currency's smallest unit (ISO 4217), always an integer. */
export type Money = { amount: number; currency: string }

/** No currency, ISO 4217: where nobody knows which. */
export const NO_CURRENCY = 'XXX'

/** Decimal places of the currencies that do not have two. Source: ISO 4217, list one. */
const DECIMALS: Record<string, number> = {
  JPY: 0,
  KRW: 0,
  ISK: 0,
  CLP: 0,
  HUF: 2,
  KWD: 3,
  BHD: 3,
  TND: 3,
  JOD: 3,
  OMR: 3,
}

/** Digits after the decimal point in `currency`; two where ISO 4217 is not listed here as different. */
export function decimalsOf(currency: string): number {
  return DECIMALS[currency] ?? 2
}

/** `{amount: 1299, currency: 'EUR'}` → `12.99`. Exact: digits are moved, never divided. */
export function decimalText({ amount, currency }: Money): string {
  const decimals = decimalsOf(currency)
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  return `${amount < 0 ? '-' : ''}${decimals ? `${whole}.${digits.slice(-decimals)}` : whole}`
}

/** Money for a person, in their locale: `€12.99`, `12,99 €`. */
export function moneyText(money: Money, locale: string): string {
  const value = money.amount / 10 ** decimalsOf(money.currency)
  return new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency }).format(value)
}

/** `percent` % (to three decimals) of an amount, rounded down to a whole minor unit: 10 % of 1005 is 100. */
export function percentOf({ amount, currency }: Money, percent: number): Money {
  // In thousandths: 0.29 is no exact number, and 29 cents would become 28.
  return { amount: Math.floor((amount * Math.round(percent * 1_000)) / 100_000), currency }
}

/** What `quantity` pieces cost. */
export function timesQuantity({ amount, currency }: Money, quantity: number): Money {
  return { amount: amount * quantity, currency }
}

/** The sum; of none, nothing of `currency`. Throws RangeError on an amount of another currency. */
export function sumOf(amounts: Money[], currency: string): Money {
  if (amounts.some((money) => money.currency !== currency)) throw new RangeError('amounts of two currencies')
  return { amount: amounts.reduce((sum, money) => sum + money.amount, 0), currency }
}

/** What is left of `whole`, never below nothing. Throws RangeError on another currency. */
export function lessMoney(whole: Money, part: Money): Money {
  if (whole.currency !== part.currency) throw new RangeError('amounts of two currencies')
  return { amount: Math.max(0, whole.amount - part.amount), currency: whole.currency }
}
