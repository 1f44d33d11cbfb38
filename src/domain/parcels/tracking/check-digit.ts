import type { CheckDigitRule } from './tracking-format.ts'

const S10_WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7]
const BASE_36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Whether `checkDigit` is the one the rule gives for `serial` (capitals and digits). Letters of a decimal rule count as UPS numbers them. */
export function isCheckDigit(rule: CheckDigitRule, serial: string, checkDigit: string): boolean {
  switch (rule.rule) {
    case 'mod10':
      return mod10(serial, rule) === Number(checkDigit)
    case 'mod7':
      // Up to ten digits: exact in a double.
      return Number(serial) % 7 === Number(checkDigit)
    case 'luhn':
      return luhn(serial) === Number(checkDigit)
    case 'mod37_36':
      return mod37And36(serial) === checkDigit
    case 's10':
      return s10(serial) === Number(checkDigit)
    case 'weighted': {
      const [first, second] = rule.modulo
      return (weighted(serial, rule.weights) % first) % second === Number(checkDigit)
    }
  }
}

const digitOf = (sign: string) => (/\d/.test(sign) ? Number(sign) : (sign.charCodeAt(0) - 3) % 10)
const upToTen = (sum: number) => (10 - (sum % 10)) % 10

function mod10(serial: string, { even, odd, reverse }: { even: number; odd: number; reverse: boolean }): number {
  const signs = reverse ? [...serial].reverse() : [...serial]
  return upToTen(signs.reduce((sum, sign, place) => sum + digitOf(sign) * (place % 2 === 0 ? even : odd), 0))
}

function luhn(serial: string): number {
  const doubled = [...serial].reverse().map((sign, place) => {
    const value = place % 2 === 0 ? Number(sign) * 2 : Number(sign)
    return value > 9 ? value - 9 : value
  })
  return upToTen(doubled.reduce((sum, value) => sum + value, 0))
}

function mod37And36(serial: string): string {
  let check = 36
  for (const sign of serial) {
    check = (check + BASE_36.indexOf(sign)) % 36 || 36
    check = (check * 2) % 37
  }
  return BASE_36[(37 - check) % 36] ?? ''
}

function s10(serial: string): number {
  const check = 11 - (weighted(serial, S10_WEIGHTS) % 11)
  return check === 10 ? 0 : check === 11 ? 5 : check
}

function weighted(serial: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * Number(serial[place] ?? 0), 0)
}
