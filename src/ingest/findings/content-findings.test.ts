import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FindingStore } from '#db/findings/findings.port.ts'
import { postgresFindings } from '#db/findings/findings.postgres.ts'
import { postgresFreshness } from '#db/reports/freshness.postgres.ts'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { documentId, type ShopId, shopId } from '#domain/ids.ts'
import { movableClock } from '../../../test/fakes/movable-clock.ts'
import { knowledgeBench } from '../../../test/fixtures/knowledge-bench.ts'
import { prepareDocument } from '../prepare-document.ts'
import { contentFindings } from './content-findings.ts'

const { signal } = new AbortController()
const PROSE =
  'A narrow machine with a full-size basket, so every tamper and every accessory fits. The steam wand is slow and forgiving, which is what beginners need most of all. '
const LONGER =
  'You will need a grinder that can go fine enough for it, since supermarket powder makes it taste like a much cheaper machine than it is.'
let bench: Awaited<ReturnType<typeof knowledgeBench>>
let shops = 0

beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

type Given = Partial<Omit<ShopDocument, 'id'>> & { id: string }

async function shopBench(wrap: (store: FindingStore) => FindingStore = (store) => store, known?: ShopId) {
  const shop = known ?? shopId(`shop-${++shops}`)
  if (!known) await bench.database.insertInto('shops').values({ id: shop, name: shop }).execute()
  const clock = movableClock()
  const findings = contentFindings(wrap(postgresFindings(bench.database)), clock)
  const list = async (page: object = {}) =>
    (await findings.list(shop, { cursor: null, limit: 200, ...page }, signal)).items
  return {
    shop,
    clock,
    findings,
    put: (documents: Given[], source = 'feed') => bench.documents.putAll(shop, source, documents.map(prepared), signal),
    retire: (...ids: string[]) => bench.documents.retire(shop, ids.map(documentId), signal),
    pass: () => findings.pass(shop, signal),
    list,
    /** What is told, without ids and times. */
    told: async () =>
      (await list())
        .map(({ kind, documents, documentCount, quotes, why }) => ({ kind, documents, documentCount, quotes, why }))
        .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)),
    /** Each kind with the documents it names. */
    kinds: async () =>
      (await list()).map(({ kind, documents }) => `${kind}: ${documents.map(({ id }) => id).join(', ')}`).sort(),
  }
}

function prepared({ id, ...given }: Given) {
  const document = { kind: 'product', title: `Thing ${id}`, text: PROSE + id, category: 'Things', ...given }
  return prepareDocument({ ...document, id: documentId(id) } as ShopDocument)
}

describe('a finding', () => {
  test('tells of descriptions that are missing, and of the same one on different products, but not on variants', async () => {
    const shop = await shopBench()
    await shop.put([
      { id: 'empty', title: 'Blue cup', text: '# Blue cup' },
      { id: 'soon', text: 'Description follows' },
      { id: 'kettle', title: 'Brewick kettle', text: PROSE },
      { id: 'toaster', title: 'Slot toaster', text: PROSE },
      { id: 'shirt-s', title: 'Linen shirt, size S', text: LONGER, attributes: { size: 'S' } },
      { id: 'shirt-m', title: 'Linen shirt, size M', text: LONGER, attributes: { size: 'M' } },
    ])
    await shop.pass()
    expect(await shop.kinds()).toEqual([
      'missing_description: empty',
      'missing_description: soon',
      'supplier_copy: kettle, toaster',
    ])
    const [copy] = await shop.list({ kind: 'supplier_copy' })
    expect(copy).toMatchObject({ documentCount: 2, quotes: [{ documentId: 'kettle', text: PROSE.trim() }] })
    expect(copy?.why).toContain('2 different products')
    expect(copy?.todo).not.toBe('')
  })

  test('tells the same document twice from nearly the same, and neither from what only sounds alike', async () => {
    const shop = await shopBench()
    const long = `${PROSE}${LONGER} ${PROSE.toUpperCase()}It comes in a carton that fits through most letter boxes of old houses.`
    await shop.put([
      { id: 'one', kind: 'article', text: long },
      { id: 'one-again', kind: 'article', text: `<p>${long}</p>` },
      { id: 'other', kind: 'article', text: long.replace('old houses', 'new houses') },
      {
        id: 'different',
        kind: 'article',
        text: `${LONGER} We wrote this about the grinder and nothing but the grinder.`,
      },
      { id: 'elsewhere', kind: 'article', text: long, scope: { region: 'CH' } },
    ])
    await shop.pass()
    expect(await shop.kinds()).toEqual(['exact_duplicate: one, one-again', 'near_duplicate: one, other'])
    const canonical = (id: string) => shop.findings.canonicalOf(shop.shop, documentId(id), signal)
    expect(await canonical('one-again')).toEqual({ id: 'one', kind: 'exact_duplicate' })
    expect(await canonical('other')).toEqual({ id: 'one', kind: 'near_duplicate' })
    expect([await canonical('one'), await canonical('different')]).toEqual([null, null])
    await shop.retire('one')
    expect(await canonical('one-again')).toBeNull()
  })

  test('tells where text and fields of a product do not agree, in any unit, and only then', async () => {
    const shop = await shopBench()
    const attributes = {
      weight: { value: 1.2, unit: 'kg' },
      height: { value: 40, unit: 'cm' },
      capacity: { value: 500, unit: 'ml' },
    }
    const price = { amount: 24_900, currency: 'EUR' }
    const about = (id: string, text: string) => ({ id, text: `${PROSE}${id}. ${text}`, attributes, price })
    await shop.put([
      about('heavy', 'It weighs 1.4 kg.'),
      about('heavy-for-years', 'This pan weighs 1.4 kg and is made for a lifetime.'),
      about('heavy-alone', 'It weighs 1.4 kg without its lid and lasts.'),
      about('dear', 'Price: €299.'),
      about('small', 'Capacity: 12 fl oz.'),
      about('same', 'It weighs 2.65 lb, is 15.7 inches tall and holds 0.5 l. Price: €249.00.'),
      about(
        'others',
        'The lid weighs up to 2 kg when packed. Comes with a 40 l bag and a 2 kg stand. Formerly a price of €299.',
      ),
    ])
    await shop.pass()
    const contradictions = (await shop.kinds()).filter((kind) => kind.startsWith('contradiction'))
    expect(contradictions).toEqual([
      'contradiction: dear',
      'contradiction: heavy',
      'contradiction: heavy-for-years',
      'contradiction: small',
    ])
    const [heavy] = (await shop.list({ kind: 'contradiction' })).filter(({ documents }) => documents[0]?.id === 'heavy')
    expect(heavy?.quotes).toEqual([
      { documentId: 'heavy', field: 'weight', text: '1.2 kg' },
      { documentId: 'heavy', text: 'It weighs 1.4 kg.' },
    ])
  })

  test('tells where a policy and other pages state different values of the same thing, once', async () => {
    const shop = await shopBench()
    await shop.put([
      {
        id: 'policy',
        kind: 'policy',
        title: 'Returns',
        text: '# Returns\n\n## Return period\n\nYou can return an item within 30 days of delivery.\n\n## Headphones\n\nThey can be returned within 14 days.\n\n## Refunds\n\nWe refund within 5 working days.',
      },
      {
        id: 'faq',
        kind: 'faq',
        title: 'How long do I have to return an item?',
        text: 'You have 14 days from the day it arrives.',
      },
      {
        id: 'agrees',
        kind: 'faq',
        title: 'When can I return my order?',
        text: 'Within 30 days. We refund within 5 working days.',
      },
      { id: 'mug', text: `${PROSE}mug. Free shipping from €59.90. You can return it within 100 days.` },
      { id: 'bowl', text: `${PROSE}bowl. It is returned within 100 days when broken.` },
      {
        id: 'members',
        kind: 'faq',
        title: 'Do members have longer to return?',
        text: 'Gold members can return within 60 days.',
      },
      {
        id: 'swiss',
        kind: 'policy',
        title: 'Returns',
        text: 'You can return an item within 10 days.',
        scope: { region: 'CH' },
      },
    ])
    await shop.pass()
    expect(await shop.kinds()).toEqual(['contradiction: agrees, faq, mug, policy'])
    const [found] = await shop.list()
    expect(found?.why).toContain('return period')
    expect(found?.quotes.map(({ text }) => text)).toContain('You can return an item within 30 days of delivery.')
  })

  test('tells of sentences most pages of a source repeat, of categories with one product, of none, and of another language', async () => {
    const shop = await shopBench()
    const german = `${'Die Maschine ist nicht für den Garten, und wir haben sie auch nicht mit dem Wagen und der Leiter gebaut. '.repeat(3)}`
    await shop.put([
      ...Array.from({ length: 12 }, (_, at) => ({
        id: `page-${String(at).padStart(2, '0')}`,
        kind: 'article' as const,
        text: `All about subject ${at} here. ${at < 9 ? 'Sign up for our newsletter and save ten percent.' : ''}`,
      })),
      { id: 'alone', category: 'Tings' },
      { id: 'without', category: undefined as never, text: LONGER },
      { id: 'a', text: 'One of a kind with a long story that nobody else can tell.' },
      { id: 'b', text: 'Another of its kind, about which much could be said by many.' },
      { id: 'wrong', kind: 'article', locale: 'en', text: german },
      { id: 'right', kind: 'article', locale: 'de-AT', text: german.replaceAll('Garten', 'Balkon') },
    ])
    await shop.put([{ id: 'c', text: 'From elsewhere, and yet of a category that others have too.' }], 'elsewhere')
    await shop.pass()
    const found = await shop.list()
    expect(found.map(({ kind }) => kind).sort()).toEqual([
      'boilerplate',
      'language_mismatch',
      'orphan_category',
      'orphan_category',
    ])
    expect(found.find(({ kind }) => kind === 'boilerplate')).toMatchObject({
      documentCount: 9,
      quotes: [{ text: 'Sign up for our newsletter and save ten percent.' }],
    })
    expect(await shop.kinds()).toEqual(
      expect.arrayContaining(['orphan_category: alone', 'orphan_category: without', 'language_mismatch: wrong']),
    )
  })

  test('tells of documents past their end as soon as that is, without a change of content', async () => {
    const shop = await shopBench()
    const now = shop.clock.now().getTime()
    await shop.put([
      { id: 'sale', kind: 'policy', text: PROSE, validUntil: new Date(now + 60_000).toISOString() },
      { id: 'over', kind: 'policy', text: LONGER, validUntil: new Date(now - 60_000).toISOString() },
    ])
    await shop.pass()
    expect(await shop.kinds()).toEqual(['past_review: over'])
    expect(await shop.findings.due(shop.shop, signal)).toBeNull()
    shop.clock.move(3_600_000)
    expect(await shop.findings.due(shop.shop, signal)).not.toBeNull()
    expect(await shop.pass()).toEqual({ looked: 0 })
    expect(await shop.kinds()).toEqual(['past_review: over', 'past_review: sale'])
  })
})

test('the demo shop has two documents that are over and nothing else to complain about', async () => {
  const file = readFileSync(join(import.meta.dirname, '../../../demo/shop/documents.jsonl'), 'utf8')
  const documents = file
    .split('\n')
    .filter(Boolean)
    .map((line) => readJson(line) as Given)
  const shop = await shopBench()
  await shop.put(documents)
  expect(await shop.pass()).toEqual({ looked: documents.length })
  expect(await shop.kinds()).toEqual(['past_review: article/spring-2025.de', 'past_review: article/spring-2025.en'])
})

describe('findings stay current', () => {
  const POLICY = {
    id: 'policy',
    kind: 'policy' as const,
    title: 'Returns',
    text: 'You can return an item within 30 days.',
  }
  const FAQ = { id: 'faq', kind: 'faq' as const, title: 'How long can I return?', text: 'You have 14 days.' }
  const CUPS = [
    { id: 'cup', title: 'Tall cup', text: PROSE },
    { id: 'dog', title: 'Brown dog', text: PROSE },
    { id: 'eel', title: 'Smoked eel', text: PROSE + LONGER },
    {
      id: 'fox',
      title: 'Wooden fox',
      text: `${PROSE}${LONGER}`.replace('than it is.', 'than it was.'),
      category: 'Foxes',
    },
  ]

  test('only what changed is looked at again, and what no longer holds is gone', async () => {
    const shop = await shopBench()
    await shop.put([POLICY, FAQ, ...CUPS])
    expect(await shop.pass()).toEqual({ looked: 6 })
    expect(await shop.kinds()).toContain('contradiction: faq, policy')
    const before = (await shop.list()).find(({ kind }) => kind === 'supplier_copy')
    await shop.put([{ ...FAQ, text: 'You have 30 days.' }])
    // Already before anybody looks: what was quoted stands there no more.
    expect(await shop.kinds()).not.toContain('contradiction: faq, policy')
    expect(await shop.pass()).toEqual({ looked: 1 })
    expect(await shop.kinds()).not.toContain('contradiction: faq, policy')
    expect((await shop.list()).find(({ kind }) => kind === 'supplier_copy')).toEqual(before)
    expect(await shop.findings.due(shop.shop, signal)).toBeNull()
  })

  test('a retired document takes its findings along, and leaves no trace of its text', async () => {
    const shop = await shopBench()
    await shop.put([POLICY, FAQ, ...CUPS])
    await shop.pass()
    await shop.retire('faq', 'dog', 'fox')
    expect(
      (await shop.list()).filter(({ documents }) => documents.some(({ id }) => ['faq', 'dog', 'fox'].includes(id))),
    ).toEqual([])
    await shop.pass()
    expect(await shop.list()).toEqual([])
    for (const table of ['content_looks', 'content_marks', 'finding_documents'])
      expect(
        await bench.asOwner(
          `select document_id from ${table} where shop = '${shop.shop}' and document_id in ('faq', 'dog', 'fox')`,
        ),
      ).toEqual([])
    expect(await bench.asOwner(`select body from findings where shop = '${shop.shop}'`)).toEqual([])
  })

  test('changes in any order end in what a first look finds', async () => {
    const grown = await shopBench()
    await grown.put([
      { ...CUPS[3], id: 'fox' },
      { ...FAQ, text: 'You have 90 days.' },
    ])
    await grown.pass()
    await grown.put([CUPS[2] ?? POLICY, { ...POLICY, text: 'Ask us.' }])
    await grown.pass()
    await grown.retire('fox')
    await grown.pass()
    await grown.put([FAQ, ...CUPS])
    await grown.put([POLICY])
    await grown.pass()
    const fresh = await shopBench()
    await fresh.put([POLICY, FAQ, ...CUPS])
    await fresh.pass()
    const plain = (told: Awaited<ReturnType<typeof fresh.told>>) =>
      told.map(({ documents, ...rest }) => ({ ...rest, documents: documents.map(({ id }) => id) }))
    expect(plain(await grown.told())).toEqual(plain(await fresh.told()))
    expect((await fresh.list()).map(({ kind }) => kind).sort()).toEqual([
      'contradiction',
      'near_duplicate',
      'orphan_category',
      'supplier_copy',
    ])
  })

  test('a pass that dies after any batch is finished by the next one, and two at once do the work of one', async () => {
    const documents = Array.from({ length: 250 }, (_, at) => ({
      id: `p${at}`,
      title: `Item ${at}`,
      text: at % 2 ? PROSE : `${LONGER} ${at}`,
    }))
    for (const dies of [0, 1, 2]) {
      let left = dies
      const shop = await shopBench((store) => ({
        ...store,
        batch: (...given) => {
          if (left-- === 0) throw new Error('killed')
          return store.batch(...given)
        },
      }))
      await shop.put(documents)
      await expect(shop.pass()).rejects.toThrow('killed')
      expect(await shop.findings.due(shop.shop, signal)).not.toBeNull()
      const again = await shopBench((store) => store, shop.shop)
      const [one, two] = await Promise.all([again.pass(), again.pass()])
      expect(one.looked + two.looked).toBeGreaterThanOrEqual(250 - 100 * dies)
      const [copy] = await again.list({ kind: 'supplier_copy' })
      expect(copy?.documentCount).toBe(125)
      expect(copy?.documents).toHaveLength(20)
      const rows = await bench.asOwner(
        `select count(*)::integer as count from content_looks where shop = '${shop.shop}'`,
      )
      expect(rows).toEqual([{ count: 250 }])
    }
  })

  test('a new limit of a source is followed at the next pass, without reading its documents again', async () => {
    const shop = await shopBench()
    await shop.put([{ ...POLICY, updatedAt: '2026-01-01T00:00:00Z' }])
    await shop.pass()
    expect(await shop.list()).toEqual([])
    await postgresFreshness(bench.database).limit(shop.shop, 'feed', 30, signal)
    expect(await shop.findings.due(shop.shop, signal)).not.toBeNull()
    expect(await shop.pass()).toEqual({ looked: 0 })
    expect(await shop.list()).toMatchObject([{ kind: 'past_review', why: expect.stringContaining('every 30 days') }])
    await postgresFreshness(bench.database).limit(shop.shop, 'feed', null, signal)
    await shop.pass()
    expect(await shop.list()).toEqual([])
  })

  test('are told page by page, by source and kind, and to their own shop alone', async () => {
    const shop = await shopBench()
    await shop.put(CUPS, 'feed')
    await shop.put([POLICY], 'pages')
    await shop.put([FAQ], 'help')
    await shop.pass()
    const all = await shop.list()
    expect(all).toHaveLength(4)
    const first = await shop.findings.list(shop.shop, { cursor: null, limit: 3 }, signal)
    const second = await shop.findings.list(shop.shop, { cursor: first.nextCursor, limit: 3 }, signal)
    expect([...first.items, ...second.items]).toEqual(all)
    expect(second.nextCursor).toBeNull()
    expect((await shop.list({ source: 'help' })).map(({ kind }) => kind)).toEqual(['contradiction'])
    expect((await shop.list({ source: 'feed', kind: 'contradiction' })).length).toBe(0)
    const other = await shopBench()
    await other.pass()
    expect(await other.list()).toEqual([])
  })
})
