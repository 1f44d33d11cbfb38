import fc from 'fast-check'
import { expect, test } from 'vitest'
import { topK } from './top-k.ts'

test('keeps what sorting and cutting would keep, ties by the lowest key', () => {
  const entry = fc.record({ key: fc.nat(1000), score: fc.integer({ min: 0, max: 5 }) })
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { selector: ({ key }) => key, maxLength: 60 }),
      fc.integer({ min: 0, max: 20 }),
      (entries, size) => {
        const best = topK(size)
        for (const { key, score } of entries) best.offer(key, score)
        const sorted = [...entries].sort((one, two) => two.score - one.score || one.key - two.key)
        expect(best.entries()).toEqual(sorted.slice(0, size))
      },
    ),
  )
})
