import { Fault } from '#domain/fault.ts'
import type { Reading } from '../reading.ts'
import { cutOff, type Frame, type SourceRow } from '../source-row.ts'
import type { Expanded } from '../upload/expanded.ts'
import { merchantItem } from './merchant-item.ts'
import { type XmlElement, xmlElements } from './xml-elements.ts'
import { readXmlItem } from './xml-item.ts'

/** Encodings that a feed may declare besides UTF-8; in all of them markup is ASCII. */
const ENCODINGS = /^(utf-?8|us-ascii|iso-8859-1?\d|windows-125\d)$/i
const RSS_HEAD = '<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
const COLUMNS = new Map([
  ['text', 'description'],
  ['url', 'link'],
  ['image.url', 'g:image_link'],
  ['validUntil', 'g:expiration_date'],
  ['scope.brand', 'g:brand'],
])

/**
 * The items of a Google Merchant feed in XML (RSS 2.0 or Atom), one after another; one that is malformed is a problem of its
 * own. `onFrame` is told what stands around them. Throws what `body` throws and what xmlElements throws; Fault user
 * `ingest.import.encoding` for an encoding that is not read.
 */
export async function* merchantXml(
  { bytes, whole }: Expanded,
  reading: Reading,
  onFrame: (frame: Frame) => void,
  signal: AbortSignal,
): AsyncGenerator<SourceRow[]> {
  const elements = xmlElements(['item', 'entry'])
  let decoder: TextDecoder | null = null
  let line = 0
  const rowsOf = (found: XmlElement[], last: boolean) => {
    if (found.length > 0) decoder ??= decoderOf(elements.head())
    return found.map((element, at) => {
      // Many feeds are one single line: an item that shares its line with the one before counts on from that.
      line = Math.max(line + 1, 'bad' in element ? element.bad.line : element.line)
      if ('bad' in element) return { ...element.bad, line }
      return rowOf({ ...element, line }, decoder as TextDecoder, reading, last && at === found.length - 1)
    })
  }
  for await (const part of bytes) {
    signal.throwIfAborted()
    const rows = rowsOf(elements.take(part), false)
    if (rows.length > 0) yield rows
  }
  const rows = rowsOf(elements.end(), true)
  if (rows.length > 0) yield rows
  onFrame(frameOf(elements.head()))
  if (!decoder) yield [notAFeed()]
  else if (whole() && !elements.closed()) {
    const message = 'The file ends before its last element is closed; what should follow is missing.'
    yield [{ line, cutOff: true, note: { code: 'cut_off_file', message } }]
  }
}

function rowOf(
  { line, raw, ended }: { line: number; raw: Buffer; ended: boolean },
  decoder: TextDecoder,
  reading: Reading,
  last: boolean,
): SourceRow {
  if (!ended && last) return cutOff(line, raw)
  const text = decode(raw, decoder)
  if (text === null) {
    const message = `The item is not ${decoder.encoding.toUpperCase()}, which the file says it is.`
    return { line, raw, problem: { code: 'bad_encoding', message } }
  }
  const read = readXmlItem(text)
  if ('problem' in read) {
    const message = ended ? `The item is not XML: ${read.problem}` : 'The item is not closed before the next begins.'
    const id = /<(?:g:)?id>\s*([^<&]{1,300}?)\s*<\//.exec(text)?.[1]
    return {
      line,
      raw,
      ...(id ? { id: (reading.mapping?.idPrefix ?? '') + id } : {}),
      problem: { code: 'bad_xml', message },
    }
  }
  return { line, raw, columns: COLUMNS, value: merchantItem(read.attributes, reading) }
}

function decoderOf(head: Buffer): TextDecoder {
  const declared = /^[^<]{0,3}<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']/.exec(head.toString('latin1'))?.[1]
  const encoding = declared ?? 'utf-8'
  if (ENCODINGS.test(encoding)) return new TextDecoder(encoding, { fatal: true })
  throw new Fault({
    kind: 'user',
    code: 'ingest.import.encoding',
    status: 422,
    message: 'The file declares an encoding that is not read here. Save it as UTF-8.',
  })
}

function decode(raw: Buffer, decoder: TextDecoder): string | null {
  try {
    return decoder.decode(raw)
  } catch {
    return null
  }
}

function frameOf(head: Buffer): Frame {
  const atom = /<(?:[\w.-]+:)?feed[\s>]/.test(head.toString('latin1'))
  return {
    mediaType: 'application/xml',
    head: head.length > 0 ? head : Buffer.from(RSS_HEAD),
    tail: Buffer.from(atom ? '</feed>\n' : '</channel></rss>\n'),
  }
}

function notAFeed(): SourceRow {
  const message =
    'There is no item in this file: a product feed is RSS 2.0 or Atom. A sitemap is read by npm run import, not by this address.'
  return { line: 1, cutOff: true, problem: { code: 'not_a_feed', message } }
}
