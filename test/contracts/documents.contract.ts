import { describe, expect, test } from 'vitest'
import type { ChunkFeed, FeedChunk } from '#db/knowledge/chunk-feed.port.ts'
import type { DocumentStore, PreparedDocument } from '#db/knowledge/documents.port.ts'
import type { VectorStore } from '#db/knowledge/vectors.port.ts'
import { denseText } from '#domain/dense-text.ts'
import type { ShopDocument } from '#domain/document.ts'
import { documentId, type ShopId } from '#domain/ids.ts'
import { prepareDocument } from '#ingest/prepare-document.ts'

/** `shop` and `other` are two shops of one store. `close` gives the bench back. */
export type KnowledgeBench = {
  documents: DocumentStore
  feed: ChunkFeed
  vectors: VectorStore
  shop: ShopId
  other: ShopId
  close(): Promise<void>
}

const MODEL = 'model-1'
const { signal } = new AbortController()
const prepared = (id: string, text: string, more: Partial<ShopDocument> = {}): PreparedDocument =>
  prepareDocument({ id: documentId(id), kind: 'policy', title: `Title of ${id}`, text, ...more })
const TWO_PARTS = '## Returns\n\nThirty days.\n\n## Costs\n\nFree.'
const OTHER_COSTS = '## Returns\n\nThirty days.\n\n## Costs\n\nFive euros.'

/** What every store of the shop's content must do; `open` gives each test two fresh shops. */
export function documentsContract(adapter: string, open: () => Promise<KnowledgeBench>) {
  const on = (name: string, work: (bench: KnowledgeBench) => Promise<void>) =>
    test(name, async () => {
      const bench = await open()
      try {
        await work(bench)
      } finally {
        await bench.close()
      }
    })
  const live = async ({ feed, shop }: KnowledgeBench, model: string | null = null): Promise<FeedChunk[]> => {
    const { batches } = await feed.load(shop, model, signal)
    const chunks: FeedChunk[] = []
    for await (const batch of batches) chunks.push(...batch)
    return chunks.sort(
      (left, right) => left.documentId.localeCompare(right.documentId) || left.position - right.position,
    )
  }

  describe(`DocumentStore contract: ${adapter}`, () => {
    on(
      'stores a document with its passages and gives back what was sent',
      async ({ documents, shop, feed, ...bench }) => {
        const sent = prepared('a', TWO_PARTS, {
          url: 'https://shop.example/a',
          attributes: { days: 30 },
          title: 'A \u0000 \ud800 title',
        })
        expect(await documents.putAll(shop, 'site', [sent], signal)).toEqual([
          { id: 'a', outcome: 'created', version: 1, chunks: 2 },
        ])
        const stored = await documents.get(shop, documentId('a'), signal)
        expect(stored).toMatchObject({
          document: sent.document,
          source: 'site',
          version: 1,
          contentHash: sent.contentHash,
          retiredAt: null,
          versions: [{ version: 1 }],
        })
        const chunks = await live({ documents, shop, feed, ...bench })
        expect(chunks.map(({ text, headingPath, documentVersion }) => [text, headingPath, documentVersion])).toEqual([
          ['Thirty days.', ['Returns'], 1],
          ['Free.', ['Costs'], 1],
        ])
        expect(chunks[0]).toMatchObject({ url: 'https://shop.example/a', attributes: { days: 30 }, vector: null })
      },
    )

    on(
      'gives many changes in parts that end with a commit, and all of them in the end',
      async ({ documents, feed, shop }) => {
        const batch = (from: number, text: string) =>
          Array.from({ length: 600 }, (_, at) => prepared(`d${from + at}`, `${text} ${from + at}.`))
        for (const from of [0, 600, 1200]) await documents.putAll(shop, 'site', batch(from, 'Text'), signal)
        await documents.putAll(shop, 'site', batch(0, 'Newer text'), signal)
        const known = new Map<string, string>()
        const parts: number[] = []
        for (let epoch = 0, more = true; more; ) {
          const change = await feed.since(shop, epoch, null, signal)
          for (const id of change.removed) known.delete(id)
          for (const chunk of change.upserted) known.set(chunk.id, chunk.text)
          parts.push(change.epoch)
          epoch = change.epoch
          more = change.more === true
        }
        expect(parts.length).toBeGreaterThan(1)
        const wanted = (await live({ documents, feed, shop } as KnowledgeBench)).map(({ id, text }) => [id, text])
        expect([...known].sort()).toEqual(wanted.sort())
      },
    )

    on('knows its own marks, each at the epoch it was left at', async ({ feed, shop, other }) => {
      const mark = await feed.leaveMark(shop, 3, signal)
      expect(await feed.hasMark(shop, mark, 3, signal)).toBe(true)
      expect(await feed.hasMark(shop, mark, 4, signal)).toBe(false)
      expect(await feed.hasMark(other, mark, 3, signal)).toBe(false)
      expect(await feed.hasMark(shop, 'another database’s', 3, signal)).toBe(false)
      for (let left = 0; left < 20; left += 1) await feed.leaveMark(shop, 4 + left, signal)
      const latest = await feed.leaveMark(shop, 30, signal)
      expect(await feed.hasMark(shop, latest, 30, signal)).toBe(true)
    })

    on('changes nothing when the same content is sent again', async ({ documents, feed, shop }) => {
      await documents.putAll(shop, 'site', [prepared('a', TWO_PARTS)], signal)
      const { epoch } = await feed.since(shop, 0, null, signal)
      expect(await documents.putAll(shop, 'site', [prepared('a', TWO_PARTS)], signal)).toEqual([
        { id: 'a', outcome: 'unchanged', version: 1, chunks: 2 },
      ])
      expect(await feed.since(shop, epoch, null, signal)).toMatchObject({ epoch, removed: [], upserted: [] })
      expect((await documents.get(shop, documentId('a'), signal))?.versions).toHaveLength(1)
    })

    on('keeps the ids of unchanged passages over versions, and the old ones as history', async (bench) => {
      const { documents, feed, shop } = bench
      await documents.putAll(shop, 'site', [prepared('a', TWO_PARTS)], signal)
      const before = await live(bench)
      const { epoch } = await feed.since(shop, 0, null, signal)
      expect(await documents.putAll(shop, 'site', [prepared('a', OTHER_COSTS)], signal)).toMatchObject([
        { outcome: 'updated', version: 2 },
      ])
      const after = await live(bench)
      expect(after[0]).toMatchObject({ id: before[0]?.id, documentVersion: 2 })
      expect(after[1]?.id).not.toBe(before[1]?.id)
      const change = await feed.since(shop, epoch, null, signal)
      expect(change.epoch).toBe(epoch + 1)
      expect(change.removed).toEqual([before[1]?.id])
      expect(change.upserted.map(({ id }) => id).sort()).toEqual(after.map(({ id }) => id).sort())
      const cited = await feed.byIds(
        shop,
        before.map(({ id }) => id),
        signal,
      )
      expect(cited.map(({ text, current, documentVersion }) => [text, current, documentVersion])).toEqual([
        ['Thirty days.', true, 2],
        ['Free.', false, 1],
      ])
    })

    on('brings a passage back under its old id', async (bench) => {
      const { documents, shop } = bench
      await documents.putAll(shop, 'site', [prepared('a', TWO_PARTS)], signal)
      const before = await live(bench)
      await documents.putAll(shop, 'site', [prepared('a', OTHER_COSTS)], signal)
      await documents.putAll(shop, 'site', [prepared('a', TWO_PARTS)], signal)
      expect((await live(bench)).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    })

    on('carries a new price to a passage whose words stayed', async (bench) => {
      const { documents, shop } = bench
      const product = (amount: number) =>
        prepared('p', 'A tent.', { kind: 'product', price: { amount, currency: 'EUR' } })
      await documents.putAll(shop, 'site', [product(100)], signal)
      const [before] = await live(bench)
      await documents.putAll(shop, 'site', [product(90)], signal)
      expect(await live(bench)).toMatchObject([{ id: before?.id, price: { amount: 90 } }])
    })

    on('tells repeated passages of one document apart', async (bench) => {
      await bench.documents.putAll(bench.shop, 'site', [prepared('a', '## One\n\nSame.\n\n## One\n\nSame.')], signal)
      const ids = (await live(bench)).map(({ id }) => id)
      expect(new Set(ids).size).toBe(2)
    })

    on('takes a retired document out of search and brings it back when it is sent again', async (bench) => {
      const { documents, feed, shop } = bench
      await documents.putAll(shop, 'site', [prepared('a', TWO_PARTS), prepared('b', 'Bee.')], signal)
      const [{ epoch }, before] = [await feed.since(shop, 0, null, signal), await live(bench)]
      expect(await documents.retire(shop, [documentId('a'), documentId('unknown')], signal)).toEqual(['a'])
      expect(await documents.retire(shop, [documentId('a')], signal)).toEqual([])
      expect((await live(bench)).map((chunk) => chunk.documentId)).toEqual(['b'])
      expect((await feed.since(shop, epoch, null, signal)).removed.sort()).toEqual(
        before
          .filter((chunk) => chunk.documentId === 'a')
          .map(({ id }) => id)
          .sort(),
      )
      expect((await documents.get(shop, documentId('a'), signal))?.retiredAt).not.toBeNull()
      expect(
        (await documents.list(shop, { cursor: null, limit: 9 }, signal)).items.map(({ document }) => document.id),
      ).toEqual(['b'])
      expect(await documents.putAll(shop, 'site', [prepared('a', TWO_PARTS)], signal)).toMatchObject([
        { outcome: 'updated' },
      ])
      expect((await live(bench)).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    })

    on('counts a document sent twice once, the last one', async (bench) => {
      expect(
        await bench.documents.putAll(
          bench.shop,
          'site',
          [prepared('a', 'One.'), prepared('b', 'Bee.'), prepared('a', 'Two.')],
          signal,
        ),
      ).toMatchObject([{ id: 'b' }, { id: 'a', version: 1 }])
      expect((await live(bench)).map(({ text }) => text)).toEqual(['Two.', 'Bee.'])
    })

    on('lists by id, page by page, by source and kind', async ({ documents, shop }) => {
      await documents.putAll(
        shop,
        'one',
        ['a', 'b', 'c'].map((id) => prepared(id, 'Text.')),
        signal,
      )
      await documents.putAll(shop, 'two', [prepared('d', 'Text.', { kind: 'faq' })], signal)
      const page = async (cursor: string | null, more = {}) => {
        const { items, nextCursor } = await documents.list(shop, { cursor, limit: 2, ...more }, signal)
        return [items.map(({ document }) => document.id), nextCursor]
      }
      expect(await page(null)).toEqual([['a', 'b'], 'b'])
      expect(await page('b')).toEqual([['c', 'd'], null])
      expect(await page(null, { source: 'two' })).toEqual([['d'], null])
      expect(await page(null, { kind: 'faq' })).toEqual([['d'], null])
    })

    on('lets writers of the same document follow one another without losing one', async (bench) => {
      const { documents, feed, shop } = bench
      const texts = Array.from({ length: 8 }, (_, at) => `Text ${at}.`)
      const outcomes = await Promise.all(
        texts.map((text) => documents.putAll(shop, 'site', [prepared('a', text)], signal)),
      )
      expect(outcomes.map(([outcome]) => outcome?.version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      expect(await feed.since(shop, 0, null, signal)).toMatchObject({ epoch: 8, upserted: [{ documentVersion: 8 }] })
      expect(await live(bench)).toHaveLength(1)
    })

    on('shows nothing of one shop to another', async ({ documents, feed, vectors, shop, other }) => {
      await documents.putAll(shop, 'site', [prepared('a', TWO_PARTS)], signal)
      expect(await documents.get(other, documentId('a'), signal)).toBeNull()
      expect(await feed.since(other, 0, null, signal)).toMatchObject({ epoch: 0, removed: [], upserted: [] })
      expect(await vectors.missing(other, MODEL, { limit: 10 }, signal)).toEqual([])
      expect(await feed.shops(signal)).toEqual(expect.arrayContaining([shop, other]))
      expect(await documents.putAll(other, 'site', [prepared('a', TWO_PARTS)], signal)).toMatchObject([
        { outcome: 'created' },
      ])
    })

    on('loads one snapshot, whatever is written while it is read', async (bench) => {
      const { documents, feed, shop } = bench
      await documents.putAll(shop, 'site', [prepared('a', 'One.'), prepared('b', 'Bee.')], signal)
      const { epoch, batches } = await feed.load(shop, null, signal)
      await documents.putAll(shop, 'site', [prepared('a', 'Two.')], signal)
      const seen: string[] = []
      for await (const batch of batches) seen.push(...batch.map(({ text }) => text))
      expect([epoch, seen.sort()]).toEqual([1, ['Bee.', 'One.']])
      expect(await feed.since(shop, epoch, null, signal)).toMatchObject({ epoch: 2, upserted: [{ text: 'Two.' }] })
    })
  })

  describe(`VectorStore contract: ${adapter}`, () => {
    on(
      'names live contents without a vector once each, and keeps the vector over versions and documents',
      async (bench) => {
        const { documents, vectors, shop } = bench
        await documents.putAll(
          shop,
          'site',
          [prepared('a', TWO_PARTS), prepared('b', TWO_PARTS, { title: 'Title of a' })],
          signal,
        )
        const [first] = await live(bench)
        const missing = await vectors.missing(shop, MODEL, { limit: 10 }, signal)
        expect(missing).toHaveLength(2)
        expect(missing.find(({ contentHash }) => contentHash === first?.contentHash)?.text).toBe(
          first && denseText(first),
        )
        await vectors.put(
          shop,
          MODEL,
          missing.map(({ contentHash }) => ({ contentHash, vector: Float32Array.of(0.6, -0.8, 0) })),
          signal,
        )
        expect(await vectors.missing(shop, MODEL, { limit: 10 }, signal)).toEqual([])
        expect(await vectors.progress(shop, MODEL, signal)).toEqual({ done: 2, total: 2 })
        await documents.putAll(shop, 'site', [prepared('a', OTHER_COSTS)], signal)
        expect(await vectors.missing(shop, MODEL, { limit: 10 }, signal)).toMatchObject([
          { text: expect.stringContaining('Five euros.') },
        ])
        expect(await vectors.progress(shop, MODEL, signal)).toEqual({ done: 2, total: 3 })
        expect(await vectors.progress(shop, 'model-2', signal)).toEqual({ done: 0, total: 3 })
      },
    )

    on('gives vectors back to within the rounding, with the feed and by content', async (bench) => {
      const { documents, vectors, shop } = bench
      await documents.putAll(shop, 'site', [prepared('a', 'One.')], signal)
      const [missing] = await vectors.missing(shop, MODEL, { limit: 10 }, signal)
      const contentHash = missing?.contentHash ?? ''
      const vector = Float32Array.from({ length: 384 }, (_, at) => Math.sin(at) / 14)
      await vectors.put(shop, MODEL, [{ contentHash, vector }], signal)
      await vectors.put(shop, MODEL, [{ contentHash, vector: new Float32Array(384) }], signal)
      const found =
        (await vectors.get(shop, MODEL, [contentHash, 'unknown'], signal)).get(contentHash) ?? new Float32Array()
      expect(found).toHaveLength(384)
      found.forEach((component, at) => void expect(Math.abs(component - (vector[at] ?? 9))).toBeLessThan(0.0003))
      expect((await live(bench, MODEL))[0]?.vector).toEqual(found)
      expect((await live(bench, 'model-2'))[0]?.vector).toBeNull()
    })
  })
}
