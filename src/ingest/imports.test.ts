import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportStore } from '#db/knowledge/imports.port.ts'
import { documentId, type ShopId } from '#domain/ids.ts'
import { importBench, REPLACE, UPSERT } from '../../test/fixtures/import-bench.ts'
import { knowledgeBench } from '../../test/fixtures/knowledge-bench.ts'

type Bench = Awaited<ReturnType<typeof knowledgeBench>>
const { signal } = new AbortController()
const row = (id: string, text = `Text of ${id}.`) => ({ id, kind: 'faq', title: `Question ${id}?`, text })
const file = (...rows: (object | string)[]) =>
  rows.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')

let bench: Bench
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())
const open = (wrap?: (store: ImportStore) => ImportStore, known?: ShopId) => importBench(bench, wrap, known)

describe('an import', () => {
  test('stores good rows and reports bad ones by line, field and value', async () => {
    const { send, live } = await open()
    const report = await send(
      file(row('a'), 'no json', { ...row('b'), kind: 'song', colour: 'red' }, row('c'), {
        ...row('d'),
        text: `${'>'.repeat(900)} x`,
      }),
    )
    expect(report).toMatchObject({
      status: 'done',
      total: 5,
      read: 5,
      created: 2,
      updated: 0,
      unchanged: 0,
      rejected: 3,
      duplicates: 0,
    })
    const hint = expect.any(String)
    const message = expect.any(String)
    expect(report.errors).toEqual([
      { line: 2, id: null, code: 'bad_json', message, hint },
      {
        line: 3,
        id: 'b',
        code: 'bad_field',
        field: 'kind',
        value: 'song',
        message,
        hint: expect.stringContaining('faq'),
      },
      {
        line: 3,
        id: 'b',
        code: 'unknown_field',
        field: 'colour',
        value: 'red',
        message: 'colour: Unknown field',
        hint,
      },
      { line: 5, id: 'd', code: 'too_deep', field: 'text', message, hint },
    ])
    expect(await live()).toEqual(['a', 'c'])
  })

  test('of the same file again changes nothing at all', async () => {
    const { send, epoch, content } = await open()
    const text = file(...Array.from({ length: 20 }, (_, at) => row(`d${at}`)))
    expect(await send(text)).toMatchObject({ created: 20 })
    const before = [await epoch(), await content()]
    expect(await send(text)).toMatchObject({ status: 'done', read: 20, created: 0, updated: 0, unchanged: 20 })
    expect([await epoch(), await content()]).toEqual(before)
  })

  test('takes the last of rows with one id and notes the others', async () => {
    const { send, content } = await open()
    const text = file(
      row('a', 'Old.'),
      row('b'),
      row('a', 'Older.'),
      { ...row('a'), kind: 'song' },
      row('a', 'New.'),
      row('c'),
    )
    const report = await send(text)
    expect(report).toMatchObject({ read: 6, created: 3, duplicates: 2, rejected: 1 })
    expect(report.errors).toMatchObject([
      { line: 1, id: 'a', code: 'duplicate_id', message: expect.stringContaining('Line 5') },
      { line: 3, code: 'duplicate_id' },
      { line: 4, code: 'bad_field' },
    ])
    expect((await content()).find((one) => one.startsWith('a |'))).toContain('New.')
    expect(await send(text)).toMatchObject({ unchanged: 3, updated: 0, created: 0 })
  })

  test('reads CSV alike', async () => {
    const { send, live } = await open()
    expect(
      await send('id,kind,title,text\na,faq,Q?,A.\nb,song,Q?,A.\nc,faq,Q?,"A\nB"\n', UPSERT, { format: 'csv' }),
    ).toMatchObject({ status: 'done', created: 2, rejected: 1, errors: [{ line: 3 }] })
    expect(await live()).toEqual(['a', 'c'])
  })

  test('as a dry run gives the same report and writes no content', async () => {
    const { send, epoch, live } = await open()
    await send(file(row('a'), row('b')), REPLACE)
    const before = await epoch()
    const text = file(row('a', 'Changed.'), row('b'), row('c'), 'bad')
    const { dryRun: _dry, answersAffected, ...dry } = await send(text, { ...UPSERT, dryRun: true })
    expect(await epoch()).toBe(before)
    expect(await live()).toEqual(['a', 'b'])
    const { dryRun: _wet, answersAffected: _none, ...wet } = await send(text)
    expect(answersAffected).toBe(0)
    expect(dry).toEqual(wet)
  })

  test('can be cancelled: what is stored stays, nothing follows', async () => {
    const { shop, imports, upload, live, report } = await open()
    const id = await upload(file(row('a'), row('b')))
    expect(await imports.cancel(shop, id, signal)).toBe('cancelled')
    expect(await imports.cancel(shop, id, signal)).toBe('ended_already')
    expect(await imports.cancel(shop, 'imp_unknown', signal)).toBe('unknown')
    await imports.run(shop, id, signal)
    expect([await live(), (await report(id)).status]).toEqual([[], 'cancelled'])
  })

  test('whose upload breaks off is failed and stores nothing', async () => {
    const { shop, imports, live } = await open()
    async function* broken() {
      yield Buffer.from(`${file(row('a'), row('b'))}\n`)
      throw new Error('the client went away')
    }
    await expect(imports.start(shop, UPSERT, { format: 'ndjson' }, broken(), signal)).rejects.toThrow(
      'the client went away',
    )
    const [stopped] = await bench.asOwner(`select id, status, problem_code from imports where shop = '${shop}'`)
    expect(stopped).toMatchObject({ status: 'failed', problem_code: 'upload_interrupted' })
    await imports.run(shop, stopped.id, signal)
    expect(await live()).toEqual([])
  })
})

describe('a replacing import', () => {
  const many = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => row(`d${from + at}`))

  test('retires what its source no longer has, and no other source', async () => {
    const { send, live } = await open()
    await send(file(row('other')), { ...REPLACE, source: 'other' })
    await send(file(...many(0, 10)), REPLACE)
    expect(await send(file(...many(1, 10)), REPLACE)).toMatchObject({ status: 'done', retired: 1, unchanged: 9 })
    expect(await live()).not.toContain('d0')
    expect(await live()).toContain('other')
  })

  test('refuses to retire over 30 % unless it may, also as a dry run, and changes nothing then', async () => {
    const { send, live, epoch } = await open()
    await send(file(...many(0, 10)), REPLACE)
    const before = await epoch()
    for (const dryRun of [true, false])
      expect(await send(file(row('new'), ...many(4, 10)), { ...REPLACE, dryRun })).toMatchObject({
        status: 'failed',
        created: 0,
        problem: { code: 'mass_retirement' },
        errors: [{ line: 0, code: 'mass_retirement' }],
      })
    expect([await epoch(), (await live()).length]).toEqual([before, 10])
    expect(await send(file(...many(3, 10)), REPLACE)).toMatchObject({ status: 'done', retired: 3 })
    expect(await send(file(row('new')), { ...REPLACE, allowRetire: true })).toMatchObject({
      status: 'done',
      retired: 7,
      created: 1,
    })
    expect(await live()).toEqual(['new'])
  })

  test('keeps documents whose row it could not read', async () => {
    const { send, live } = await open()
    await send(file(...many(0, 4)), REPLACE)
    expect(await send(file(...many(1, 4), { ...row('d0'), colour: 'red' }), REPLACE)).toMatchObject({
      status: 'done',
      rejected: 1,
      retired: 0,
    })
    expect(await live()).toHaveLength(4)
  })
})

describe('an interrupted import', () => {
  test('gives the same content and the same report as an undisturbed one, wherever it was interrupted', async () => {
    const rows = [
      ...Array.from({ length: 16 }, (_, at) => row(`d${at}`)),
      row('d3', 'Newer.'),
      'bad',
      { ...row('x'), colour: 'red' },
      { ...row('deep'), text: '> '.repeat(90) },
    ]
    const text = file(row('old'), ...rows)
    const undisturbed = await open()
    await undisturbed.send(file(row('old'), row('older'), row('d1'), row('d2', 'Was.'), row('d4')), REPLACE)
    const expected = [await undisturbed.send(text, REPLACE), await undisturbed.content()]
    // 'commit' dies before the transaction, 'after' once it is in.
    const step = fc.constantFrom('next', 'commit', 'after', 'finish')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(5)), { minLength: 1, maxLength: 4 }), async (crashes) => {
        let left = [...crashes]
        const dies = (at: string) => {
          const [next] = left
          if (next?.[0] !== at || next[1]-- > 0) return false
          left = left.slice(1)
          return true
        }
        const disturbed = await open((store) => ({
          ...store,
          next: (...args) => (dies('next') ? Promise.reject(new Error('crash')) : store.next(...args)),
          commit: async (...args) => {
            if (dies('commit')) throw new Error('crash')
            const outcome = await store.commit(...args)
            if (dies('after')) throw new Error('crash')
            return outcome
          },
          finish: (...args) => (dies('finish') ? Promise.reject(new Error('crash')) : store.finish(...args)),
        }))
        const sound = await open(undefined, disturbed.shop)
        await sound.send(file(row('old'), row('older'), row('d1'), row('d2', 'Was.'), row('d4')), REPLACE)
        const id = await disturbed.upload(text, REPLACE)
        for (let tries = 0; tries < 10; tries++) await disturbed.imports.run(disturbed.shop, id, signal).catch(() => {})
        expect([await sound.report(id), await sound.content()]).toEqual(expected)
      }),
      { numRuns: 15 },
    )
  })

  test('is run once by two processes at a time', async () => {
    const { shop, imports, upload, report, epoch } = await open()
    const id = await upload(file(...Array.from({ length: 12 }, (_, at) => row(`d${at}`))))
    await Promise.all([imports.run(shop, id, signal), imports.run(shop, id, signal), imports.run(shop, id, signal)])
    await imports.run(shop, id, signal)
    expect(await report(id)).toMatchObject({ status: 'done', created: 12, updated: 0 })
    expect(await epoch()).toBe(4)
  })
})

const SHARED = resolve(import.meta.dirname, '../../../shared/data')
test.for(['retail', 'contoso', 'tau2', 'squad2'])('%s-documents.jsonl is imported as it is', async (name, { skip }) => {
  skip(!existsSync(SHARED), 'the shared data is not beside this checkout')
  const { send, live, shop } = await open()
  const text = readFileSync(join(SHARED, `${name}-documents.jsonl`), 'utf8')
  const rows = text.split('\n').filter(Boolean)
  expect(await send(text, REPLACE)).toMatchObject({
    status: 'done',
    read: rows.length,
    created: rows.length,
    rejected: 0,
    errors: [],
  })
  expect(await live()).toHaveLength(rows.length)
  const first = JSON.parse(rows[0] ?? '')
  expect((await bench.documents.get(shop, documentId(first.id), signal))?.document).toEqual(first)
})
