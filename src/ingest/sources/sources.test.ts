import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pageFolder } from './pages/page-folder.ts'
import type { SourceRow } from './source-row.ts'
import { PLAIN } from './tables/fields.ts'
import { openUpload } from './upload/open-upload.ts'

const { signal } = new AbortController()
const parts = (...given: (string | Uint8Array)[]) =>
  (async function* () {
    for (const part of given) yield typeof part === 'string' ? Buffer.from(part) : part
  })()

async function rows(format: 'ndjson' | 'csv' | 'markdown', body: AsyncIterable<Uint8Array>): Promise<SourceRow[]> {
  const all: SourceRow[] = []
  for await (const some of openUpload(format, PLAIN, body, signal).rows) all.push(...some)
  return all
}
async function pagesOf(path: string): Promise<unknown[]> {
  const pages: unknown[] = []
  for await (const { row } of pageFolder(path, undefined, signal)) pages.push(row)
  return pages
}
const shown = (all: SourceRow[]) =>
  all.map((row) => [row.line, 'problem' in row ? row.problem.code : 'note' in row ? row.note.code : row.value])

describe('newline-delimited JSON', () => {
  test('has a row a line, whatever the line ends with, and a byte order mark is not one of its characters', async () => {
    expect(shown(await rows('ndjson', parts('\ufeff{"a":1}\r\n\n{"a":2}\r{"a":3}\n{"a":"ü"}')))).toEqual([
      [1, { a: 1 }],
      [3, { a: 2 }],
      [4, { a: 3 }],
      [5, { a: 'ü' }],
    ])
  })

  test('goes on after a row that cannot be read', async () => {
    const bad = Buffer.from([0x7b, 0xff, 0x7d])
    expect(shown(await rows('ndjson', parts('{"a":1}\nnot json\n', bad, '\n{"a":2}\n{"a":')))).toEqual([
      [1, { a: 1 }],
      [2, 'bad_json'],
      [3, 'bad_encoding'],
      [4, { a: 2 }],
      [5, 'cut_off_row'],
    ])
  })

  test('sets a line of 200 MB aside without keeping it', async () => {
    const part = Buffer.alloc(1024 * 1024, 'x')
    async function* body() {
      yield Buffer.from('{"a":1}\n"')
      for (let at = 0; at < 200; at++) yield part
      yield Buffer.from('"\n{"a":2}\n')
    }
    const before = process.memoryUsage().rss
    expect(shown(await rows('ndjson', body()))).toEqual([
      [1, { a: 1 }],
      [2, 'row_too_long'],
      [3, { a: 2 }],
    ])
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  test('is the same rows wherever the stream is cut', async () => {
    const text = '{"id":"é1"}\r\n\r\n{"id":"😀"}\n{"id":"3"}\r{"bad"\n{"id":"5"}'
    const whole = shown(await rows('ndjson', parts(text)))
    const bytes = Buffer.from(text)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.sort((left, right) => left - right), bytes.length]
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end))
        expect(shown(await rows('ndjson', parts(...pieces)))).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })

  test('passes on why the stream broke', async () => {
    async function* broken() {
      yield Buffer.from('{"a":1}\n')
      throw new Error('the client went away')
    }
    await expect(rows('ndjson', broken())).rejects.toThrow('the client went away')
  })
})

describe('CSV', () => {
  const header =
    'id,kind,title,text,attributes.Weight,attributes.poles,scope.region,price.amount,price.currency,aliases\n'

  test('names fields in its header, also nested ones, with quoted line breaks and numbers as numbers', async () => {
    const file = `\ufeff${header}t,product,Tent,"Two\nlines, ""quoted""",12 lbs,3,DE,1299,EUR,shelter | tipi\nu,product,Umbrella,,,007,,,,\n`
    expect(shown(await rows('csv', parts(file)))).toEqual([
      [
        2,
        {
          id: 't',
          kind: 'product',
          title: 'Tent',
          text: 'Two\nlines, "quoted"',
          attributes: { Weight: '12 lbs', poles: 3 },
          scope: { region: 'DE' },
          price: { amount: 1299, currency: 'EUR' },
          aliases: ['shelter', 'tipi'],
        },
      ],
      [4, { id: 'u', kind: 'product', title: 'Umbrella', text: '', attributes: { poles: '007' } }],
    ])
  })

  test('reads an image from its columns, as text whatever it looks like', async () => {
    const file = 'id,image.url,image.alt\na,https://shop.example/a.png,1984\n'
    expect(shown(await rows('csv', parts(file)))).toEqual([
      [2, { id: 'a', text: '', image: { url: 'https://shop.example/a.png', alt: '1984' } }],
    ])
  })

  test.each([';', '\t'])('may be delimited by %j', async (delimiter) => {
    const file = `id${delimiter}title\r\na${delimiter}b, c\r\n`
    expect(shown(await rows('csv', parts(file)))).toEqual([[2, { id: 'a', title: 'b, c', text: '' }]])
  })

  test('goes on after a row with other cells or bytes that are not UTF-8', async () => {
    const found = await rows('csv', parts('id,title\na,b\nc,d,e\n', Buffer.from([0x66, 0x2c, 0xff, 0x0a]), 'g,h\n'))
    expect(
      shown(found).map(([line, what]) => [line, typeof what === 'string' ? what : (what as { id: string }).id]),
    ).toEqual(
      expect.arrayContaining([
        [2, 'a'],
        [3, 'bad_csv'],
        [4, 'bad_encoding'],
        [5, 'g'],
      ]),
    )
  })

  test('loses only the line of a quotation mark that never closes', async () => {
    expect(shown(await rows('csv', parts('id,title\na,b\nc,"d\ne,f\n')))).toEqual([
      [2, { id: 'a', title: 'b', text: '' }],
      [3, 'bad_csv'],
      [4, { id: 'e', title: 'f', text: '' }],
    ])
  })

  test('without a field called id is no content at all', async () => {
    expect(shown(await rows('csv', parts('name,title\na,b\nc,d\n')))).toEqual([[1, 'bad_header']])
  })

  test('passes on why the stream broke', async () => {
    async function* broken() {
      yield Buffer.from('id,title\na,b\n')
      throw new Error('the client went away')
    }
    await expect(rows('csv', broken())).rejects.toThrow('the client went away')
  })

  test('of a hundred thousand rows is read at the pace it is taken', async () => {
    let given = 0
    async function* body() {
      yield Buffer.from('id,title\n')
      for (; given < 1000; given++) yield Buffer.from(`a${given},title\n`.repeat(100))
    }
    let taken = 0
    for await (const some of openUpload('csv', PLAIN, body(), signal).rows) {
      taken += some.length
      if (taken === 500) expect(given).toBeLessThan(900)
    }
    expect(taken).toBe(100_000)
  })
})

describe('Markdown', () => {
  test('takes its fields from the front matter', async () => {
    const file =
      '---\nid: returns\nkind: policy\ntitle: Returns\nupdatedAt: 2026-01-02\nscope: {region: DE}\n---\n# Returns\n\nThirty days.\n'
    expect(shown(await rows('markdown', parts(file)))).toEqual([
      [
        1,
        {
          id: 'returns',
          kind: 'policy',
          title: 'Returns',
          updatedAt: '2026-01-02',
          scope: { region: 'DE' },
          text: '# Returns\n\nThirty days.',
        },
      ],
    ])
  })

  test('of a folder is one row a file, with ids from the paths', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'purser-markdown-'))
    try {
      mkdirSync(join(folder, 'help'))
      mkdirSync(join(folder, '.git'))
      writeFileSync(join(folder, 'help', 'shipping.md'), '# Shipping\n\nTwo days.')
      writeFileSync(join(folder, 'about.md'), 'We sell tents.')
      writeFileSync(join(folder, 'broken.md'), '---\n: [\n---\nText.')
      writeFileSync(join(folder, '.git', 'x.md'), 'no')
      writeFileSync(join(folder, 'notes.txt'), 'no')
      expect(await pagesOf(folder)).toMatchObject([
        { id: 'about', kind: 'article', title: 'about', text: 'We sell tents.' },
        { id: 'broken', $problem: expect.stringContaining('not YAML') },
        { id: 'help/shipping', kind: 'article', title: 'Shipping', text: '# Shipping\n\nTwo days.' },
      ])
      expect(await pagesOf(join(folder, 'about.md'))).toMatchObject([{ id: 'about' }])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
