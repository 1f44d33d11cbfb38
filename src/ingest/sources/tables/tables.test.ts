import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Reading, readReading } from '../reading.ts'
import type { SourceRow } from '../source-row.ts'
import { openUpload } from '../upload/open-upload.ts'
import { type CsvRecord, csvRecords } from './csv-records.ts'
import { PLAIN } from './fields.ts'
import { priceOf } from './price.ts'

const { signal } = new AbortController()
async function* pieces(content: string | Uint8Array, cuts: number[] = []): AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(content)
  const at = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((left, right) => left - right), whole.length]
  for (const [index, end] of at.slice(1).entries()) yield whole.subarray(at[index], end)
}
async function records(content: string, delimiter = ',', cuts: number[] = []): Promise<CsvRecord[]> {
  const all: CsvRecord[] = []
  for await (const some of csvRecords(pieces(content, cuts), delimiter, signal)) all.push(...some)
  return all
}
async function rows(content: string | Uint8Array, reading: Reading = PLAIN): Promise<SourceRow[]> {
  const all: SourceRow[] = []
  for await (const some of openUpload('csv', reading, pieces(content), signal).rows) all.push(...some)
  return all
}
const shown = (all: SourceRow[]) =>
  all.map((row) => [row.line, 'problem' in row ? row.problem.code : 'note' in row ? row.note.code : row.value])
const mapping = (given: object) => readReading({ mapping: JSON.stringify(given) })

describe('CSV', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ü', ',', '"', '\n', ' ', '1'), maxLength: 6 })
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 })

  test('gives the cells that were written, wherever the stream is cut and whatever lines end with', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(), { maxLength: 5 }),
        async (written, ending, cuts) => {
          const text = written
            .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
            .join(ending)
            .replaceAll('\n', ending)
          const found = await records(text, ',', cuts)
          expect(found.map((one) => ('cells' in one ? one.cells : one.bad))).toEqual(written)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('never throws and loses no line, whatever it is sent', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\t', 'é'), maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(',', '\t'), async (content, delimiter) => {
        const found = await records(content, delimiter)
        const raw = found.map((one) => Buffer.from(('cells' in one ? one.raw : one.bad.raw) ?? []).toString('utf8'))
        const lines = (given: string) => given.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
        expect(raw.flatMap(lines)).toEqual(lines(content))
      }),
      { numRuns: 500 },
    )
  })

  test('goes on with the next line after a quotation mark in the middle of a cell', async () => {
    expect(shown(await rows('id,title\na,"b" c\nd,"e"\n'))).toEqual([
      [2, 'bad_csv'],
      [3, { id: 'd', title: 'e', text: '' }],
    ])
  })

  test('keeps 20 MB behind a quotation mark that never closes, in bounded memory', async () => {
    async function* body() {
      yield Buffer.from('id,title\nbad,"x\n')
      for (let at = 0; at < 200; at++) yield Buffer.from(`a${at},${'t'.repeat(1_000)}\n`.repeat(100))
    }
    const before = process.memoryUsage().rss
    let good = 0
    const bad: number[] = []
    for await (const some of openUpload('csv', PLAIN, body(), signal).rows)
      for (const row of some) 'value' in row ? good++ : bad.push(row.line)
    expect([good, bad]).toEqual([20_000, [2]])
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })

  test('sets aside a row of 200 MB, quoted or not, without keeping it', async () => {
    const part = Buffer.alloc(1024 * 1024, 'x')
    for (const quote of ['', '"']) {
      async function* body() {
        yield Buffer.from(`id,title\na,b\nc,${quote}`)
        for (let at = 0; at < 200; at++) yield part
        yield Buffer.from(`${quote}\nd,e\n`)
      }
      const before = process.memoryUsage().rss
      const found: SourceRow[] = []
      for await (const some of openUpload('csv', PLAIN, body(), signal).rows) found.push(...some)
      expect(shown(found).map(([line, what]) => [line, typeof what])).toEqual([
        [2, 'object'],
        [3, 'string'],
        [4, 'object'],
      ])
      expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
    }
  })

  test('made to be read again and again is read in bounded time and memory', async () => {
    // Each of these lines opens a cell, and leaves one open that was.
    const hostile = await rows(`id,title\n${'x","\n'.repeat(150_000)}`)
    expect(hostile.filter((row) => 'problem' in row).length).toBeGreaterThan(5_000)
    async function* blank() {
      yield Buffer.from('id,title\na,"b')
      for (let at = 0; at < 100; at++) yield Buffer.alloc(64 * 1024, '\n')
      yield Buffer.from('c,d\n')
    }
    const before = process.memoryUsage().rss
    const found: SourceRow[] = []
    for await (const some of openUpload('csv', PLAIN, blank(), signal).rows) found.push(...some)
    expect(shown(found)).toEqual([
      [2, 'bad_csv'],
      [100 * 64 * 1024 + 2, { id: 'c', title: 'd', text: '' }],
    ])
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
  })

  test('that ends in the middle of a row is cut off there', async () => {
    for (const end of ['c,"d', 'c'])
      expect((await rows(`id,title\na,b\n${end}`)).at(-1)).toMatchObject({
        line: 3,
        cutOff: true,
        problem: { code: 'cut_off_row' },
      })
    expect(shown(await rows('id,title\na,b\nc,d'))).toHaveLength(2)
  })

  test('separated by tabs takes quotation marks for characters where they make no cell', async () => {
    expect(shown(await rows('id\ttitle\na\t"Best" tent\nb\t"24"" zip"\nc\t"open\nd\te\n'))).toEqual([
      [2, { id: 'a', title: '"Best" tent', text: '' }],
      [3, { id: 'b', title: '24" zip', text: '' }],
      [4, { id: 'c', title: '"open', text: '' }],
      [5, { id: 'd', title: 'e', text: '' }],
    ])
  })
})

describe('a mapping', () => {
  const given = { columns: { Nr: 'id', Name: 'title' }, constants: { kind: 'product' } }

  test('may take the other columns as attributes, or refuse them', async () => {
    const table = 'Nr;Name;Farbe\n1;Zelt;rot\n'
    expect(shown(await rows(table, mapping({ ...given, others: 'attributes' })))).toEqual([
      [2, { id: '1', title: 'Zelt', text: '', kind: 'product', attributes: { Farbe: 'rot' } }],
    ])
    expect(await rows(table, mapping({ ...given, others: 'refuse' }))).toMatchObject([
      { line: 1, cutOff: true, problem: { code: 'bad_header', message: expect.stringContaining('Farbe') } },
    ])
  })

  test('that names a column the file does not have is told so', async () => {
    expect(await rows('Nr;Titel\n1;Zelt\n', mapping(given))).toMatchObject([
      { problem: { code: 'bad_header', message: expect.stringContaining('Name') } },
    ])
  })

  test.each([
    ['no JSON', 'columns: x'],
    ['a field that is none', '{"columns": {"A": "colour"}}'],
    ['a word it does not know', '{"column": {}}'],
  ])('with %s is refused', (_what, text) => {
    expect(() => readReading({ mapping: text })).toThrow(expect.objectContaining({ code: 'ingest.mapping.invalid' }))
  })
})

test.each([
  ['12.99 EUR', undefined, '.', { amount: 1_299, currency: 'EUR' }],
  ['€1,299.50', undefined, '.', { amount: 129_950, currency: 'EUR' }],
  ['1.299,5', 'EUR', ',', { amount: 129_950, currency: 'EUR' }],
  ['$7', 'USD', '.', { amount: 700, currency: 'USD' }],
  ['1200', 'JPY', '.', { amount: 1_200, currency: 'JPY' }],
  ['12.9900', 'EUR', '.', { amount: 1_299, currency: 'EUR' }],
  ['12.999', 'EUR', '.', null],
  ['12.99', undefined, '.', null],
  ['-3', 'EUR', '.', null],
  ['on request', 'EUR', '.', null],
] as const)('the price %s (%s, %s) is %j', (text, currency, decimal, money) => {
  expect(priceOf(text, currency, decimal)).toEqual(money)
})

test('spaces around a cell are no part of it, but of a text', async () => {
  const found = await rows('id, kind ,title,text\n a , faq,Q? ,"  code"\n')
  expect(shown(found)).toEqual([[2, { id: 'a', kind: 'faq', title: 'Q?', text: '  code' }]])
})

describe('a Shopify export', () => {
  test('with a broken row sets its product aside whole, to be corrected and sent again whole', async () => {
    const header = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU\n'
    const tee = ['tee,Tee,Size,S,T-S', 'tee,,,M,T-M,EXTRA', 'tee,,,L,T-L,MORE', 'tee,,,XL,T-XL']
    const found = await rows(`${header}mug,Mug,,,M-1\n${tee.join('\n')}\ncap,Cap,,,C-1\n`)
    expect(found.map((row) => [row.line, 'problem' in row ? [row.problem.code, row.id] : 'value' in row])).toEqual([
      [2, true],
      [4, ['bad_csv', 'products/tee']],
      [5, ['bad_csv', 'products/tee']],
      [7, true],
    ])
    expect(found.map(({ raw }) => raw && Buffer.from(raw).toString())).toEqual([
      'mug,Mug,,,M-1',
      tee.join('\n'),
      undefined,
      'cap,Cap,,,C-1',
    ])
  })

  test('that ends in the middle does not store its last product without what is missing', async () => {
    const text = 'Handle,Title,Option1 Name,Option1 Value\nmug,Mug,,\ntee,Tee,Size,S\ntee,,,M\n'
    for (const content of [`${text}tee,,`, gzipSync(text + 'x'.repeat(9)).subarray(0, -12)]) {
      const found = await rows(content)
      expect(found.flatMap((row) => ('value' in row ? (row.value as { id: string }).id : []))).toEqual(['products/mug'])
      expect(found).toContainEqual(expect.objectContaining({ id: 'products/tee', cutOff: true }))
    }
  })

  const header = 'Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\n'
  const euro = readReading({ currency: 'EUR' })

  test('without a currency leaves prices out and says so once', async () => {
    const found = await rows(`${header}a,A,x,Title,Default Title,s,9.90,\nb,B,x,Title,Default Title,s,9.90,\n`)
    expect(shown(found).map(([, what]) => (typeof what === 'string' ? what : 'row'))).toEqual([
      'no_currency',
      'row',
      'row',
    ])
    expect(JSON.stringify(shown(found))).not.toContain('"amount"')
  })

  test('gives a price it cannot read to be rejected, and a row without a handle its own complaint', async () => {
    const found = await rows(`${header}a,A,x,Size,S,s,cheap,\na,,,,M,t,5.00,\n,B,x,,,,,\n`, euro)
    expect(found).toMatchObject([
      { line: 2, value: { id: 'products/a', price: 'cheap' } },
      { line: 4, problem: { code: 'missing_field' } },
    ])
    expect(Buffer.from(found[0]?.raw ?? []).toString()).toBe('a,A,x,Size,S,s,cheap,\na,,,,M,t,5.00,')
  })

  test('knows the columns of the newer export', async () => {
    const newer =
      'Title,URL handle,Description,Vendor,Status,SKU,Option1 name,Option1 value,Price,Inventory tracker,Inventory quantity,Continue selling when out of stock,Product image URL,Image alt text\n'
    const found = await rows(
      `${newer}Mug,mug,Plain & <cheap>,K,Active,M1,Title,Default Title,5,shopify,0,DENY,https://x.example/m.jpg,A mug\n`,
      euro,
    )
    expect(shown(found)).toMatchObject([
      [
        2,
        {
          id: 'products/mug',
          price: { amount: 500 },
          availability: 'out_of_stock',
          image: { alt: 'A mug' },
          sku: 'M1',
        },
      ],
    ])
  })

  test('takes what a shop added to its products as attributes', async () => {
    const found = await rows(
      'Handle,Title,Body (HTML),Material (product.metafields.custom.material)\na,A,x,Steel\n',
      euro,
    )
    expect(shown(found)).toMatchObject([[2, { attributes: { Material: 'Steel' } }]])
  })

  test('of endless rows with one handle is bounded', async () => {
    const line = `a,,,,v,s,1.00,https://shop.example/${'x'.repeat(900)}.jpg\n`
    const found = await rows(`${header}${line.repeat(8_000)}b,B,x,,,,,\n`, euro)
    expect(shown(found)).toMatchObject([
      [2, 'row_too_long'],
      [8_002, { id: 'products/b' }],
    ])
  })
})
