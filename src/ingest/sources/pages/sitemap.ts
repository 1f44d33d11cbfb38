import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { xmlElements } from '../feeds/xml-elements.ts'
import { readXmlItem } from '../feeds/xml-item.ts'
import { LONGEST_ROW } from '../source-row.ts'
import { expanded } from '../upload/expanded.ts'
import { decodeHtml, htmlRow } from './html-page.ts'
import { type FoundPage, readPageFile } from './page-folder.ts'

/** Requests at a time: what a person's browser makes, so that no shop is slowed down by it. */
const AT_A_TIME = 4
const ANSWERED_WITHIN_MS = 20_000
/** Addresses of one sitemap, and sitemaps of an index. Source: sitemaps.org. */
const MOST_ADDRESSES = 50_000

type Address = { loc: string; lastmod?: string }

/**
 * The pages a sitemap file names (or the sitemaps of an index, beside it or on the web), in its order: from the files beside the
 * sitemap where there are such (an exported site), else fetched, four at a time. `lastmod` dates them. A page that cannot be had
 * is a row that says so; it is not retired for that. Throws Fault user `ingest.sitemap.unreadable`, and the signal's reason.
 */
export async function* sitemapPages(file: string, clock: Clock, signal: AbortSignal): AsyncGenerator<FoundPage> {
  const folder = dirname(resolve(file))
  let batch: Address[] = []
  const read = async function* () {
    yield* await Promise.all(batch.map((address) => pageAt(address, folder, clock, signal)))
    batch = []
  }
  for await (const address of addresses(createReadStream(file), folder, clock, true, signal)) {
    batch.push(address)
    if (batch.length === AT_A_TIME) yield* read()
  }
  yield* read()
}

async function* addresses(
  bytes: AsyncIterable<Uint8Array>,
  folder: string,
  clock: Clock,
  mayBeIndex: boolean,
  signal: AbortSignal,
): AsyncGenerator<Address> {
  const elements = xmlElements(['url', 'sitemap'])
  let count = 0
  const source = expanded(bytes, signal)
  async function* found() {
    for await (const part of source.bytes) yield* elements.take(part)
    yield* elements.end()
  }
  for await (const element of found()) {
    const address = 'bad' in element || !element.ended ? null : addressOf(element.raw.toString('utf8'))
    if (address === null || ++count > MOST_ADDRESSES)
      throw unreadable(
        address === null ? 'an entry of it is not XML, or has no web address' : 'it has over 50,000 addresses',
      )
    if (!('bad' in element) && element.raw.toString('latin1', 0, 8) === '<sitemap') {
      if (!mayBeIndex) throw unreadable('it is an index of indexes')
      const inner = await bytesAt(address.loc, folder, clock, signal)
      yield* addresses(inner, folder, clock, false, signal)
    } else yield address
  }
  if (count === 0 || !elements.closed())
    throw unreadable(count === 0 ? 'there is no address in it' : 'it ends too early')
}

function addressOf(xml: string): Address | null {
  const read = readXmlItem(xml)
  if ('problem' in read) return null
  const text = (name: string) => read.attributes.find((one) => one.name === name)?.text
  const loc = text('loc')
  const lastmod = text('lastmod')
  return loc && /^https?:\/\//i.test(loc) && URL.canParse(loc) ? { loc, ...(lastmod ? { lastmod } : {}) } : null
}

async function pageAt(
  { loc, lastmod }: Address,
  folder: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<FoundPage> {
  const path = pathOf(loc)
  const id = path.replace(/^\/+|\/+$/g, '') || 'index'
  const local = await localFile(path, folder)
  const row = local ? await readPageFile(local, `${id}.html`, undefined, signal) : await fetched(loc, id, clock, signal)
  if (row === null || '$problem' in row) return { from: loc, row: row && { ...row, id: withoutEnding(id) } }
  return { from: loc, row: { ...row, id: withoutEnding(id), url: loc, ...(lastmod ? { updatedAt: lastmod } : {}) } }
}

function pathOf(loc: string): string {
  const { pathname } = new URL(loc)
  try {
    return decodeURIComponent(pathname).replaceAll('\0', '')
  } catch {
    return pathname
  }
}

const withoutEnding = (id: string) => id.replace(/\.html?$/i, '')

/** The file of an exported site, never outside of its folder. */
async function localFile(address: string, folder: string): Promise<string | null> {
  const path = join(folder, address)
  if (path !== folder && !path.startsWith(folder + sep)) return null
  for (const file of [path, `${path}.html`, join(path, 'index.html')]) {
    const found = await stat(file).catch(() => null)
    if (found?.isFile()) return file
  }
  return null
}

async function fetched(
  loc: string,
  id: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Record<string, unknown> | null> {
  try {
    const response = await fetch(loc, { signal: clock.deadline(ANSWERED_WITHIN_MS, signal) })
    if (!response.ok) return { id, $problem: `${loc} answered ${response.status}.` }
    if (!/html/i.test(response.headers.get('content-type') ?? '')) return { id, $problem: `${loc} is no HTML page.` }
    const bytes = await bounded(response.body)
    return bytes ? htmlRow(decodeHtml(bytes), id) : { id, $problem: `${loc} has over ${LONGEST_ROW} bytes.` }
  } catch {
    signal.throwIfAborted()
    return { id, $problem: `${loc} could not be reached.` }
  }
}

/** Null when there is more than a row may have. */
async function bounded(body: ReadableStream<Uint8Array> | null): Promise<Buffer | null> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body ?? []) {
    length += part.length
    if (length > LONGEST_ROW) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function bytesAt(
  loc: string,
  folder: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const local = await localFile(pathOf(loc), folder)
  if (local) return createReadStream(local)
  const response = await fetch(loc, { signal: clock.deadline(ANSWERED_WITHIN_MS, signal) }).catch(() => null)
  if (!response?.ok || !response.body) throw unreadable(`${loc} cannot be had`)
  return response.body
}

function unreadable(why: string): Fault {
  return new Fault({
    kind: 'user',
    code: 'ingest.sitemap.unreadable',
    status: 422,
    message: `The sitemap cannot be read: ${why}.`,
  })
}
