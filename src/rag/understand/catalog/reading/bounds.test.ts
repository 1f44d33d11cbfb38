import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundsIn } from './bounds.ts'

const only = (text: string) => {
  const [bound] = boundsIn(text)?.bounds ?? []
  return bound && { low: bound.low, high: bound.high, open: bound.open, unit: bound.unit }
}

describe('a bound is read with its unit', () => {
  test.each([
    ['under 2 kg', { low: null, high: 2, open: true, unit: 'kg' }],
    ['lighter than 500 g', { low: null, high: 0.5, open: true, unit: 'kg' }],
    ['up to 3 lb', { low: null, high: 1.36077711, open: false, unit: 'kg' }],
    ['at least 20 litres', { low: 20, high: null, open: false, unit: 'l' }],
    ['more than 12 oz', { low: 0.3401942775, high: null, open: true, unit: 'kg' }],
    ['2 kg or less', { low: null, high: 2, open: false, unit: 'kg' }],
    ['5 kg max in grey', { low: null, high: 5, open: false, unit: 'kg' }],
    ['10 kg maximum load', { low: 10, high: 10, open: false, unit: 'kg' }],
    ['fits a 15" laptop', { low: 0.381, high: null, open: false, unit: 'm' }],
    ['under 100 euros', { low: null, high: 100, open: true, unit: 'EUR' }],
    ['under €1,299.00', { low: null, high: 1299, open: true, unit: 'EUR' }],
    ['no more than 16 fl oz', { low: null, high: 0.473176473, open: false, unit: 'l' }],
    ['between 500 and 900 g', { low: 0.5, high: 0.9, open: false, unit: 'kg' }],
    ['höchstens 60 cm breit', { low: null, high: 0.6, open: false, unit: 'm' }],
    ['leichter als 1,5 kg', { low: null, high: 1.5, open: true, unit: 'kg' }],
    ['over 300 lumens', { low: 300, high: null, open: true, unit: 'lm' }],
    ['over 300 lm', { low: 300, high: null, open: true, unit: 'lm' }],
    ['warmer than 0 °C', { low: 0, high: null, open: true, unit: '°c' }],
    ['under 40°', { low: null, high: 40, open: true, unit: '°c' }],
    ['under 1 000 euros', { low: null, high: 1000, open: true, unit: 'EUR' }],
    ['20–40 euros', { low: 20, high: 40, open: false, unit: 'EUR' }],
    ['20 to 40 euros', { low: 20, high: 40, open: false, unit: 'EUR' }],
  ])('%s', (text, expected) => expect(only(text)).toEqual(expected))
})

test.each(['around 5 kg', 'etwa 2 l', 'about 100 euros'])('nothing exact is made of %s', (text) =>
  expect(boundsIn(text)).toBeNull(),
)

test('grams and kilograms set the same bound', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), (kilos) => {
      expect(only(`under ${kilos} kg`)).toEqual(only(`under ${kilos * 1000} g`))
    }),
  )
})
