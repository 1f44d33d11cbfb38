import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunkOf } from '../../../../test/fixtures/passages.ts'
import { type CatalogSlots, catalogSlots } from './catalog-slots.ts'
import { selectProducts } from './select-products.ts'

const at = new Date('2026-03-04T10:00:00Z')
const COLOURS = ['red', 'blue', 'green']
const mug = (number: number, version: number) =>
  chunkOf(`mug-${number}`, {
    kind: 'product',
    title: `Tern mug ${number}`,
    category: number % 2 ? 'Mugs' : 'Cups & glasses',
    sku: `MUG${number}`,
    attributes: {
      colour: COLOURS[(number + version) % 3] ?? '',
      weight: { value: 100 * (1 + ((number + version) % 7)), unit: 'g' },
    },
  })

/** What the slots say, as titles: every mug under 400 g, and every blue one. */
function told(slots: CatalogSlots) {
  const sees = slots.visible({}, at)
  const weight = slots.column('weight')
  const bound = { low: null, high: 0.4, open: true, unit: 'kg', fits: false }
  const titles = (rows: number[]) => rows.map((row) => slots.product(row)?.title).sort()
  const light = selectProducts(slots, ['mug'], 'en', weight ? [{ columns: [weight], bound }] : [], sees)
  return {
    light: titles(light.fitting),
    heavy: titles(light.failing),
    blue: titles(selectProducts(slots, ['blue', 'mug'], 'en', [], sees).fitting),
    inMugs: titles(selectProducts(slots, ['mugs'], 'en', [], sees).fitting),
  }
}

test('changes one by one leave what loading the last state at once gives, through compactions', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          mug: fc.integer({ min: 0, max: 12 }),
          version: fc.integer({ min: 0, max: 5 }),
          gone: fc.boolean(),
        }),
        {
          minLength: 1,
          maxLength: 60,
        },
      ),
      (changes) => {
        const kept = catalogSlots(8)
        const last = new Map<number, number | null>()
        for (const { mug: number, version, gone } of changes) {
          const chunk = mug(number, version)
          if (gone) kept.remove(chunk.id)
          else kept.put(chunk, [`sku:mug${number}`])
          last.set(number, gone ? null : version)
        }
        const fresh = catalogSlots()
        for (const [number, version] of last)
          if (version !== null) fresh.put(mug(number, version), [`sku:mug${number}`])
        expect(kept.size()).toBe(fresh.size())
        expect(told(kept)).toEqual(told(fresh))
      },
    ),
  )
})

test('rows that are gone take no more room than those that live, or a thousand', () => {
  const slots = catalogSlots(8)
  for (let version = 0; version < 200; version += 1) slots.put(mug(1, version), ['sku:mug1'])
  expect(slots.size()).toBe(1)
  expect(slots.rowCount()).toBeLessThanOrEqual(17)
})
