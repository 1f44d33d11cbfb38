import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { Fault } from '#domain/fault.ts'
import { type FoundPage, pageFolder } from '#ingest/sources/pages/page-folder.ts'
import { sitemapPages } from '#ingest/sources/pages/sitemap.ts'
import type { Clock } from '#telemetry/clock.port.ts'

const START_BYTES = 4_096
const TYPES: Record<string, string> = {
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.tab': 'text/tab-separated-values',
  '.xml': 'application/xml',
  '.rss': 'application/xml',
  '.atom': 'application/xml',
}

/** What is sent: `bytes` is null where nobody knows before. `pages` names what each row was made of, once it was sent. */
export type Upload = {
  type: string
  stream: Readable
  bytes: number | null
  pages: { from: (line: number) => string | null; hidden: () => number } | null
}

/**
 * Opens a file (NDJSON, a table, a feed; compressed or not), a folder of Markdown and HTML, a page of it, or a sitemap.
 * Throws Fault user `app.import.no_file`.
 */
export async function openImport(
  file: string,
  site: string | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<Upload> {
  const found = await stat(file).catch(() => null)
  if (!found)
    throw new Fault({ kind: 'user', code: 'app.import.no_file', message: `There is no file or folder ${file}.` })
  if (found.isDirectory() || /\.(md|markdown|html?)$/i.test(file)) return pagesUpload(pageFolder(file, site, signal))
  const type = TYPES[extname(file.replace(/\.gz$/i, '')).toLowerCase()] ?? 'application/x-ndjson'
  if (type === 'application/xml' && /<(?:urlset|sitemapindex)[\s>]/.test(await startOf(file)))
    return pagesUpload(sitemapPages(file, clock, signal))
  return { type, stream: createReadStream(file), bytes: found.size, pages: null }
}

/** A mapping file (YAML or JSON) as the JSON that is sent. Throws Fault user `app.import.mapping_file`. */
export async function readMappingFile(file: string): Promise<string> {
  try {
    return JSON.stringify(parse(await readFile(file, 'utf8')))
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : 'unknown reason'
    throw new Fault({
      kind: 'user',
      code: 'app.import.mapping_file',
      message: `The mapping ${file} cannot be read: ${why}`,
      cause: error,
    })
  }
}

function pagesUpload(pages: AsyncIterable<FoundPage>): Upload {
  const sent: string[] = []
  let hidden = 0
  async function* lines() {
    for await (const { from, row } of pages) {
      if (row === null) hidden++
      else {
        sent.push(from)
        yield `${JSON.stringify(row)}\n`
      }
    }
  }
  return {
    type: 'application/x-ndjson',
    stream: Readable.from(lines()),
    bytes: null,
    pages: { from: (line) => sent[line - 1] ?? null, hidden: () => hidden },
  }
}

async function startOf(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0)
    const start = buffer.subarray(0, bytesRead)
    if (start[0] !== 0x1f || start[1] !== 0x8b) return start.toString('latin1')
    // Only the beginning is there, which is all that is wanted.
    return gunzipSync(start, { finishFlush: 2, maxOutputLength: 64 * START_BYTES }).toString('latin1')
  } catch {
    return ''
  } finally {
    await handle.close()
  }
}
