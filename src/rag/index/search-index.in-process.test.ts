import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Audience, Chunk } from '#domain/document.ts'
import { chunkOf } from '../../../test/fixtures/chunk-builder.ts'
import { encodePassage } from '../encoder/passage-encoder.ts'
import { encodeQuestion } from '../encoder/question-encoder.ts'
import { vocabulary } from '../encoder/vocabulary.ts'
import { inProcessIndex } from './search-index.in-process.ts'

const { signal } = new AbortController()
const WORDS = ['tent', 'lamp', 'return', 'shipping', 'blue', 'waterproof', 'austria', 'days']
const AT = new Date('2026-01-01T00:00:00Z')

function opened(leastGone = 5) {
  const words = vocabulary()
  const index = inProcessIndex({ vocabulary: words, graph: null, leastGone })
  const put = (chunks: Chunk[], vector: ((chunk: Chunk) => Float32Array | null) | null = null) =>
    index.apply(
      {
        removed: [],
        upserted: chunks.map((chunk) => ({
          chunk,
          encoded: encodePassage(chunk, words),
          vector: vector?.(chunk) ?? null,
        })),
      },
      signal,
    )
  const remove = (...ids: Chunk['id'][]) => index.apply({ removed: ids, upserted: [] }, signal)
  async function ask(
    text: string,
    {
      audience = {},
      candidates = 100,
      vector = null,
    }: { audience?: Audience; candidates?: number; vector?: Float32Array | null } = {},
  ) {
    const { terms, keys } = encodeQuestion(text, audience, words)
    const { hits } = await index.search({ terms, keys, vector, audience, kinds: null, at: AT, candidates }, signal)
    return hits
      .map(({ chunk, sparse, cosine }) => ({
        id: chunk.id,
        text: chunk.text,
        sparse: Math.round(sparse * 1000) / 1000,
        cosine,
      }))
      .sort((one, two) => two.sparse - one.sparse || (one.id < two.id ? -1 : 1))
  }
  return { index, words, put, remove, ask }
}

const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))
const change = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('put' as const), name: fc.integer({ min: 0, max: 12 }), text }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), name: fc.integer({ min: 0, max: 12 }), text }),
  },
)
const passage = (name: number, body: string) => chunkOf(`p${name}`, { title: 'Page', text: body })

test('after any changes the index is the one built from what is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 40 }), text, async (changes, question) => {
      const kept = new Map<number, Chunk>()
      const changed = opened()
      for (const { kind, name, text } of changes) {
        if (kind === 'put') {
          kept.set(name, passage(name, text))
          await changed.put([passage(name, text)])
        } else {
          kept.delete(name)
          await changed.remove(`chk_p${name}`)
        }
      }
      const rebuilt = opened()
      await rebuilt.put([...kept.values()])
      expect(await changed.ask(question)).toEqual(await rebuilt.ask(question))
      expect(changed.index.size()).toEqual(rebuilt.index.size())
      for (const word of WORDS) {
        const [one, two] = [changed.words.find(word), rebuilt.words.find(word)]
        expect(one === undefined ? 0 : changed.words.frequency(one)).toBe(
          two === undefined ? 0 : rebuilt.words.frequency(two),
        )
      }
    }),
    { numRuns: 60 },
  )
})

test('a filter gives what scanning everything and filtering gives', async () => {
  const placed = fc.record({
    text,
    region: fc.constantFrom('US', 'DE', undefined),
    locale: fc.constantFrom('de', 'en', undefined),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(placed, { minLength: 1, maxLength: 30 }),
      text,
      fc.constantFrom('US', 'DE'),
      async (places, question, region) => {
        const { put, ask } = opened()
        const chunks = places.map(({ text, region, locale }, place) =>
          chunkOf(`p${place}`, { title: 'Page', text, scope: region ? { region } : {}, ...(locale ? { locale } : {}) }),
        )
        await put(chunks)
        const open = new Set<string>(
          chunks.filter((chunk) => !chunk.scope.region || chunk.scope.region === region).map(({ id }) => id),
        )
        const wanted = (await ask(question)).filter(({ id }) => open.has(id)).slice(0, 3)
        const found = (await ask(question, { audience: { region }, candidates: 3 })).slice(0, 3)
        expect(found.map(({ sparse }) => sparse)).toEqual(wanted.map(({ sparse }) => sparse))
        expect(found.every(({ id }) => open.has(id))).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('a passage found by its vector has the sum of its words too, and one without a vector is found by words', async () => {
  const { put, ask } = opened()
  await put(
    [chunkOf('near', { title: 'Page', text: 'lamp' }), chunkOf('bare', { title: 'Page', text: 'tent' })],
    ({ title, text }) => (title && text === 'lamp' ? Float32Array.of(1, 0) : null),
  )
  const hits = await ask('tent lamp', { vector: Float32Array.of(1, 0) })
  const near = hits.find(({ id }) => id === 'chk_near')
  expect(near?.cosine).toBeCloseTo(1, 2)
  expect(near?.sparse).toBeGreaterThan(0)
  expect(hits.find(({ id }) => id === 'chk_bare')).toMatchObject({ cosine: null })
})

test('gives vectors by content, to every passage with that content', async () => {
  const { index, put } = opened()
  await put([chunkOf('one', { contentHash: 'same' }), chunkOf('two', { contentHash: 'same' }), chunkOf('three')])
  expect(index.withoutVector(10, 0)).toHaveLength(2)
  await index.setVectors(
    [
      { contentHash: 'same', vector: Float32Array.of(1, 0) },
      { contentHash: 'gone', vector: Float32Array.of(1, 0) },
    ],
    signal,
  )
  expect(index.size()).toMatchObject({ chunks: 3, vectors: 2 })
  expect(index.withoutVector(10, 0)).toEqual([chunkOf('three').contentHash])
  expect(index.withoutVector(10, 1)).toEqual([])
})

test('keeps answering rightly while it compacts', async () => {
  const { put, remove, ask } = opened(20)
  await put(Array.from({ length: 60 }, (_, number) => passage(number, number % 2 ? 'tent' : 'lamp')))
  const removing = remove(
    ...Array.from({ length: 60 }, (_, number) => `chk_p${number}` as const).filter((_, number) => number % 2 === 1),
  )
  const during = await ask('lamp')
  await removing
  expect(during.filter(({ text }) => text === 'lamp')).toHaveLength(30)
  expect(await ask('tent')).toEqual([])
  expect(await ask('lamp')).toHaveLength(30)
})

test('rejects a search that was aborted before it began', async () => {
  const { index } = opened()
  const reason = new Error('gone')
  const query = { terms: [], keys: [], vector: null, audience: {}, kinds: null, at: AT, candidates: 5 }
  await expect(index.search(query, AbortSignal.abort(reason))).rejects.toBe(reason)
})

test('likeness is nearness to the middle of the leaders; what has no vector or is gone has none', async () => {
  const { index, put, remove } = opened()
  const towards: Record<string, Float32Array> = {
    east: Float32Array.of(1, 0),
    north: Float32Array.of(0, 1),
    northeast: Float32Array.of(Math.SQRT1_2, Math.SQRT1_2),
    west: Float32Array.of(-1, 0),
  }
  const [east, north, northeast, west, bare, gone] = ['east', 'north', 'northeast', 'west', 'bare', 'gone'].map(
    (name) => chunkOf(name),
  ) as [Chunk, Chunk, Chunk, Chunk, Chunk, Chunk]
  await put([east, north, northeast, west, bare, gone], ({ title }) => towards[title] ?? null)
  await remove(gone.id)
  const ids = [northeast.id, east.id, west.id, bare.id, gone.id]
  const found = index.likeness([east.id, north.id, bare.id], ids)
  expect(found.slice(3)).toEqual([null, null])
  const [most, middling, least] = found as [number, number, number]
  expect(most).toBeGreaterThan(middling)
  expect(middling).toBeGreaterThan(least)
  expect(index.likeness([bare.id], ids)).toEqual([null, null, null, null, null])
})
