import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddressText } from './read-address.ts'

const BEFORE = { name: 'Ida Holm', line1: 'Am Wehr 1', city: 'Kiel', postalCode: '24103', country: 'DE' }

test.each([
  ['Neue Straße 5, 10115 Berlin', { line1: 'Neue Straße 5', city: 'Berlin', postalCode: '10115', country: 'DE' }],
  ['Neue Straße 5\n10115 Berlin\nGermany', { line1: 'Neue Straße 5', city: 'Berlin', country: 'DE' }],
  ['Max Muster, Neue Straße 5, 10115 Berlin, Deutschland', { name: 'Max Muster', line1: 'Neue Straße 5' }],
  [
    '12 High Street, London SW1A 1AA, UK',
    { line1: '12 High Street', city: 'London', postalCode: 'SW1A 1AA', country: 'GB' },
  ],
  ['12 High Street, Flat 3, London, SW1A 1AA, England', { line2: 'Flat 3', city: 'London', postalCode: 'SW1A 1AA' }],
  ['5 rue de la Paix, 75002 Paris, France', { city: 'Paris', postalCode: '75002', country: 'FR' }],
  ['Dorpsstraat 32, 9711 LM Groningen, Netherlands', { city: 'Groningen', postalCode: '9711 LM', country: 'NL' }],
  [
    '1 Main St, San Francisco, CA 94105, USA',
    { city: 'San Francisco', region: 'CA', postalCode: '94105', country: 'US' },
  ],
  ['Change the address of my order to Neue Straße 5, 10115 Berlin', { line1: 'Neue Straße 5', city: 'Berlin' }],
  ['My new address is: Neue Straße 5, 10115 Berlin. ', { line1: 'Neue Straße 5', name: 'Ida Holm' }],
  ['Die neue Adresse lautet Neue Straße 5, 10115 Berlin', { line1: 'Neue Straße 5', city: 'Berlin' }],
])('%s', (text, parts) => {
  expect(readAddressText(text, BEFORE)).toMatchObject(parts)
})

test.each([
  'Berlin',
  'to my office',
  '10115 Berlin',
  'Neue Straße 5',
  'Can you send it to Neue Straße 5, 10115 Berlin?',
  'I live in Berlin now, please change it',
  'yes',
])('%s is no whole address', (text) => {
  expect(readAddressText(text, BEFORE)).toBeNull()
})

test('any text is read without fail, and never into a part that is not in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const read = readAddressText(text, BEFORE)
      if (read) expect(text.replace(/\s+/g, ' ')).toContain(read.line1)
    }),
  )
})
