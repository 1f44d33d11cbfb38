import { describe, expect, test } from 'vitest'
import { sandboxInventorySystem } from '#commerce/sandbox/inventory-system.sandbox.ts'
import { shopId } from '#domain/ids.ts'
import type { Passage, Retrieval, RetrievalQuery } from '#rag/retrieval.port.ts'
import { movableClock } from '../../test/fakes/movable-clock.ts'
import { chunkOf } from '../../test/fixtures/chunk-builder.ts'
import { SILENT } from '../../test/fixtures/support-bench.ts'
import { liveAvailability } from './live-availability.ts'

const shop = shopId('one')
const { signal } = new AbortController()
const query: RetrievalQuery = { shop, text: 'tent', audience: {}, limit: 5, at: new Date('2026-03-04T10:00:00Z') }
const level = (sku: string, location: string, available: number) => ({
  ...{ sku, location, available },
  version: 1,
  changedAt: query.at,
})

async function told(availability: string | undefined, levels: ReturnType<typeof level>[] | Error) {
  const scores = { fused: 1, sparse: 1, ngram: 1, phrase: 1, cosine: null, exact: 0 }
  const passage: Passage = {
    chunk: chunkOf('tent', { sku: 'T-4', ...(availability ? { availability } : {}) }),
    score: 1,
    scores,
  }
  const retrieval: Retrieval = { search: async () => ({ passages: [passage], terms: [], questionVector: null }) }
  const stock = {
    async levels() {
      if (levels instanceof Error) throw levels
      return levels
    },
  }
  const found = await liveAvailability(retrieval, {
    inventory: sandboxInventorySystem(stock),
    documents: null,
    clock: movableClock(query.at),
    log: SILENT,
  }).search(query, signal)
  return found.passages[0]?.chunk.availability
}

describe('a product', () => {
  test.each([
    ['is sold out when nothing is left, whatever its page says', 'in_stock', [level('T-4', '', 0)], 'out_of_stock'],
    ['is there again when some came in', 'sold_out', [level('T-4', '', 3)], 'in_stock'],
    ['is there when one of two places has it', undefined, [level('T-4', 'a', 0), level('T-4', 'b', 1)], 'in_stock'],
    ['is there although another place oversold', undefined, [level('T-4', 'a', -5), level('T-4', 'b', 1)], 'in_stock'],
    ['is what its page says when nobody counts it', 'in_stock', [], 'in_stock'],
    ['that was taken off the shelf for good stays so', 'discontinued', [level('T-4', '', 3)], 'discontinued'],
    ['is what its page says when the inventory does not answer', 'in_stock', new Error('away'), 'in_stock'],
  ])('%s', async (_what, page, levels, now) => {
    expect(await told(page, levels)).toBe(now)
  })
})

describe('a price that is asked for', () => {
  const at = new Date('2026-03-04T10:00:00Z')
  const chunk = chunkOf('tent', {
    kind: 'product',
    price: { amount: 9_900, currency: 'EUR' },
    availability: 'in_stock',
  })
  const other = chunkOf('tarp', { kind: 'product', price: { amount: 4_900, currency: 'EUR' } })
  const passage = (of: typeof chunk): Passage => ({
    chunk: of,
    score: 1,
    scores: { fused: 1, sparse: 1, ngram: 1, phrase: 1, cosine: null, exact: 0 },
  })
  const sides = [chunk, other]

  async function asked(
    text: string,
    record: { price?: { amount: number; currency: string } } | null | Error,
    slot: { names: string[] } | null = { names: ['weight'] },
  ) {
    const looked: string[] = []
    const documents = {
      get: async (_shop: string, id: string) => {
        looked.push(id)
        if (record instanceof Error) throw record
        const document = { id, kind: 'product' as const, title: id, text: '', ...record }
        return (
          record && { document, source: 's', version: 1, contentHash: '', storedAt: '', retiredAt: null, versions: [] }
        )
      },
    } as Parameters<typeof liveAvailability>[1]['documents']
    const retrieval: Retrieval = {
      search: async () => ({
        passages: [passage(chunk)],
        terms: [],
        questionVector: null,
        catalog: { kind: 'comparison', sides, slot, more: null, explained: [] },
      }),
    }
    const inventory = sandboxInventorySystem({ levels: async () => [] })
    const live = liveAvailability(retrieval, { inventory, documents, clock: movableClock(at), log: SILENT })
    return { looked, ...(await live.search({ ...query, text }, signal)) }
  }
  const now = { price: { amount: 7_900, currency: 'EUR' } }

  test('is the one of the record, in passages and among compared products, with the time it was read', async () => {
    const found = await asked('which is cheaper, the tent or the tarp?', now)
    expect(found.passages[0]?.chunk).toMatchObject(now)
    expect(found.catalog).toMatchObject({ sides: [now, now] })
    expect(found.live?.documents.toSorted()).toEqual(['tarp', 'tent'])
    expect(Date.parse(found.live?.at ?? '')).toBeGreaterThanOrEqual(at.getTime())
  })
  test('is none when the record has none any more, in price and in stock', async () => {
    const { chunk: told } = (await asked('how much is the tent', {})).passages[0] ?? {}
    expect(told?.price).toBeUndefined()
    expect(told?.availability).toBeUndefined()
  })
  test('is what was indexed, and said to be no look-up, when the record does not answer', async () => {
    const found = await asked('how much is the tent', new Error('away'))
    expect(found.passages[0]?.chunk.price).toEqual(chunk.price)
    expect(found.live).toBeUndefined()
  })
  test('is looked up unasked where a comparison of everything tells it', async () => {
    const found = await asked('compare the tent and the tarp', now, null)
    expect(found.catalog).toMatchObject({ sides: [now, now] })
    expect(found.live?.documents.toSorted()).toEqual(['tarp', 'tent'])
  })
  test('is not looked up for another question', async () =>
    expect((await asked('how heavy is the tent', now)).looked).toEqual([]))
})
