import { expect, test } from 'vitest'
import { postgresFindings } from '#db/findings/findings.postgres.ts'
import type { ShopDocument } from '#domain/document.ts'
import { documentId, type ShopId } from '#domain/ids.ts'
import { contentFindings } from '#ingest/findings/content-findings.ts'
import { prepareDocument } from '#ingest/prepare-document.ts'
import { systemClock } from '#telemetry/clock.ts'
import { runUntil } from '../fixtures/killed-process.ts'
import { knowledgeBench } from '../fixtures/knowledge-bench.ts'

const { signal } = new AbortController()
const SLOGAN = 'Thank you for choosing our lovely little shop.'
const COPY = 'A narrow machine with a full-size basket, so every tamper and every accessory fits it well.'

const product = (at: number): ShopDocument => ({
  id: documentId(`p${at}`),
  kind: 'product',
  title: at % 9 === 0 ? `Maker${at} Machine${at}` : `Thing ${at}`,
  text: at % 9 === 0 ? `${COPY} ${SLOGAN}` : `Carved by the sea as number ${at} was. ${SLOGAN}`,
  category: at === 50 ? 'Alone' : 'Things',
  attributes: { weight: { value: 1 + (at % 3), unit: 'kg' } },
})

const ENDED: ShopDocument = {
  id: documentId('faq/ended'),
  kind: 'faq',
  title: 'Until when?',
  text: 'Until the end of the summer.',
  validUntil: '2020-09-01T00:00:00Z',
}

test('looking at content ends the same however often its process is killed, and what was found before can be read meanwhile', async () => {
  const bench = await knowledgeBench()
  const findings = contentFindings(postgresFindings(bench.database), systemClock())
  const state = async (shop: ShopId) => {
    // What a pass changes itself is looked at by the next.
    await findings.pass(shop, signal)
    const { items, complete } = await findings.list(shop, { cursor: null, limit: 200 }, signal)
    const { upserted } = await bench.feed.since(shop, -1, null, signal)
    return {
      complete,
      told: items.map(({ foundAt: _at, ...finding }) => finding),
      passages: upserted.map(({ id, text, shortened }) => [id, text, shortened]).sort(),
    }
  }
  try {
    const documents = Array.from({ length: 250 }, (_, at) => prepareDocument(product(at)))
    for (const shop of [bench.shop, bench.other]) {
      await bench.documents.putAll(shop, 'feed', [prepareDocument(ENDED)], signal)
      await findings.pass(shop, signal)
    }
    const before = await findings.list(bench.shop, { cursor: null, limit: 200 }, signal)
    expect(before.items).toMatchObject([{ kind: 'past_review', documents: [{ id: ENDED.id }] }])
    for (const shop of [bench.shop, bench.other]) await bench.documents.putAll(shop, 'feed', documents, signal)
    await findings.pass(bench.other, signal)
    const expected = await state(bench.other)
    expect(new Set(expected.told.map(({ kind }) => kind))).toEqual(
      new Set(['boilerplate', 'orphan_category', 'past_review', 'supplier_copy']),
    )
    expect(expected.passages.filter(([, , shortened]) => shortened)).toHaveLength(249)

    const kills: [line: string, count: number][] = [
      ['uncommitted', 1],
      ['committed', 1],
      ['uncommitted', 2],
      ['committed', 2],
      ['uncommitted', 3],
      ['committed', 2],
      ['uncommitted', 2],
    ]
    for (const [line, count] of kills) {
      expect(await runUntil('findings-process.ts', [bench.connection, bench.shop], line, count)).toBe(line)
      const told = await findings.list(bench.shop, { cursor: null, limit: 200 }, signal)
      expect(told.items).toEqual(expect.arrayContaining(before.items))
    }
    expect(await runUntil('findings-process.ts', [bench.connection, bench.shop], 'done')).toBe('done')
    expect(await state(bench.shop)).toEqual(expected)
  } finally {
    await bench.close()
  }
}, 240_000)
