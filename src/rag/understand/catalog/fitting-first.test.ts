import { expect, test } from 'vitest'
import { ASKED_AT, CATALOG, catalogShop, HARDWARE } from '../../../../test/fixtures/catalog-shop.ts'
import type { Passage, Retrieval, RetrievalQuery } from '../../retrieval.port.ts'
import { fittingFirst } from './fitting-first.ts'

const { signal } = new AbortController()

/** A ranking that brings up `ids` in this order, whatever is asked. */
async function over(ids: string[]) {
  const { index, slots, load } = catalogShop(CATALOG)
  await load(signal)
  const passages = ids.map((id, place): Passage => {
    const chunk = CATALOG.find((one) => one.id === `chk_${id}`)
    if (!chunk) throw new Error(`${id} is not in the catalog`)
    const score = 0.9 - place / 10
    return { chunk, score, scores: { fused: score, sparse: 1, ngram: 0, phrase: 0, cosine: null, exact: 0 } }
  })
  const ranking: Retrieval = { search: async () => ({ passages, terms: [], questionVector: null }) }
  const { search } = fittingFirst(ranking, () => ({ index, slots }))
  return async (text: string, given: Partial<RetrievalQuery> = {}) => {
    const query = { shop: HARDWARE, text, audience: {}, limit: 4, at: ASKED_AT, ...given }
    const { passages: found } = await search(query, signal)
    return found.map(({ chunk, score }) => ({ id: chunk.id.replace('chk_', ''), score }))
  }
}
const ids = (found: { id: string }[]) => found.map(({ id }) => id)

test('products that meet the conditions come first, also those that no word brought up; the others follow', async () => {
  const search = await over(['dr-3', 'bit-1', 'dr-2'])
  const found = await search('drills under 2.5 kg')
  expect(ids(found)).toEqual(['dr-2', 'dr-1', 'dr-3', 'bit-1'])
  const scores = found.map(({ score }) => score)
  expect(scores).toEqual([...scores].sort((one, two) => two - one))
  expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
})

test('a superlative puts them in the order of its field', async () => {
  const search = await over(['dr-3', 'dr-1', 'dr-2'])
  expect(ids(await search('the lightest drill')).slice(0, 3)).toEqual(['dr-1', 'dr-2', 'dr-3'])
})

test.each([
  ['a text without conditions', 'Borsch drills', {}],
  ['conditions that nothing meets', 'drills under 1 kg', {}],
  ['a search for other kinds of content', 'drills under 2.5 kg', { kinds: ['policy' as const] }],
])('%s leaves the ranking as it is', async (_name, text, given) => {
  const search = await over(['dr-3', 'bit-1', 'dr-2'])
  expect(ids(await search(text, given))).toEqual(['dr-3', 'bit-1', 'dr-2'])
})

test('no more than asked for', async () => {
  const search = await over(['dr-3', 'bit-1', 'dr-2'])
  expect(ids(await search('drills under 2.5 kg', { limit: 1 }))).toEqual(['dr-2'])
})
