import { isUtf8 } from 'node:buffer'
import { merchantXml } from '../feeds/merchant-xml.ts'
import { markdownRow } from '../pages/markdown-file.ts'
import type { Reading } from '../reading.ts'
import { type Frame, LONGEST_ROW, notUtf8, type SourceRow, tooLong } from '../source-row.ts'
import { complete } from '../tables/fields.ts'
import { tableRows } from '../tables/table-rows.ts'
import { type Expanded, expanded } from './expanded.ts'
import { ndjsonRows } from './ndjson.ts'

export type UploadFormat = 'ndjson' | 'csv' | 'markdown' | 'xml'

const NOTHING = Buffer.alloc(0)

/**
 * The rows of an uploaded file, compressed or not, some at a time, at the pace they are taken. `frame` is what stands around the
 * rows, known once they are read. Throws what `body` throws, the signal's reason, what expanded and merchantXml throw.
 */
export function openUpload(
  format: UploadFormat,
  reading: Reading,
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): { rows: AsyncIterable<SourceRow[]>; frame: () => Frame } {
  const source = expanded(body, signal)
  let frame: Frame = { mediaType: MEDIA_TYPES[format], head: NOTHING, tail: NOTHING }
  const onFrame = (known: Frame) => {
    frame = known
  }
  async function* rows() {
    if (format === 'csv') yield* tableRows(source, reading, onFrame, signal)
    else if (format === 'xml') yield* merchantXml(source, reading, onFrame, signal)
    else if (format === 'markdown') yield* markdownRows(source, reading, signal)
    else yield* withConstants(ndjsonRows(source.bytes, reading.mapping?.idPrefix ?? '', signal), reading)
    if (!source.whole()) yield [cutOffArchive()]
  }
  return { rows: rows(), frame: () => frame }
}

const MEDIA_TYPES: Record<UploadFormat, string> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  markdown: 'text/markdown',
  xml: 'application/xml',
}

/** One file is one row. */
async function* markdownRows(
  { bytes, whole }: Expanded,
  reading: Reading,
  signal: AbortSignal,
): AsyncGenerator<SourceRow[]> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of bytes) {
    signal.throwIfAborted()
    length += part.length
    if (length > LONGEST_ROW) {
      yield [tooLong(1)]
      return
    }
    parts.push(Uint8Array.from(part))
  }
  const raw = Buffer.concat(parts)
  if (!isUtf8(raw)) {
    yield [notUtf8(1, raw)]
    return
  }
  const text = raw.toString('utf8')
  if (text.trim() === '' || !whole()) return
  // A file that comes without its name has to say its id itself.
  yield [{ line: 1, raw, value: complete(markdownRow(text, ''), reading) }]
}

async function* withConstants(rows: AsyncIterable<SourceRow[]>, reading: Reading): AsyncGenerator<SourceRow[]> {
  for await (const some of rows) {
    if (reading.mapping)
      for (const row of some)
        if ('value' in row && typeof row.value === 'object' && row.value !== null && !Array.isArray(row.value))
          complete(row.value as Record<string, unknown>, reading)
    yield some
  }
}

function cutOffArchive(): SourceRow {
  const message = 'The compressed file ends too early: rows after the last one read are missing.'
  return { line: 0, cutOff: true, note: { code: 'cut_off_file', message } }
}
