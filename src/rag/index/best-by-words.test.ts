import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestByWords } from './best-by-words.ts'
import { postings } from './postings.ts'

/** Passages as term → weight; weights in the steps a posting keeps. */
const passage = fc.dictionary(
  fc.integer({ min: 0, max: 7 }).map(String),
  fc.integer({ min: 1, max: 4095 }).map((step) => step / 4095),
)

function indexed(passages: Record<string, number>[]) {
  const lists = postings()
  for (const [slot, words] of passages.entries())
    lists.add(slot, Uint32Array.from(Object.keys(words), Number), Float32Array.from(Object.values(words)))
  return lists
}

test('gives the best visible passages with the sums a plain loop gives', () => {
  const byWords = bestByWords()
  fc.assert(
    fc.property(
      fc.array(passage, { maxLength: 40 }),
      fc.uniqueArray(fc.record({ term: fc.nat(7), weight: fc.integer({ min: 1, max: 9 }) }), {
        selector: ({ term }) => term,
      }),
      fc.integer({ min: 1, max: 10 }),
      fc.func(fc.boolean()),
      (passages, terms, limit, sees) => {
        const sum = (slot: number) =>
          terms.reduce((sum, { term, weight }) => sum + weight * (passages[slot]?.[term] ?? 0), 0)
        const wanted = passages
          .map((_, slot) => sum(slot))
          .filter((score, slot) => score > 0 && sees(slot))
          .sort((one, two) => two - one)
          .slice(0, limit)
        const found = [...byWords(indexed(passages), passages.length, terms, limit, sees, [])]
        expect(found.map(([, score]) => score)).toHaveLength(wanted.length)
        for (const [place, [slot, score]] of found.sort((one, two) => two[1] - one[1]).entries()) {
          expect(score).toBeCloseTo(wanted[place] ?? -1, 3)
          expect(score).toBeCloseTo(sum(slot), 3)
          expect(sees(slot)).toBe(true)
        }
      },
    ),
  )
})

test('passes over a long list that can lift nothing, and still gives whole sums', () => {
  // Word 0 is everywhere; word 1 decides.
  const passages = Array.from(
    { length: 6000 },
    (_, slot): Record<string, number> => (slot % 100 === 0 ? { 0: 0.5, 1: (slot + 1) / 6000 } : { 0: 0.5 }),
  )
  const terms = [
    { term: 0, weight: 0.1 },
    { term: 1, weight: 8 },
  ]
  const found = bestByWords()(indexed(passages), 6000, terms, 5, () => true, [7])
  expect([...found.keys()].filter((slot) => slot !== 7)).toEqual([5900, 5800, 5700, 5600, 5500])
  expect(found.get(5900)).toBeCloseTo(0.05 + 8 * (5901 / 6000), 2)
  expect(found.get(7)).toBeCloseTo(0.05, 3)
})

test('leaves nothing of one question for the next', () => {
  const lists = indexed([{ 0: 1 }, { 1: 1 }])
  const byWords = bestByWords()
  byWords(lists, 2, [{ term: 0, weight: 1 }], 5, () => true, [])
  expect([...byWords(lists, 2, [{ term: 1, weight: 1 }], 5, () => true, [])]).toEqual([[1, 1]])
})

test('compaction keeps the postings of the slots that stay', async () => {
  const lists = await indexed([{ 0: 1 }, { 0: 0.5 }, { 1: 1 }]).compacted(Int32Array.of(-1, 0, 1), async () => {})
  expect(lists.plus(0, 0, 1, 0)).toBeCloseTo(0.5, 3)
  expect(lists.plus(0, 1, 1, 1)).toBe(1)
  expect(lists.length(0)).toBe(1)
})
