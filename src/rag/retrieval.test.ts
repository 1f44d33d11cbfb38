import { expect, test } from 'vitest'
import type { Chunk } from '#domain/document.ts'
import { shopId } from '#domain/ids.ts'
import type { Embedder } from '#model/embedder.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { memoryChunkFeed } from '../../test/fakes/memory-chunk-feed.ts'
import { chunkOf } from '../../test/fixtures/chunk-builder.ts'
import { silentLog } from '../../test/fixtures/silent-log.ts'
import { knowledgeIndex } from './knowledge-index.ts'
import { retrieval } from './retrieval.ts'

const { signal } = new AbortController()
const shop = shopId('demo')
const noon = new Date('2026-01-01T12:00:00Z')
const clock: Clock = { now: () => noon, elapsed: () => 0, sleep: async () => {}, deadline: (_ms, signal) => signal }

async function over(chunks: Chunk[], embedder: Embedder | null = null) {
  const memory = memoryChunkFeed()
  memory.put(shop, chunks)
  const index = await knowledgeIndex({
    feed: memory.feed,
    vectors: memory.vectors,
    notifications: null,
    model: embedder?.model ?? null,
    clock,
    log: silentLog,
  })
  await index.start(signal)
  const { search } = retrieval({ shopIndex: index.shopIndex, embedder, clock })
  const ask = async (text: string, more: Partial<Parameters<typeof search>[0]> = {}) => {
    await index.caughtUp(shop, signal)
    return await search({ shop, text, audience: {}, limit: 5, at: noon, ...more }, signal)
  }
  const names = async (text: string, more: Partial<Parameters<typeof search>[0]> = {}) =>
    (await ask(text, more)).passages.map((passage) => passage.chunk.documentId as string)
  return { memory, index, ask, names }
}

const RETURNS = chunkOf('returns', {
  kind: 'policy',
  title: 'Returns',
  text: 'You can return most items within 30 days of delivery.',
})
const SHIPPING = chunkOf('shipping', {
  kind: 'policy',
  title: 'Shipping',
  text: 'Parcels to Austria arrive within 3 working days.',
})
const TENT = chunkOf('tent', {
  kind: 'product',
  title: 'Alpine Star Tent',
  sku: 'TNT-204-B',
  text: 'A tent for two, 2.1 kg, waterproof.',
})
const LAMP = chunkOf('lamp', {
  kind: 'product',
  title: 'Star Lamp',
  sku: 'LMP-77',
  text: 'A lamp for your tent and camp.',
})
const SHOP = [RETURNS, SHIPPING, TENT, LAMP]

test('finds the passage that speaks of what is asked, in other forms of its words', async () => {
  const { names } = await over(SHOP)
  expect((await names('can I send an item back, how does returning work'))[0]).toBe('returns')
  expect((await names('delivery of parcel to austria'))[0]).toBe('shipping')
})

test('finds a misspelt word and says it was reached by spelling', async () => {
  const { ask } = await over(SHOP)
  const { passages, terms } = await ask('is the tnet watreproof')
  expect(passages[0]?.chunk.documentId).toBe('tent')
  expect(passages[0]?.scores.ngram).toBeGreaterThan(0)
  expect(terms.find(({ word }) => word === 'watreproof')).toMatchObject({ stem: 'waterproof', documentFrequency: 1 })
})

test.each(['TNT-204-B', 'tnt204b', 'what is TNT 204 B made of?'])('puts an article number first: %s', async (text) => {
  const { ask } = await over(SHOP)
  const [first] = (await ask(text)).passages
  expect(first?.chunk.documentId).toBe('tent')
  expect(first?.scores.exact).toBe(1)
})

test('takes the longest product name in the question as the one that is meant', async () => {
  const { ask } = await over([...SHOP, chunkOf('star', { kind: 'product', title: 'Star', text: 'A star.' })])
  const exact = (await ask('How heavy is the alpine star tent?')).passages.filter(({ scores }) => scores.exact === 1)
  expect(exact.map((passage) => passage.chunk.documentId)).toEqual(['tent'])
})

test('weighs words by how rare they are, unknown ones most, function words not at all', async () => {
  const { ask } = await over(SHOP)
  const { terms } = await ask('the tent zeppelin delivery')
  const weight = (word: string) => terms.find((term) => term.word === word)?.weight ?? Number.NaN
  expect(weight('the')).toBe(0)
  expect(weight('tent')).toBeLessThan(weight('delivery'))
  expect(weight('delivery')).toBeLessThan(weight('zeppelin'))
})

test('sees only the kinds asked for', async () => {
  const { names } = await over(SHOP)
  expect(await names('tent return within days', { kinds: ['policy'] })).toEqual(expect.arrayContaining(['returns']))
  expect(await names('tent return within days', { kinds: ['policy'] })).not.toContain('tent')
})

test('sees content only while it is valid', async () => {
  const sale = chunkOf('sale', {
    text: 'Winter sale',
    validFrom: '2026-01-01T12:00:00Z',
    validUntil: '2026-01-02T00:00:00Z',
  })
  const { names } = await over([sale])
  expect(await names('winter sale')).toEqual(['sale'])
  expect(await names('winter sale', { at: new Date('2026-01-01T11:59:59Z') })).toEqual([])
  expect(await names('winter sale', { at: new Date('2026-01-02T00:00:00Z') })).toEqual([])
})

test('follows the feed: a changed passage is found by its new words alone, a removed one no more', async () => {
  const { memory, names } = await over(SHOP)
  memory.put(shop, [{ ...RETURNS, text: 'Refunds take a fortnight.', contentHash: 'new' }])
  expect(await names('fortnight')).toEqual(['returns'])
  expect(await names('30 days of delivery')).not.toContain('returns')
  memory.remove(shop, [RETURNS.id])
  expect(await names('fortnight refunds')).toEqual([])
})

test('goes by words alone when the vector does not come', async () => {
  const embedder: Embedder = {
    model: 'm',
    dimensions: 2,
    embed: () => Promise.reject(new Error('late')),
    close: async () => {},
  }
  const { ask } = await over(SHOP, embedder)
  const result = await ask('waterproof tent')
  expect(result.questionVector).toBeNull()
  expect(result.passages[0]?.chunk.documentId).toBe('tent')
})

test('ranks by meaning where words do not decide, and does not hold a missing vector against a passage', async () => {
  const embedder: Embedder = {
    model: 'm',
    dimensions: 2,
    embed: async () => Float32Array.of(1, 0),
    close: async () => {},
  }
  const near = chunkOf('near', { text: 'blue sky' })
  const far = chunkOf('far', { text: 'blue sea' })
  const { memory, index, ask, names } = await over([near, far], embedder)
  memory.setVector(near.contentHash, Float32Array.of(1, 0))
  memory.setVector(far.contentHash, Float32Array.of(0, 1))
  const fresh = chunkOf('fresh', { text: 'blue sky tonight' })
  await index.vectorsArrived(shop, signal)
  expect((await names('blue'))[0]).toBe('near')
  memory.put(shop, [fresh])
  const scores = new Map(
    (await ask('sky tonight')).passages.map(({ chunk, scores }) => [chunk.documentId as string, scores]),
  )
  expect(scores.get('fresh')?.cosine).toBeNull()
  expect(scores.get('fresh')?.fused).toBeGreaterThan(scores.get('far')?.fused ?? 1)
})

test('gives nothing for a shop without content', async () => {
  const { names } = await over([])
  expect(await names('anything', { shop: shopId('other') })).toEqual([])
})

test('speaks the language of the question where the request names none', async () => {
  const both = [
    chunkOf('en', { locale: 'en', text: 'Our showroom is in Harbour Street' }),
    chunkOf('de', { locale: 'de', text: 'Unser Showroom ist in der Hafenstraße' }),
  ]
  const { names } = await over(both)
  expect(await names('In which street is your showroom?')).toEqual(['en'])
  expect(await names('Wo ist denn euer Showroom?')).toEqual(['de'])
  expect((await names('showroom')).sort()).toEqual(['de', 'en'])
  expect(await names('In which street is your showroom?', { audience: { locale: 'de' } })).toEqual(['de'])
})

test('finds what each of two questions in one text asks for', async () => {
  const { names } = await over(SHOP)
  expect(
    (await names('Within how many days can I return an item? And how long do parcels to Austria take?'))
      .slice(0, 2)
      .sort(),
  ).toEqual(['returns', 'shipping'])
})
