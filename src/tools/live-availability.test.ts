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
