import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountsIn, inBaseUnit, measuresIn } from './measures.ts'

const read = (text: string) => measuresIn(text).map(({ value, unit }) => [Number(value.toPrecision(4)), unit])

describe('measures in a text', () => {
  test('are read in base units, however they are written', () => {
    expect(read('weighs 1.4 kg, or 1400g, or 3 lb 2 oz')).toEqual([
      [1.4, 'kg'],
      [1.4, 'kg'],
      [1.361, 'kg'],
      [0.0567, 'kg'],
    ])
    expect(read('15-inch screen, 38 cm wide')).toEqual([
      [0.381, 'm'],
      [0.38, 'm'],
    ])
    expect(read('a 500 ml bottle (16.9 fl oz)')).toEqual([
      [0.5, 'l'],
      [0.4998, 'l'],
    ])
    expect(read('1.5 kW, 1500 watts')).toEqual([
      [1500, 'W'],
      [1500, 'W'],
    ])
    expect(read('within two weeks, 5 working days or 2 Jahren, 3 Werktage')).toEqual([
      [14, 'd'],
      [5, 'working day'],
      [24, 'month'],
      [3, 'working day'],
    ])
    expect(measuresIn('3–5 working days')).toMatchObject([{ low: 3, value: 5, unit: 'working day' }])
  })

  test('are left alone where they may mean something else', () => {
    expect(read('a 5 in 1 tool, 25 km/h, twenty-five minutes, model X100 g2, version 2.0.1 m')).toEqual([])
    expect(read('1.250 kg')).toEqual([])
  })

  test('are equal in any unit of the same kind', () => {
    const units = fc.constantFrom(['kg', 'g'], ['lb', 'oz'], ['cm', 'in'], ['m', 'ft'], ['l', 'ml'], ['kw', 'w'])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), units, (number, [left = '', right = '']) => {
        const one = inBaseUnit(number, left)
        const factor = inBaseUnit(1, right)
        const other = inBaseUnit((one?.value ?? 0) / (factor?.value ?? 1), right)
        expect(other?.unit).toBe(one?.unit)
        expect(other?.value).toBeCloseTo(one?.value ?? Number.NaN, 6)
      }),
    )
  })
})

test('amounts of money are read with their currency, thousands and decimals of either kind', () => {
  expect(
    amountsIn('€1,299.00 or 1.299,00 € or $59 or 4,90 EUR or CHF 12').map(({ value, unit }) => [value, unit]),
  ).toEqual([
    [1299, 'EUR'],
    [1299, 'EUR'],
    [59, 'USD'],
    [4.9, 'EUR'],
    [12, 'CHF'],
  ])
  expect(amountsIn('100 % of 12 people')).toEqual([])
})
