import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expanded } from './expanded.ts'

const { signal } = new AbortController()
async function* pieces(content: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += size) yield content.subarray(from, from + size)
}
async function read(content: Uint8Array, size?: number) {
  const { bytes, whole } = expanded(pieces(content, size), signal)
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return { text: Buffer.concat(parts).toString('utf8'), whole: whole() }
}
const TEXT = Array.from({ length: 3_000 }, (_, at) => `row ${at} ${Math.sin(at)}`).join('\n')

describe('a compressed upload', () => {
  test('is expanded in whatever pieces it comes, also when it is several archives one behind the other', async () => {
    const [half, rest] = [TEXT.slice(0, 9_999), TEXT.slice(9_999)]
    const both = Buffer.concat([gzipSync(half), gzipSync(rest)])
    for (const size of [1, 7, 1_000, 1_000_000]) expect(await read(both, size)).toEqual({ text: TEXT, whole: true })
  })

  test('that is none stays as it is, however short', async () => {
    for (const text of ['', 'a', '\u001f', TEXT]) expect(await read(Buffer.from(text))).toEqual({ text, whole: true })
  })

  test('cut off anywhere gives a beginning of the text, and says that it is not whole', async () => {
    const archive = gzipSync(TEXT)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: archive.length - 1 }), async (cut) => {
        const { text, whole } = await read(archive.subarray(0, cut))
        expect([TEXT.startsWith(text), whole]).toEqual([true, false])
        // A block of the archive may be pending, never more.
        if (cut > archive.length - 10) expect(text).toBe(TEXT)
      }),
      { numRuns: 60 },
    )
  })

  test('that is damaged is refused', async () => {
    const archive = gzipSync(TEXT)
    archive[archive.length - 7] = (archive.at(-7) ?? 0) ^ 1
    await expect(read(archive)).rejects.toMatchObject({ code: 'ingest.import.gzip_broken', kind: 'user' })
  })

  test('that is a bomb is refused before it has burst, in bounded memory', async () => {
    // A gigabyte of nothing, made without having it.
    const block = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const bomb = Buffer.concat(Array.from({ length: 16 }, () => block))
    const before = process.memoryUsage().rss
    let given = 0
    const reading = (async () => {
      for await (const part of expanded(pieces(bomb), signal).bytes) given += part.length
    })()
    await expect(reading).rejects.toMatchObject({ code: 'ingest.import.gzip_bomb' })
    expect(given).toBeLessThan(40 * 1024 * 1024)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  test('passes on why the stream broke', async () => {
    async function* broken() {
      yield gzipSync(TEXT).subarray(0, 500)
      throw new Error('the client went away')
    }
    const reading = (async () => {
      for await (const _part of expanded(broken(), signal).bytes);
    })()
    await expect(reading).rejects.toThrow('the client went away')
  })
})

describe('an upload that is something else', () => {
  const text = 'id,kind,title,text\na,faq,Q?,A.\n'
  const bigEndian = Buffer.from(text, 'utf16le').swap16()
  test.each([
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'ingest.import.encoding'],
    ['UTF-16 without it', Buffer.from(text, 'utf16le'), 'ingest.import.encoding'],
    ['UTF-16 the other way round', bigEndian, 'ingest.import.encoding'],
    ['a ZIP archive, as Excel workbooks are', Buffer.from('PK\u0003\u0004 xl/workbook.xml'), 'ingest.import.archive'],
  ])('is refused by name: %s', async (_what, content, code) => {
    for (const size of [1, 1_000])
      for (const sent of [content, gzipSync(content)])
        await expect(read(sent, size)).rejects.toMatchObject({ kind: 'user', status: 422, code })
  })
})
