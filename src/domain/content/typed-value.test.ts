import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { typedValue } from './typed-value.ts'

const read = (text: string, locale?: string) => {
  const typed = typedValue(text, locale)
  return 'unit' in typed ? [Number(typed.value.toPrecision(5)), typed.unit] : 'value' in typed ? typed.value : null
}

describe('a value of an attribute', () => {
  test('that is called as what every object has is a text', () => {
    for (const text of ['constructor', '__proto__']) expect(typedValue(text)).toEqual({ type: 'text' })
  })

  test.each<[string, number, string]>([
    ['1.2 kg', 1.2, 'kg'],
    ['1200g', 1.2, 'kg'],
    ['2 lb 3 oz', 0.99223, 'kg'],
    ['2 lbs. 3 oz.', 0.99223, 'kg'],
    ['12,5 cm', 0.125, 'm'],
    ['15.6"', 0.39624, 'm'],
    ['15.6 inches', 0.39624, 'm'],
    ['15.6-inch', 0.39624, 'm'],
    [`5' 10"`, 1.778, 'm'],
    ['5 ft 10 in', 1.778, 'm'],
    ['1 1/2 in', 0.0381, 'm'],
    ['1½ in', 0.0381, 'm'],
    ['3/4"', 0.01905, 'm'],
    ['8 mm', 0.008, 'm'],
    ['500 ml', 0.5, 'l'],
    ['16.9 fl oz', 0.49979, 'l'],
    ['12 fl. oz.', 0.35488, 'l'],
    ['1 gal', 3.7854, 'l'],
    ['1.5 kW', 1500, 'W'],
    ['1 h 30 min', 1.5, 'h'],
    ['12,99 €', 12.99, 'EUR'],
    ['$1,299.00', 1299, 'USD'],
    ['CHF 12', 12, 'CHF'],
  ])('%s is a measure', (text, value, unit) => {
    expect(read(text)).toEqual([value, unit])
  })

  test('with its unit beside it is one, too', () => {
    expect(typedValue({ value: 16.9, unit: 'fl oz' })).toMatchObject({ type: 'measure', unit: 'l' })
    expect(typedValue({ value: 19.9, unit: 'EUR' })).toEqual({ type: 'money', value: 19.9, unit: 'EUR' })
    expect(typedValue({ value: 3, unit: 'stars' })).toEqual({ type: 'text' })
  })

  test('means what its locale makes of a point and a comma', () => {
    expect(read('1.250 kg', 'de')).toEqual([1250, 'kg'])
    expect(read('1.250 kg', 'en')).toEqual([1.25, 'kg'])
    expect(read('1,250 g', 'en-GB')).toEqual([1.25, 'kg'])
    expect(read('1,250 kg', 'de-AT')).toEqual([1.25, 'kg'])
    expect(read('1.250 kg', 'de-CH')).toEqual([1.25, 'kg'])
    expect(read('1.299,00 €', 'en')).toEqual([1299, 'EUR'])
    expect(read('1.250 kg')).toBeNull()
    expect(read('1,299')).toBeNull()
    expect(read('0.125 kg')).toEqual([0.125, 'kg'])
  })

  test('is a number or a truth value where it is written as one', () => {
    expect([read('12'), read('-3.5'), read('1.299,50'), read('Yes'), read('nein')]).toEqual([
      12,
      -3.5,
      1299.5,
      true,
      false,
    ])
  })

  test.each([
    '24 x 8 inches',
    '2 kg 3 cm',
    '3 oz 2 lb',
    'up to 2 kg',
    '2-3 kg',
    'X100 g2',
    '5 in 1',
    'M',
    'IP67',
    '10W-40',
    '1.2.3',
    '',
  ])('%j stays a text', (text) => {
    expect(typedValue(text, 'en')).toEqual({ type: 'text' })
  })

  test('is the same in whatever unit of its kind it is written', () => {
    const units = fc.constantFrom(['kg', 'g', 1000], ['m', 'cm', 100], ['l', 'ml', 1000], ['kW', 'W', 1000] as const)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), units, (number, [large, small, factor]) => {
        expect(typedValue(`${number} ${large}`)).toEqual(typedValue(`${number * Number(factor)} ${small}`))
      }),
    )
  })

  test('of any text is read at once', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'1 .,"kglbfz/½-') }), (text) => void typedValue(text)))
    expect(typedValue('1,'.repeat(5_000))).toEqual({ type: 'text' })
  })
})
