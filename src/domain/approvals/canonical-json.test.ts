import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson } from '../foreign-json.ts'
import { canonicalJson } from './canonical-json.ts'

test('says the same of equal values, whatever the order of their members', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(turned)).toBe(canonicalJson(value))
    }),
  )
})

test('is JSON of the value, so that different values differ', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(readJson(canonicalJson(value))).toEqual(readJson(JSON.stringify(value)))
    }),
  )
  expect(canonicalJson({ b: [1, undefined, 'ü'], a: undefined, c: new Date(0) })).toBe(
    '{"b":[1,null,"ü"],"c":"1970-01-01T00:00:00.000Z"}',
  )
})

test('refuses what JSON cannot say', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, { at: Symbol('x') }])
    expect(() => canonicalJson(value)).toThrow(TypeError)
})
