import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FindingStore } from '#db/findings/findings.port.ts'
import { postgresFindings } from '#db/findings/findings.postgres.ts'
import type { ShopDocument } from '#domain/document.ts'
import { documentId, shopId } from '#domain/ids.ts'
import { movableClock } from '../../../test/fakes/movable-clock.ts'
import { importBench } from '../../../test/fixtures/import-bench.ts'
import { knowledgeBench } from '../../../test/fixtures/knowledge-bench.ts'
import { contentFindings } from '../findings/content-findings.ts'
import { prepareDocument } from '../prepare-document.ts'

const { signal } = new AbortController()
const SLOGAN = 'Thank you for choosing our lovely little shop.'
const RULE = 'You can return it within 30 days of delivery.'
let bench: Awaited<ReturnType<typeof knowledgeBench>>
let shops = 0
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

async function open(wrap: (store: FindingStore) => FindingStore = (store) => store) {
  const shop = shopId(`shop-${++shops}`)
  await bench.database.insertInto('shops').values({ id: shop, name: shop }).execute()
  const findings = contentFindings(wrap(postgresFindings(bench.database)), movableClock())
  return {
    put: (documents: object[], source = 'feed') =>
      bench.documents.putAll(
        shop,
        source,
        documents.map((one) => prepareDocument(one as ShopDocument)),
        signal,
      ),
    retire: (id: string) => bench.documents.retire(shop, [documentId(id)], signal),
    pass: () => findings.pass(shop, signal),
    due: () => findings.due(shop, signal),
    findings: async () => (await findings.list(shop, { cursor: null, limit: 50, kind: 'boilerplate' }, signal)).items,
    /** Text of each passage by its document. */
    async passages() {
      const { upserted } = await bench.feed.since(shop, -1, null, signal)
      return Object.fromEntries(
        upserted.map(({ documentId, text, documentVersion }) => [documentId, `${documentVersion}: ${text}`]).sort(),
      )
    },
    text: async (id: string) => (await bench.documents.get(shop, documentId(id), signal))?.document.text,
  }
}

const product = (id: string, about: string, text = `${about} ${SLOGAN} ${RULE}`) => ({
  ...{ id, kind: 'product', title: `Thing ${id}`, category: 'Things', text },
})
const ABOUT = 'A thing whose handle was carved by the sea with knife'
const ten = (text?: string) => Array.from({ length: 10 }, (_, at) => product(`p${at}`, `${ABOUT} v${at}.`, text))

describe('a sentence that most pages of a source repeat', () => {
  test('stays in one document’s passages alone, and every document keeps its text', async () => {
    const shop = await open()
    await shop.put(ten())
    await shop.pass()
    const passages = await shop.passages()
    expect(passages.p0).toBe(`1: ${ABOUT} v0. ${SLOGAN} ${RULE}`)
    expect(passages.p7).toBe(`1: ${ABOUT} v7. ${RULE}`)
    expect(await shop.text('p7')).toBe(`${ABOUT} v7. ${SLOGAN} ${RULE}`)
    const why = (await shop.findings()).map((one) => one.why)
    expect(why).toEqual([expect.stringContaining('“Thing p0” alone'), expect.stringContaining('kept wherever')].sort())
    // The other way round finds nothing more to do.
    expect(await shop.pass()).toEqual({ looked: 0 })
    expect(await shop.due()).toBeNull()
    expect(await shop.passages()).toEqual(passages)
  })

  test('is known of pages that come later, and handed on when the page that kept it goes', async () => {
    const shop = await open()
    await shop.put(ten())
    await shop.pass()
    await shop.put([product('p9', 'Another text altogether.'), product('q', 'A new thing from the hills.')])
    await shop.pass()
    expect(await shop.passages()).toMatchObject({
      p9: `2: Another text altogether. ${RULE}`,
      q: `1: A new thing from the hills. ${RULE}`,
    })
    await shop.retire('p0')
    await shop.pass()
    expect((await shop.passages()).p1).toBe(`1: ${ABOUT} v1. ${SLOGAN} ${RULE}`)
    expect((await shop.passages()).p2).toBe(`1: ${ABOUT} v2. ${RULE}`)
  })

  test('comes back where it stands on fewer pages again', async () => {
    const shop = await open()
    await shop.put(ten())
    await shop.pass()
    await shop.put(ten(`${ABOUT}.`).slice(0, 6))
    await shop.pass()
    expect((await shop.passages()).p7).toBe(`1: ${ABOUT} v7. ${SLOGAN} ${RULE}`)
  })

  test('is left alone in answers to questions, in a page with nothing else, and in other sources', async () => {
    const shop = await open()
    await shop.put([...ten(), product('only', '', SLOGAN)])
    await shop.put([product('elsewhere', 'A thing.')], 'other')
    const faq = (at: number) => ({ id: `faq${at}`, kind: 'faq', title: `Question ${at}?`, text: SLOGAN })
    await shop.put(Array.from({ length: 12 }, (_, at) => faq(at)))
    await shop.pass()
    expect(await shop.passages()).toMatchObject({
      only: `1: ${SLOGAN}`,
      elsewhere: `1: A thing. ${SLOGAN} ${RULE}`,
      faq5: `1: ${SLOGAN}`,
    })
  })

  test('is left out of lists and of headed pages, and takes nothing else along', async () => {
    const shop = await open()
    const page = (at: number) => ({
      id: `page${at}`,
      kind: 'article',
      title: `Page ${at}`,
      text: `# Page ${at}\n\n## About\n\nWe wrote this about subject ${at}.\n\n- Item ${at} is here\n- ${SLOGAN}\n\n## Bye\n\n${SLOGAN}`,
    })
    await shop.put(Array.from({ length: 10 }, (_, at) => page(at)))
    await shop.pass()
    expect((await shop.passages()).page4).toBe('1: We wrote this about subject 4.\n\n- Item 4 is here')
  })

  test('is left out just the same by a pass that died after any step', async () => {
    const calm = await open()
    await calm.put(ten())
    await calm.pass()
    const expected = await calm.passages()
    let steps = Number.POSITIVE_INFINITY
    const mortal = await open((store) => ({
      ...store,
      batch: (shop, rules, signal, work) => {
        if (steps-- <= 0) throw new Error('died')
        return store.batch(shop, rules, signal, work)
      },
    }))
    await mortal.put(ten())
    for (const some of [0, 1, 1, 0]) {
      steps = some
      await expect(mortal.pass()).rejects.toThrow('died')
    }
    steps = Number.POSITIVE_INFINITY
    await mortal.pass()
    expect(await mortal.passages()).toEqual(expected)
  })
})

test('a first import is cut rightly at once, and a look at it later changes nothing', async () => {
  const imports = await importBench(bench, undefined, bench.other)
  const findings = contentFindings(postgresFindings(bench.database), movableClock())
  const file = ten().map((one) => `${JSON.stringify(one)}\n`)
  await imports.send(file.join(''))
  const passages = async () => {
    const { upserted, epoch } = await bench.feed.since(imports.shop, -1, null, signal)
    return { epoch, texts: upserted.map(({ documentId, text }) => [documentId, text]).sort() }
  }
  const before = await passages()
  expect(before.texts.at(-1)).toEqual(['p9', `${ABOUT} v9. ${RULE}`])
  await findings.pass(imports.shop, signal)
  expect(await passages()).toEqual(before)
})

test('a look waits until an import is done, a quarter of an hour at the most once the content has been looked at', async () => {
  const imports = await importBench(bench, undefined, bench.shop)
  const clock = movableClock()
  const findings = contentFindings(postgresFindings(bench.database), clock)
  const due = async () => (await findings.due(bench.shop, signal)) !== null
  const id = await imports.upload(JSON.stringify(product('a', 'A thing.')))
  expect(await due()).toBe(false)
  await imports.imports.run(bench.shop, id, signal)
  expect(await due()).toBe(true)
  await findings.pass(bench.shop, signal)
  expect(await due()).toBe(false)
  await imports.upload(JSON.stringify(product('b', 'Another thing.')))
  await bench.documents.retire(bench.shop, [documentId('a')], signal)
  expect(await due()).toBe(false)
  clock.move(15 * 60_000)
  expect(await due()).toBe(true)
})
