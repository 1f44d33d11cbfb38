import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportId, ShopId } from '#domain/ids.ts'
import { importBench, REPLACE, UPSERT } from '../../test/fixtures/import-bench.ts'
import { knowledgeBench } from '../../test/fixtures/knowledge-bench.ts'
import type { Imports } from './imports.port.ts'

const { signal } = new AbortController()
const file = (text: string, ...ids: string[]) =>
  ids.map((id) => JSON.stringify({ id, kind: 'faq', title: `Question ${id}?`, text: `${text} ${id}.` })).join('\n')

let bench: Awaited<ReturnType<typeof knowledgeBench>>
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

const waking = (shop: ShopId) => bench.asOwner(`select id, payload from outbox where shop = '${shop}' order by id`)
const twice = (imports: Imports, shop: ShopId, ids: ImportId[]) =>
  Promise.all([...ids, ...ids].map((id) => imports.run(shop, id, signal)))

describe('imports to one source at once', () => {
  const first = file('Old', 'a', 'b', 'c', 'd', 'e', 'only-first')
  const second = file('New', 'a', 'b', 'c', 'd', 'e', 'only-second')

  test('leave what the file says that was begun later, and nothing of the other', async () => {
    const { shop, imports, upload, report, content, live } = await importBench(bench)
    const ids = [await upload(first, REPLACE), await upload(second, REPLACE)]
    await twice(imports, shop, ids.toReversed())
    await twice(imports, shop, ids)
    for (const id of ids) expect(await report(id)).toMatchObject({ status: 'done', waitsFor: null })
    expect(await live()).toEqual(['a', 'b', 'c', 'd', 'e', 'only-second'])
    expect((await content()).filter((one) => one.includes('Old'))).toEqual([])
  })

  test('wait in turn, say for which one, and are woken when it has ended, however it ends', async () => {
    const { shop, imports, upload, report, live } = await importBench(bench)
    const [one = 'imp_', two = 'imp_', dry = 'imp_'] = [
      await upload(first, REPLACE),
      await upload(second, REPLACE),
      await upload(second, { ...REPLACE, dryRun: true }),
    ]
    await imports.run(shop, two, signal)
    expect(await report(two)).toMatchObject({ status: 'running', read: 0, waitsFor: one })
    expect(await live()).toEqual([])
    const before = new Set((await waking(shop)).map(({ id }) => id))
    expect(await imports.cancel(shop, one, signal)).toBe('cancelled')
    const woken = (await waking(shop)).filter(({ id }) => !before.has(id))
    expect(woken.map(({ payload }) => JSON.parse(payload).import).sort()).toEqual([two, dry].sort())
    await imports.run(shop, two, signal)
    expect(await report(two)).toMatchObject({ status: 'done', created: 6 })
    await imports.run(shop, dry, signal)
    expect(await report(dry)).toMatchObject({ status: 'done', unchanged: 6 })
  })

  test('that has begun is not overtaken by one whose upload began before it and ended after', async () => {
    const [begun, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    async function* slow() {
      begun.resolve()
      yield Buffer.from(`${first}\n`)
      await mayEnd.promise
    }
    let early: Promise<ImportId> | null = null
    const { shop, imports, upload, live } = await importBench(bench, (store) => ({
      ...store,
      // The earlier one has arrived when the later one has stored its first batch.
      commit: async (...args) => {
        const outcome = await store.commit(...args)
        mayEnd.resolve()
        await early
        return outcome
      },
    }))
    early = imports.start(shop, REPLACE, { format: 'ndjson' }, slow(), signal)
    await begun.promise
    const late = await upload(second, REPLACE)
    await imports.run(shop, late, signal)
    expect(await live()).toEqual(['a', 'b', 'c', 'd', 'e', 'only-second'])
    await imports.run(shop, await early, signal)
    expect(await live()).toEqual(['a', 'b', 'c', 'd', 'e', 'only-first'])
  })

  test('of different sources run side by side, and a dry run keeps nobody waiting', async () => {
    const { shop, imports, upload, report } = await importBench(bench)
    await upload(first, { ...UPSERT, dryRun: true })
    await upload(first, { ...UPSERT, source: 'another' })
    const id = await upload(second)
    await imports.run(shop, id, signal)
    expect(await report(id)).toMatchObject({ status: 'done' })
  })
})

test('imports are listed newest first, in pages, of a source or of all', async () => {
  const { shop, imports, upload } = await importBench(bench)
  const ids: string[] = []
  for (const source of ['a', 'b', 'a', 'a']) ids.unshift(await upload(file('Text', 'x'), { ...UPSERT, source }))
  const list = async (cursor: string | null, source?: string) => {
    const { items, nextCursor } = await imports.list(shop, { cursor, limit: 2, ...(source ? { source } : {}) }, signal)
    return [items.map(({ id }) => id), nextCursor]
  }
  expect(await list(null)).toEqual([[ids[0], ids[1]], ids[1]])
  expect(await list(ids[1] ?? '')).toEqual([[ids[2], ids[3]], null])
  expect(await list(null, 'a')).toEqual([[ids[0], ids[1]], ids[1]])
  expect(await list(ids[1] ?? '', 'a')).toEqual([[ids[3]], null])
  expect(await list('imp_unknown')).toEqual([[], null])
})

test('long rows are worked on a few at a time, however many rows a batch may have', async () => {
  const taken: number[] = []
  const { send } = await importBench(bench, (store) => ({
    ...store,
    next: async (...args) => {
      const next = await store.next(...args)
      taken.push(next?.rows.length ?? 0)
      return next
    },
  }))
  const long = (id: string) => ({ id, kind: 'faq', title: 'Q?', text: `${id} ${'x'.repeat(3_000_000)}` })
  const rows = ['a', 'b', 'c', 'd'].map((id) => JSON.stringify(long(id)))
  expect(await send(rows.join('\n'))).toMatchObject({ status: 'done', read: 4 })
  expect(taken).toEqual([2, 2, 0])
})
