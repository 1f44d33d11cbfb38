import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { masked, maskedContact } from './masking.ts'

describe('card numbers', () => {
  test.each([
    ['4111 1111 1111 1111', '•••• 1111'],
    ['5555-5555-5555-4444', '•••• 4444'],
    ['378282246310005', '•••• 0005'],
    ['my card 4111111111111111, please', 'my card •••• 1111, please'],
  ])('%s is masked', (text, expected) => expect(masked(text)).toBe(expected))

  test.each([
    ['a number that fails the check digit', '4111 1111 1111 1112'],
    ['a carrier’s tracking number', 'JD014600003828392837'],
    ['a phone number', '+49 30 901820'],
    ['an order number', 'order 2026-000123-45'],
    ['an EAN', '4006381333931'],
  ])('%s stays', (_what, text) => expect(masked(text)).toBe(text))

  test('no Visa number with any separators survives', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 })
    fc.assert(
      fc.property(digits, fc.constantFrom('', ' ', '-'), (middle, separator) => {
        const number = withCheckDigit(`4${middle.join('')}`)
        const written = number.match(/.{1,4}/g)?.join(separator) ?? ''
        expect(masked(`pay with ${written}`)).toBe(`pay with •••• ${number.slice(-4)}`)
      }),
    )
  })
})

describe('passwords', () => {
  test.each([
    ['my password is hunter2', 'my password is ••••'],
    ['Passwort: geheim!', 'Passwort: ••••'],
    ['password = "s3cret"', 'password = ••••"'],
    ['cvv 123 and pin: 4711', 'cvv •••• and pin: ••••'],
  ])('%s is masked', (text, expected) => expect(masked(text)).toBe(expected))

  test.each([
    'my password is not working',
    'I lost my password',
    'How do I reset the password?',
    'is a password required?',
  ])('%s stays', (text) => expect(masked(text)).toBe(text))
})

test('masking twice changes nothing more', () => {
  const words = fc.constantFrom(
    'password',
    'is',
    ':',
    'pin',
    'cvv',
    '4111 1111 1111 1111',
    '4242',
    'hunter2',
    '••••',
    'not',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 8 }), (parts) => {
      const once = masked(parts.join(' '))
      expect(masked(once)).toBe(once)
    }),
  )
})

function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

test.each([
  ['mail me: ada.lovelace+shop@mail.example.org!', 'mail me: ••••'],
  ['call +49 (40) 123-456 or 0171 2345678', 'call •••• or ••••'],
  ['order A-1001 of 2026, 30 days, 19.99 EUR', 'order A-1001 of 2026, 30 days, 19.99 EUR'],
])('contacts are masked: %s', (text, expected) => {
  expect(maskedContact(text)).toBe(expected)
})
