import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importBench, REPLACE, UPSERT } from '../../test/fixtures/import-bench.ts'
import { knowledgeBench } from '../../test/fixtures/knowledge-bench.ts'
import type { ImportFile } from './imports.port.ts'

const { signal } = new AbortController()
const row = (id: string, text = `Text of ${id}.`) => ({ id, kind: 'faq', title: `Question ${id}?`, text })
const file = (...rows: (object | string)[]) =>
  rows.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')
const DEEP = `${'>'.repeat(900)} x`

let bench: Awaited<ReturnType<typeof knowledgeBench>>
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

async function sent(content: string | Uint8Array, format: ImportFile['format'], request = UPSERT) {
  const shop = await importBench(bench)
  const id = await shop.upload(content, request, { format })
  await shop.imports.run(shop.shop, id, signal)
  return { ...shop, id, state: await shop.report(id), back: await shop.rejected(id) }
}

describe('rejected rows', () => {
  test('of a thousand, seven bad, come back as they were sent and can be sent again corrected', async () => {
    const rows: (object | string)[] = Array.from({ length: 1_000 }, (_, at) => row(`d${at}`))
    const bad = [
      '{"id":"d10"',
      JSON.stringify({ ...row('d20'), kind: 'song' }),
      JSON.stringify({ ...row('d30'), colour: 'red' }),
      JSON.stringify({ ...row('d40'), title: '' }),
      JSON.stringify({ kind: 'faq', title: 'No id?', text: 'x' }),
      JSON.stringify({ ...row('d60'), url: 'javascript:alert(1)' }),
      JSON.stringify({ ...row('d70'), text: DEEP }),
    ]
    bad.forEach((line, at) => {
      rows[(at + 1) * 10] = line
    })
    const { state, back, send } = await sent(file(...rows), 'ndjson')
    expect(state).toMatchObject({ total: 1_000, created: 993, rejected: 7 })
    expect(back).toEqual({ mediaType: 'application/x-ndjson', text: `${bad.join('\n')}\n` })
    const corrected = back.text
      .replace('"d10"', `"d10","kind":"faq","title":"Q?","text":"A."}`)
      .replace('"song"', '"faq"')
      .replace('"colour":"red"', '"sku":"red"')
      .replace('"title":""', '"title":"Q?"')
      .replace('{"kind":"faq","title":"No id?"', '{"id":"d50","kind":"faq","title":"No id?"')
      .replace('javascript:alert(1)', 'https://shop.example')
      .replace('>'.repeat(900), '')
    expect(await send(corrected)).toMatchObject({ created: 7, rejected: 0 })
  })

  test('of a table come back under its header, with the columns as the file calls them', async () => {
    const table = 'Nr;Name;Text;Preis\na;"A;b";Text;12,90\nb;B;"Two\nlines";abc\nc;C;Text;1,5,0\nd;D\n'
    const mapping = JSON.stringify({
      columns: { Nr: 'id', Name: 'title', Text: 'text', Preis: 'price' },
      constants: { kind: 'product' },
      decimal: ',',
    })
    const { upload, imports, shop, report, rejected, documents } = await importBench(bench)
    const id = await upload(table, UPSERT, { format: 'csv', mapping, currency: 'EUR' })
    await imports.run(shop, id, signal)
    expect(await report(id)).toMatchObject({
      created: 1,
      rejected: 3,
      errors: [
        { line: 3, id: 'b', field: 'price', column: 'Preis', value: 'abc', hint: expect.stringContaining('12.99') },
        { line: 5, field: 'price', value: '1,5,0' },
        { line: 6, code: 'bad_csv', message: 'The row has 2 cells, the header 4.' },
      ],
    })
    expect(await documents()).toMatchObject([{ id: 'a', title: 'A;b', price: { amount: 1290, currency: 'EUR' } }])
    expect(await rejected(id)).toEqual({
      mediaType: 'text/csv',
      text: 'Nr;Name;Text;Preis\nb;B;"Two\nlines";abc\nc;C;Text;1,5,0\nd;D\n',
    })
  })

  test('of a table also come back when they are found wrong only on being stored', async () => {
    const { back, state } = await sent(`id,kind,title,text\na,faq,Q?,"${DEEP}"\nb,faq,Q?,A.\n`, 'csv')
    expect(state).toMatchObject({ created: 1, rejected: 1 })
    expect(back.text).toBe(`id,kind,title,text\na,faq,Q?,"${DEEP}"\n`)
  })

  test('say at most 200 characters of a value', async () => {
    const { state } = await sent(file({ ...row('a'), kind: 'x'.repeat(5_000) }), 'ndjson')
    expect((state.errors[0] as { value: string }).value).toHaveLength(200)
  })
})

describe('ids', () => {
  test('that differ from an earlier one in capitals alone are rejected, and nothing else is lost', async () => {
    const { state, live, back } = await sent(file(row('Tent-1'), row('tent-1'), row('b'), row('TENT-1')), 'ndjson')
    expect(state).toMatchObject({ created: 2, rejected: 2, read: 4, total: 4 })
    expect(state.errors).toMatchObject([
      {
        line: 2,
        id: 'tent-1',
        code: 'id_case',
        field: 'id',
        value: 'tent-1',
        message: 'Line 1 writes the id as Tent-1.',
      },
      { line: 4, id: 'TENT-1', code: 'id_case' },
    ])
    expect(await live()).toEqual(expect.arrayContaining(['Tent-1', 'b']))
    expect(back.text.split('\n').filter(Boolean)).toHaveLength(2)
  })

  test('that differ from the stored one in capitals alone are rejected, unless they replace it', async () => {
    const { send, live } = await importBench(bench)
    await send(file(row('Tent-1'), row('b'), row('c'), row('d')), REPLACE)
    expect(await send(file(row('tent-1', 'New.'), row('b')))).toMatchObject({
      rejected: 1,
      unchanged: 1,
      errors: [{ line: 1, code: 'id_case', message: 'The shop has this document as Tent-1.' }],
    })
    expect(await send(file(row('tent-1'), row('b'), row('c'), row('d')), REPLACE)).toMatchObject({
      rejected: 0,
      created: 1,
      retired: 1,
    })
    expect(await live()).toEqual(expect.arrayContaining(['tent-1', 'b', 'c', 'd']))
  })
})

describe('a replacing file with rows that cannot be read', () => {
  const all = Array.from({ length: 10 }, (_, at) => row(`d${at}`))
  const table = (rows: string[]) => ['id,kind,title,text', ...rows, ''].join('\n')
  const good = all.slice(1, 9).map(({ id }) => `${id},faq,Q?,A.`)

  test('keeps the documents they seem to be, and retires the others', async () => {
    for (const [content, format] of [
      [file('{"id":"d0", "kind":}', ...all.slice(1, 9)), 'ndjson'],
      [table([...good, 'd0,faq,Q?']), 'csv'],
      [table(['d0,faq,"Q" ?,x', ...good]), 'csv'],
    ] as const) {
      const { send, live } = await importBench(bench)
      await send(file(...all), REPLACE)
      expect(await send(content, REPLACE, { format })).toMatchObject({ rejected: 1, retired: 1, incomplete: false })
      expect(await live()).toEqual(expect.arrayContaining(['d0', 'd8']))
    }
  })

  test('keeps them also under a prefix, and with the longest ids there are', async () => {
    const prefixed = { format: 'ndjson', mapping: JSON.stringify({ idPrefix: 'p/' }) } as const
    const long = 'x'.repeat(298)
    const { send, live } = await importBench(bench)
    await send(file(row(long), ...all), REPLACE, prefixed)
    const broken = ['{"id":"d0", "kind":}', { ...row('d1'), kind: 'song' }, { ...row(long), kind: 'song' }]
    expect(await send(file(...broken, ...all.slice(2, 9)), REPLACE, prefixed)).toMatchObject({
      rejected: 3,
      retired: 1,
    })
    expect(await live()).toEqual(expect.arrayContaining(['p/d0', 'p/d1', `p/${long}`, 'p/d8']))
  })

  test('retires nothing when nobody can tell what they are', async () => {
    for (const broken of [
      'garbage',
      '{"attributes": {"id": "d7"}, "id": "d0", }',
      JSON.stringify(row(' ')),
      `{"id":"d0","text":"${'x'.repeat(4_200_000)}`,
      '{"kind":"faq","title":"Q?","text":"A."}',
    ]) {
      const { send, live } = await importBench(bench)
      await send(file(...all), REPLACE)
      const report = await send(file(broken, ...all.slice(2)), REPLACE)
      expect(report).toMatchObject({ rejected: 1, retired: 0, incomplete: true })
      expect(report.errors[0]).toMatchObject({
        line: 0,
        code: 'nothing_retired',
        message: expect.stringContaining('the 2 documents'),
      })
      expect(await live()).toHaveLength(10)
    }
  })
})

describe('a file that ends too early', () => {
  test('retires nothing when it should replace, and says so', async () => {
    const { send, live } = await importBench(bench)
    const all = Array.from({ length: 10 }, (_, at) => row(`d${at}`))
    await send(file(...all), REPLACE)
    expect(await send(`${file(...all.slice(0, 8))}\n{"id":"d8","ki`, REPLACE)).toMatchObject({
      status: 'done',
      incomplete: true,
      unchanged: 8,
      retired: 0,
      rejected: 1,
      errors: [
        { line: 0, code: 'nothing_retired' },
        { line: 9, code: 'cut_off_row' },
      ],
    })
    expect(await live()).toHaveLength(10)
  })

  test('compressed gives what came before, and retires nothing either', async () => {
    const { send, live } = await importBench(bench)
    const all = Array.from({ length: 400 }, (_, at) => row(`d${at}`, `Text ${at} ${Math.sin(at)}.`))
    await send(file(...all), REPLACE)
    const whole = gzipSync(file(...all.map((one) => ({ ...one, title: 'New?' }))))
    const cut = await send(whole.subarray(0, whole.length - 3_000), REPLACE)
    expect(cut).toMatchObject({ status: 'done', incomplete: true, retired: 0 })
    expect(cut.updated).toBeGreaterThan(50)
    expect(await live()).toHaveLength(400)
  })
})

test.each([
  ['nothing', '', 'ndjson'],
  ['its header alone', 'id,kind,title,text\n', 'csv'],
] as const)('a file of %s says that it has no rows', async (_what, content, format) => {
  const { state } = await sent(content, format)
  expect(state).toMatchObject({ status: 'done', total: 0, errors: [{ line: 0, code: 'empty_file' }] })
})

test.each(['csv', 'ndjson', 'markdown'] as const)(
  '%s in another encoding is rejected, and says where',
  async (format) => {
    const text = { csv: 'id,kind,title,text\na,faq,Q?,Größe', ndjson: '{"id":"a","text":"Größe"}', markdown: '# Größe' }
    const { state } = await sent(Buffer.from(text[format], 'latin1'), format)
    expect(state).toMatchObject({
      rejected: 1,
      errors: [{ code: 'bad_encoding', message: expect.stringContaining('Größe') }],
    })
  },
)

test('a compressed file is expanded, whatever it is called', async () => {
  const { state } = await sent(gzipSync('id,kind,title,text\na,faq,Q?,A.\n'), 'csv')
  expect(state).toMatchObject({ created: 1, incomplete: false })
})

test('a file that is refused as a whole leaves nothing but its import, failed with the reason', async () => {
  const { upload, shop, live } = await importBench(bench)
  const broken = gzipSync(file(row('a'), row('b')))
  broken[broken.length - 6] = (broken.at(-6) ?? 0) ^ 0xff
  await expect(upload(broken)).rejects.toMatchObject({ code: 'ingest.import.gzip_broken', status: 422 })
  await expect(upload(Buffer.from('\ufeffid,kind\na,b', 'utf16le'))).rejects.toMatchObject({
    code: 'ingest.import.encoding',
  })
  expect(await live()).toEqual([])
  expect(await bench.asOwner(`select problem_code from imports where shop = '${shop}' order by 1`)).toEqual([
    { problem_code: 'ingest.import.encoding' },
    { problem_code: 'ingest.import.gzip_broken' },
  ])
})

test('the pace and what is left are told while it runs', async () => {
  const { upload, imports, shop } = await importBench(bench, (store) => ({
    ...store,
    next: async (...args) => {
      const next = await store.next(...args)
      return next && next.cursor > 6 ? { ...next, state: { ...next.state, status: 'cancelled' } } : next
    },
  }))
  const id = await upload(file(...Array.from({ length: 12 }, (_, at) => row(`d${at}`))))
  expect(await imports.get(shop, id, signal)).toMatchObject({ total: 12, read: 0, rowsPerSecond: null })
  await imports.run(shop, id, signal)
  const state = await imports.get(shop, id, signal)
  expect(state).toMatchObject({ status: 'running', read: 9, rowsPerSecond: expect.any(Number) })
  // Both are rounded.
  expect(Math.abs((state?.remainingSeconds ?? 0) - 3 / (state?.rowsPerSecond ?? 0))).toBeLessThanOrEqual(1.1)
})
