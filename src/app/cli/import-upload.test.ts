import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '#telemetry/clock.ts'
import { type ImportState, progressNote } from './import-report.ts'
import { openImport, readMappingFile } from './import-upload.ts'

const { signal } = new AbortController()
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'purser-upload-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const put = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

describe('what is imported', () => {
  const sitemap = '<urlset><url><loc>https://shop.example/</loc></url></urlset>'
  test.each([
    ['a.jsonl', '{}', 'application/x-ndjson', false],
    ['a.CSV', 'id', 'text/csv', false],
    ['a.csv.gz', gzipSync('id'), 'text/csv', false],
    ['a.tsv', 'id', 'text/tab-separated-values', false],
    ['feed.xml', '<rss></rss>', 'application/xml', false],
    ['sitemap.xml', sitemap, 'application/x-ndjson', true],
    ['sitemap.xml.gz', gzipSync(sitemap), 'application/x-ndjson', true],
    ['page.html', '<p>x</p>', 'application/x-ndjson', true],
    ['page.md', 'x', 'application/x-ndjson', true],
  ])('from %s is sent as it is, or page by page', async (name, content, type, pages) => {
    const upload = await openImport(put(name, content), undefined, systemClock(), signal)
    upload.stream.destroy()
    expect([upload.type, upload.pages !== null]).toEqual([type, pages])
  })

  test('page by page is remembered by line, for the report', async () => {
    const upload = await openImport(put('one.md', 'x'), undefined, systemClock(), signal)
    const lines: string[] = []
    for await (const line of upload.stream) lines.push(String(line))
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(['one'])
    expect([upload.pages?.from(1), upload.pages?.from(2)]).toEqual(['one.md', null])
  })

  test('has to be there', async () => {
    await expect(openImport(join(folder, 'none.csv'), undefined, systemClock(), signal)).rejects.toMatchObject({
      code: 'app.import.no_file',
    })
  })
})

test('a mapping file is YAML or JSON, and has to be readable', async () => {
  expect(await readMappingFile(put('m.yaml', 'columns:\n  Nr: id\n'))).toBe('{"columns":{"Nr":"id"}}')
  expect(await readMappingFile(put('m.json', '{"columns": {"Nr": "id"}}'))).toBe('{"columns":{"Nr":"id"}}')
  for (const file of [put('bad.yaml', ': ['), join(folder, 'none.yaml')])
    await expect(readMappingFile(file)).rejects.toMatchObject({ code: 'app.import.mapping_file' })
})

test('progress tells rows, pace, time left and rejected rows as far as they are known', () => {
  const state = { read: 250, total: null, rowsPerSecond: null, remainingSeconds: null, rejected: 0 } as ImportState
  expect(progressNote(state)).toBe('250 rows')
  expect(progressNote({ ...state, total: 1_000, rowsPerSecond: 83.3, remainingSeconds: 9, rejected: 2 })).toBe(
    '250 of 1000 rows, 83/s, 9 s left, 2 rejected',
  )
  expect(progressNote({ ...state, remainingSeconds: 600 })).toBe('250 rows, 10 min left')
})
