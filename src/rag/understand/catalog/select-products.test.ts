import fc from 'fast-check'
import { expect, test } from 'vitest'
import { product } from '../../../../test/fixtures/catalog-shop.ts'
import { catalogSlots } from './catalog-slots.ts'
import { boundTest } from './reading/field-of-bound.ts'
import { selectProducts } from './select-products.ts'

const COMPACT_FROM = 5
const under = (kilograms: number) => ({
  low: null,
  high: kilograms,
  open: false,
  unit: 'kg',
  text: '',
  index: 0,
  behind: '',
  ranked: '',
  fits: false,
})

test('tells apart what fits, what does not and what does not say, whatever was replaced and removed before', () => {
  const weight = fc.option(fc.integer({ min: 1, max: 9 }))
  const change = fc.record({ id: fc.integer({ min: 0, max: 30 }), kind: fc.constantFrom('drill', 'kayak'), weight })
  const gone = fc.record({ remove: fc.integer({ min: 0, max: 30 }) })
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: change }, gone), { maxLength: 120 }), (changes) => {
      const slots = catalogSlots(COMPACT_FROM)
      const live = new Map<number, { kind: string; weight: number | null }>()
      for (const one of changes) {
        if ('remove' in one) {
          slots.remove(`chk_p${one.remove}`)
          live.delete(one.remove)
          continue
        }
        const attributes = { ...(one.weight === null ? {} : { weight: { value: one.weight, unit: 'kg' } }) }
        slots.put(product(`p${one.id}`, `Plain ${one.kind}`, 'Things', { attributes }), [`sku:p${one.id}`])
        live.set(one.id, one)
      }
      const column = slots.column('weight')
      const tests = column ? [boundTest(under(5), [column])] : []
      const found = selectProducts(slots, ['drill'], 'en', tests, slots.visible({}, new Date(0)))
      const ids = (rows: number[]) => rows.map((row) => slots.product(row)?.chunkId).sort()
      const wanted = (fits: (weight: number | null) => boolean) =>
        [...live].flatMap(([id, { kind, weight }]) => (kind === 'drill' && fits(weight) ? [`chk_p${id}`] : [])).sort()
      expect(ids(found.failing)).toEqual(wanted((own) => own !== null && own > 5))
      if (!column) return
      expect(ids(found.fitting)).toEqual(wanted((own) => own !== null && own <= 5))
      expect(ids(found.silent)).toEqual(wanted((own) => own === null))
    }),
  )
})
