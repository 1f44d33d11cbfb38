/** How a carrier forms its tracking numbers. Read from a number without spaces, in capitals. */
export type TrackingFormat = {
  carrier: string
  format: string
  /** Has to match from end to end. `SerialNumber` and `CheckDigit` are what the check reads. */
  pattern: RegExp
  checkDigit?: CheckDigitRule
  /** Digits that count in front of the serial number although the print may leave them out. */
  prepend?: { when: RegExp; digits: string }
  /** A part that has to be one of the values in use. */
  known?: { group: string; values: readonly string[] }
}

export type CheckDigitRule =
  /** Digits at even and odd places (from 0) times a factor, up to the next ten; `reverse`: places count from the right. */
  | { rule: 'mod10'; even: number; odd: number; reverse: boolean }
  | { rule: 'mod7' }
  /** ISO/IEC 7812-1, annex B. */
  | { rule: 'luhn' }
  /** ISO 7064, MOD 37,36. */
  | { rule: 'mod37_36' }
  /** Universal Postal Union, S10. */
  | { rule: 's10' }
  | { rule: 'weighted'; weights: readonly number[]; modulo: readonly [number, number] }
