import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Chunk } from '#domain/document.ts'
import { type ShopId, shopId } from '#domain/ids.ts'
import { systemClock } from '#telemetry/clock.ts'
import type { Log } from '#telemetry/log.port.ts'
import { memoryChunkFeed } from '../../../test/fakes/memory-chunk-feed.ts'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import { silentLog } from '../../../test/fixtures/silent-log.ts'
import { encodePassage } from '../encoder/passage-encoder.ts'
import { vocabulary } from '../encoder/vocabulary.ts'
import { wholeChunk } from '../index/passages/lazy-chunk.ts'
import { type InProcessIndex, inProcessIndex } from '../index/search-index.in-process.ts'
import type { IndexQuery } from '../index/search-index.port.ts'
import { usearchGraph } from '../index/vectors/neighbours.usearch.ts'
import { knowledgeIndex } from '../knowledge-index.ts'
import { retrieval } from '../retrieval.ts'
import { snapshots } from './snapshots.ts'

const { signal } = new AbortController()
const shop = shopId('one')
const AT = new Date('2026-01-01T00:00:00Z')
const WORDS = ['tent', 'lamp', 'return', 'shipping', 'blue', 'waterproof', 'austria', 'days', 'Rucksäcke', 'AB-12']
const DIMENSIONS = 8

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser-snapshot-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Vectors by what the text says, so that equal questions have equal neighbours. */
function vectorOf(text: string): Float32Array {
  let state = 7
  for (let place = 0; place < text.length; place += 1) state = (state * 31 + text.charCodeAt(place)) % 2 ** 31
  const vector = Float32Array.from({ length: DIMENSIONS }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state / 2 ** 31 - 0.5
  })
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}
const embedder = {
  model: 'm',
  dimensions: DIMENSIONS,
  embed: async (text: string) => vectorOf(text),
  close: async () => {},
}

type Memory = ReturnType<typeof memoryChunkFeed>

/** Counts how often all passages were read, and what was said about refusals. */
function watched(memory: Memory) {
  const seen = { loads: 0, reasons: [] as string[] }
  const log: Log = {
    ...silentLog,
    warn: (fields: { reason?: string }) => void (fields.reason && seen.reasons.push(fields.reason)),
  }
  const feed: Memory['feed'] = {
    ...memory.feed,
    load: (...asked) => {
      seen.loads += 1
      return memory.feed.load(...asked)
    },
  }
  return { seen, log, feed }
}

async function started(memory: Memory, snapshotFolder: string | null, model = 'm') {
  const { seen, log, feed } = watched(memory)
  const clock = systemClock()
  const index = await knowledgeIndex({
    feed,
    vectors: memory.vectors,
    notifications: null,
    model,
    snapshotFolder,
    clock,
    log,
  })
  await index.start(signal)
  const { search } = retrieval({ shopIndex: index.shopIndex, embedder, clock })
  const ask = async (text: string, of: ShopId = shop) => {
    const { passages } = await search({ shop: of, text, audience: {}, limit: 20, at: AT }, signal)
    return passages.map(({ chunk, score, scores }) => ({ chunk, score, scores }))
  }
  return { index, ask, seen, close: () => index.close(signal) }
}

function put(memory: Memory, chunks: Chunk[], of: ShopId = shop): void {
  memory.put(of, chunks)
  for (const { contentHash, text } of chunks) memory.setVector(contentHash, vectorOf(text))
}

async function shopWithSnapshot(): Promise<Memory> {
  const memory = memoryChunkFeed()
  put(memory, [chunkOf('a', { text: 'blue tent' }), chunkOf('b', { text: 'return within 14 days', sku: 'AB-12' })])
  const first = await started(memory, folder)
  await first.close()
  return memory
}

test('a start from a snapshot reads no passages again', async () => {
  const memory = await shopWithSnapshot()
  const { index, seen, close } = await started(memory, folder)
  expect(seen).toEqual({ loads: 0, reasons: [] })
  expect(index.state(shop)).toMatchObject({ chunks: 2, vectors: 2, epoch: 1 })
  await close()
})

const chunk = fc.record({
  id: fc.integer({ min: 0, max: 15 }).map(String),
  title: fc.subarray(WORDS, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  text: fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => words.join(' ')),
  locale: fc.option(fc.constantFrom('en', 'de'), { nil: undefined }),
  sku: fc.option(fc.constantFrom('AB-12', 'X200'), { nil: undefined }),
  kind: fc.constantFrom('policy' as const, 'product' as const),
  validUntil: fc.option(fc.constantFrom('2025-06-01T00:00:00Z', '2027-01-01T00:00:00Z'), { nil: undefined }),
})
const change = fc.record({
  put: fc.array(chunk, { maxLength: 8 }),
  removed: fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 4 }),
  withVectors: fc.boolean(),
})

function commit(
  memory: Memory,
  { put: rows, removed, withVectors }: typeof change extends fc.Arbitrary<infer T> ? T : never,
) {
  if (removed.length > 0)
    memory.remove(
      shop,
      removed.map((id) => `chk_${id}` as const),
    )
  const chunks = rows.map(({ id, title, text, locale, sku, kind, validUntil }) =>
    chunkOf(id, {
      title,
      text,
      kind,
      contentHash: `${title}|${text}|${sku ?? ''}`,
      ...(locale ? { locale } : {}),
      ...(sku ? { sku } : {}),
      ...(validUntil ? { validUntil } : {}),
    }),
  )
  memory.put(shop, chunks)
  if (withVectors) for (const { contentHash, text } of chunks) memory.setVector(contentHash, vectorOf(text))
}

test('a snapshot and the changes after it answer exactly as all passages read anew', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.array(change, { maxLength: 3 }),
      async (before, after) => {
        const memory = memoryChunkFeed()
        await rm(folder, { recursive: true, force: true })
        for (const one of before) commit(memory, one)
        const first = await started(memory, folder)
        const saved = first.index.state(shop).chunks
        await first.close()
        for (const one of after) commit(memory, one)
        const restored = await started(memory, folder)
        const anew = await started(memory, null)
        // An index without a passage is not worth a file.
        expect(restored.seen).toEqual({ loads: saved > 0 ? 0 : 1, reasons: [] })
        for (const question of [
          'blue tent',
          'waterproof lamp for austria',
          'how many days to return',
          'AB12',
          'rucksack',
          'tnet',
        ])
          expect(await restored.ask(question)).toEqual(await anew.ask(question))
        await restored.close()
        await anew.close()
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)

describe('is refused, and the index built from the database,', () => {
  async function refused(memory: Memory, model = 'm'): Promise<string> {
    const { seen, ask, close } = await started(memory, folder, model)
    expect(seen.loads).toBe(1)
    const anew = await started(memory, null, model)
    expect(await ask('blue tent')).toEqual(await anew.ask('blue tent'))
    await anew.close()
    await close()
    return seen.reasons[0] ?? ''
  }
  const path = () => join(folder, 'one.snapshot')

  test('when any of its bytes is another', async () => {
    const memory = await shopWithSnapshot()
    const whole = await readFile(path())
    for (let place = 0; place < whole.length; place += Math.ceil(whole.length / 40)) {
      const flipped = Buffer.from(whole)
      flipped[place] = (flipped[place] ?? 0) ^ (1 << (place % 8))
      await writeFile(path(), flipped)
      expect(await refused(memory)).not.toBe('')
    }
  })

  test('when its end is missing', async () => {
    const memory = await shopWithSnapshot()
    const { length } = await readFile(path())
    for (const left of [0, 5, Math.floor(length / 2), length - 1]) {
      await truncate(path(), left)
      expect(await refused(memory)).toMatch(/cut off/)
    }
  })

  test('when it is of another database', async () => {
    await shopWithSnapshot()
    const other = memoryChunkFeed()
    put(other, [chunkOf('a', { text: 'another tent' })])
    expect(await refused(other)).toBe('this database does not know it')
  })

  test('when it is newer than the database', async () => {
    const memory = await shopWithSnapshot()
    const earlier = memoryChunkFeed()
    put(earlier, [chunkOf('a', { text: 'blue tent' })])
    const marked = await memory.feed.leaveMark(shop, 9, signal)
    await earlier.feed.leaveMark(shop, 0, signal)
    expect(await memory.feed.hasMark(shop, marked, 9, signal)).toBe(true)
    expect(await refused(earlier)).toBe('this database does not know it')
  })

  test('when it is of another shop', async () => {
    const memory = await shopWithSnapshot()
    const two = shopId('two')
    put(memory, [chunkOf('z', { text: 'blue tent of two' })], two)
    await writeFile(join(folder, 'two.snapshot'), await readFile(path()))
    const { seen, ask, close } = await started(memory, folder)
    expect(seen.reasons).toEqual(['it is of another shop'])
    expect((await ask('blue tent', two)).map(({ chunk }) => chunk.id)).toEqual(['chk_z'])
    await close()
  })

  test('when its vectors are of another model', async () => {
    expect(await refused(await shopWithSnapshot(), 'n')).toBe('its vectors are of another model')
  })
})

test('what a killed write left does not count, and goes with the next one', async () => {
  const memory = await shopWithSnapshot()
  await writeFile(join(folder, 'one.snapshot.new'), 'half of it')
  await writeFile(join(folder, 'one.gone.graph'), 'a graph nobody names')
  const { seen, close } = await started(memory, folder)
  expect(seen.loads).toBe(0)
  put(memory, [chunkOf('c', { text: 'a lamp' })])
  await close()
  const again = await started(memory, folder)
  await again.close()
  expect(await readdir(folder)).toEqual(['one.snapshot'])
})

test('a graph of neighbours comes back with its index, and answers as before', async () => {
  const graph = await usearchGraph(silentLog)
  if (!graph) throw new Error('usearch is needed')
  const memory = memoryChunkFeed()
  const parts = { folder, feed: memory.feed, graph, clock: systemClock(), log: silentLog }
  const words = vocabulary()
  const index = inProcessIndex({ vocabulary: words, graph, exactBelow: 100 })
  const chunks = Array.from({ length: 400 }, (_, number) => chunkOf(String(number), { text: `passage ${number}` }))
  const passages = (some: Chunk[]) =>
    some.map((chunk) => ({ chunk, encoded: encodePassage(chunk, words), vector: vectorOf(chunk.text) }))
  await index.apply({ removed: [], upserted: passages(chunks) }, signal)
  await settled(index)
  const store = await snapshots(parts, signal)
  expect(await store.save(shop, 'm', () => ({ index, vocabulary: words, epoch: 1 }), signal)).toBe('saved')
  const restored = await store.restore(shop, 'm', signal)
  if (!restored) throw new Error('the snapshot was refused')
  const again = inProcessIndex({ vocabulary: restored.vocabulary, graph, exactBelow: 100, from: restored.stored })
  expect(again.size()).toEqual({ chunks: 400, vectors: 400, waiting: 0, dense: 'approximate' })
  const query = { terms: [], keys: [], audience: {}, kinds: null, at: AT, candidates: 20 }
  for (const { text } of chunks.slice(0, 30)) {
    const asked = { ...query, vector: vectorOf(`like ${text}`) }
    expect(await whole(again, asked)).toEqual(await whole(index, asked))
  }
  const late = chunkOf('late', { text: 'passage late' })
  await again.apply({ removed: ['chk_7'], upserted: passages([late]) }, signal)
  const { hits } = await again.search({ ...query, vector: vectorOf(late.text) }, signal)
  expect(hits[0]?.chunk.id).toBe('chk_late')
  expect(hits.some(({ chunk }) => chunk.id === 'chk_7')).toBe(false)

  const [name = ''] = (await readdir(folder)).filter((file) => file.endsWith('.graph'))
  const bytes = await readFile(join(folder, name))
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  await writeFile(join(folder, name), bytes)
  expect(await store.restore(shop, 'm', signal)).toBeNull()
  await Promise.all([index.close(signal), again.close(signal)])
})

test('a graph that was not there yet when the snapshot was written is saved once it is', async () => {
  const memory = memoryChunkFeed()
  const chunks = Array.from({ length: 6_000 }, (_, number) => chunkOf(String(number), { text: `passage ${number}` }))
  put(memory, chunks)
  const words = vocabulary()
  const index = inProcessIndex({ vocabulary: words, graph: null })
  const passage = (chunk: Chunk) => ({ chunk, encoded: encodePassage(chunk, words), vector: vectorOf(chunk.text) })
  await index.apply({ removed: [], upserted: chunks.map(passage) }, signal)
  const parts = { folder, feed: memory.feed, graph: null, clock: systemClock(), log: silentLog }
  await (await snapshots(parts, signal)).save(shop, 'm', () => ({ index, vocabulary: words, epoch: 1 }), signal)
  const graphs = async () => (await readdir(folder)).filter((file) => file.endsWith('.graph')).length
  expect(await graphs()).toBe(0)
  const again = await started(memory, folder)
  expect(again.seen).toEqual({ loads: 0, reasons: [] })
  while (again.index.state(shop).waiting > 0) await new Promise<void>((resolve) => setImmediate(resolve))
  await again.close()
  expect(await graphs()).toBe(1)
})

test('a save that is overtaken by a change leaves the older snapshot', async () => {
  const memory = await shopWithSnapshot()
  const store = await snapshots(
    { folder, feed: memory.feed, graph: null, clock: systemClock(), log: silentLog },
    signal,
  )
  const words = vocabulary()
  const index = inProcessIndex({ vocabulary: words, graph: null })
  const state = { index, vocabulary: words, epoch: 2 }
  const overtaken = store.save(shop, 'm', () => ({ ...state }), signal)
  const chunk = chunkOf('x')
  await index.apply({ removed: [], upserted: [{ chunk, encoded: encodePassage(chunk, words), vector: null }] }, signal)
  expect(await overtaken).toBe('overtaken')
  expect((await store.restore(shop, 'm', signal))?.epoch).toBe(1)
  expect(await readdir(folder)).toEqual(['one.snapshot'])
})

async function settled(index: InProcessIndex): Promise<void> {
  while (index.size().waiting > 0) await new Promise<void>((resolve) => setImmediate(resolve))
}

/** What a search finds, passages read whole. */
async function whole(index: InProcessIndex, query: IndexQuery) {
  const { hits, meanCosine } = await index.search(query, signal)
  return { hits: hits.map((hit) => ({ ...hit, chunk: wholeChunk(hit.chunk) })), meanCosine }
}
