import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceRow } from '../source-row.ts'
import { PLAIN } from '../tables/fields.ts'
import { openUpload } from '../upload/open-upload.ts'

const { signal } = new AbortController()
const HEAD = '<?xml version="1.0"?>\n<rss xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
const TAIL = '</channel></rss>\n'
const item = (id: string, more = '') => `<item><g:id>${id}</g:id><title>T ${id}</title>${more}</item>\n`

async function* pieces(content: string | Uint8Array, cuts: number[] = []): AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(content)
  const at = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((left, right) => left - right), whole.length]
  for (const [index, end] of at.slice(1).entries()) yield whole.subarray(at[index], end)
}
async function read(content: string | Uint8Array | AsyncIterable<Uint8Array>, cuts: number[] = []) {
  const body = typeof content === 'string' || content instanceof Uint8Array ? pieces(content, cuts) : content
  const upload = openUpload('xml', PLAIN, body, signal)
  const all: SourceRow[] = []
  for await (const some of upload.rows) all.push(...some)
  return { all, frame: upload.frame() }
}
const shown = (all: SourceRow[]) =>
  all.map((row) => [
    row.line,
    'problem' in row ? row.problem.code : 'note' in row ? row.note.code : (row.value as { id: string }).id,
  ])
const ids = async (content: string, cuts?: number[]) => shown((await read(content, cuts)).all)

describe('a Merchant feed in XML', () => {
  test('gives its items with their lines, and what stands around them', async () => {
    const { all, frame } = await read(`${HEAD}${item('a')}${item('b')}${TAIL}`)
    expect(shown(all)).toEqual([
      [3, 'a'],
      [4, 'b'],
    ])
    expect(Buffer.from(all[1]?.raw ?? []).toString()).toBe(item('b').trim())
    expect(Buffer.concat([frame.head, frame.tail]).toString()).toBe(`${HEAD}${TAIL}`)
  })

  test('in a single line gives each item a number of its own', async () => {
    const line = (text: string) => text.replaceAll('\n', '')
    const items = line(`${item('a')}${item('b')}${item('c', '<x>&</x>')}`)
    expect(await ids(`${line(HEAD)}${items}\n\n\n${item('d')}${TAIL}`)).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'bad_xml'],
      [4, 'd'],
    ])
  })

  test('is the same wherever the stream is cut', async () => {
    const text = `${HEAD}${item('a', '<description><![CDATA[</item> <b>&amp;</b>]]></description>')}<!-- <item> -->${item('bad', '<x>&</x>')}${item('c')}${TAIL}`
    const whole = await ids(text)
    expect(whole.map(([, id]) => id)).toEqual(['a', 'bad_xml', 'c'])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 12 }), async (cuts) => {
        expect(await ids(text, cuts)).toEqual(whole)
      }),
      { numRuns: 100 },
    )
  })

  test('loses a malformed item alone, and knows its id', async () => {
    const bad = [item('b', '<x>1 & 2</x>'), item('c', '<x>'), item('d', '&nbsp;'), item('e', '<x a=1/>')]
    const { all } = await read(`${HEAD}${item('a')}${bad.join('')}<item><g:id>f</g:id>\n${item('g')}${TAIL}`)
    expect(shown(all).map(([, what]) => what)).toEqual(['a', ...Array(5).fill('bad_xml'), 'g'])
    expect(all.flatMap((row) => ('problem' in row ? [row.id] : []))).toEqual(['b', 'c', 'd', 'e', 'f'])
  })

  test('reads Atom, and the encoding it declares', async () => {
    const text =
      '<?xml version="1.0" encoding="ISO-8859-1"?><feed xmlns:g="http://base.google.com/ns/1.0"><entry><g:id>ä</g:id><title>Zelt für zwei</title><link href="https://shop.example/z"/><summary>S</summary></entry></feed>'
    const { all, frame } = await read(Buffer.from(text, 'latin1'))
    expect(all).toMatchObject([
      { value: { id: 'ä', title: 'Zelt für zwei', url: 'https://shop.example/z', text: 'S' } },
    ])
    expect(Buffer.from(frame.tail).toString()).toBe('</feed>\n')
    const utf16 = text.replace('ISO-8859-1', 'UTF-16')
    await expect(read(utf16)).rejects.toMatchObject({ code: 'ingest.import.encoding' })
  })

  test('with bytes that are not of its encoding loses that item alone', async () => {
    const bad = Buffer.concat([
      Buffer.from('<item><g:id>b</g:id><title>'),
      Buffer.of(0xff),
      Buffer.from('</title></item>'),
    ])
    const { all } = await read(Buffer.concat([Buffer.from(HEAD + item('a')), bad, Buffer.from(item('c') + TAIL)]))
    expect(shown(all).map(([, what]) => what)).toEqual(['a', 'bad_encoding', 'c'])
  })

  test.each([
    ['a bomb of entities', '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'],
    ['an entity from outside', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'],
  ])('with %s is refused as a whole', async (_what, doctype) => {
    await expect(read(`<?xml version="1.0"?>${doctype}<rss>${item('a', '&b;')}</rss>`)).rejects.toMatchObject({
      code: 'ingest.import.xml_doctype',
    })
  })

  test('nested endlessly or of endless parts is a bad item', async () => {
    const deep = item('a', '<x>'.repeat(100_000))
    const wide = item('b', '<x/>'.repeat(100_000))
    expect((await ids(`${HEAD}${deep}${wide}${item('c')}${TAIL}`)).map(([, what]) => what)).toEqual([
      'bad_xml',
      'bad_xml',
      'c',
    ])
  })

  test('sets an item of 100 MB aside, also one in a section that never ends, and goes on', async () => {
    const part = Buffer.alloc(1024 * 1024, 'x')
    for (const start of ['<item><description>', '<item><description><![CDATA[']) {
      async function* body() {
        yield Buffer.from(HEAD + item('a') + start)
        for (let at = 0; at < 100; at++) yield part
        yield Buffer.from(`</description></item>\n${item('b')}${TAIL}`)
      }
      const before = process.memoryUsage().rss
      const { all } = await read(body())
      expect(shown(all)).toEqual([
        [3, 'a'],
        [4, 'row_too_long'],
        [5, 'b'],
      ])
      expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
    }
  })

  test('keeps the items behind a section that never ends', async () => {
    expect((await ids(`${HEAD}${item('a', '<x><![CDATA[')}${item('b')}${TAIL}`)).map(([, what]) => what)).toEqual([
      'bad_xml',
      'b',
    ])
  })

  test('that ends too early is told, with all that came before', async () => {
    expect(await ids(`${HEAD}${item('a')}<item><g:id>b</g:id>`)).toEqual([
      [3, 'a'],
      [4, 'cut_off_row'],
      [4, 'cut_off_file'],
    ])
    expect((await read(`${HEAD}${item('a')}`)).all.at(-1)).toMatchObject({
      cutOff: true,
      note: { code: 'cut_off_file' },
    })
  })

  test('without an item is no feed', async () => {
    expect(await ids('<urlset><url/></urlset>')).toEqual([[1, 'not_a_feed']])
    expect(await ids('')).toEqual([[1, 'not_a_feed']])
  })
})
