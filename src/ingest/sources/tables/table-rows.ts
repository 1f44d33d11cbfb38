import { merchantColumns, merchantTable } from '../feeds/merchant-table.ts'
import type { Reading } from '../reading.ts'
import { cutOff, type Frame, type SourceRow } from '../source-row.ts'
import type { Expanded } from '../upload/expanded.ts'
import { csvRecords } from './csv-records.ts'
import { namedColumns } from './named-columns.ts'
import { shopifyColumns, shopifyTable } from './shopify.ts'
import type { TableReader, TableRecord } from './table-reader.ts'

const DELIMITERS = [',', ';', '\t']
/** How much of the file is looked at to tell which delimiter it has. */
const HEADER_BYTES = 16 * 1024
/** This many unreadable rows one after another are no CSV. */
const MOST_BAD_ROWS = 10_000

/**
 * Rows of a table (comma, semicolon or tab; quoted line breaks; UTF-8 with or without a byte order mark), whose first line names
 * its columns: fields of a document (`id`, `title`, …, `attributes.NAME`, `price.amount`, `image.url`; several `aliases`
 * separated by `|`), columns a mapping translates, or those of a Shopify product export or a Google Merchant feed. Empty
 * cells are fields that are not there. `onFrame` is told the header. Throws what `body` throws.
 */
export async function* tableRows(
  { bytes, whole }: Expanded,
  reading: Reading,
  onFrame: (frame: Frame) => void,
  signal: AbortSignal,
): AsyncGenerator<SourceRow[]> {
  const iterator = bytes[Symbol.asyncIterator]()
  const start = await readStart(iterator)
  const delimiter = delimiterOf(start)
  let reader: TableReader | null = null
  let columns = 0
  let bad = 0
  for await (const records of csvRecords(withStart(start, iterator), delimiter, signal)) {
    const rows: SourceRow[] = []
    for (const record of records) {
      if ('bad' in record) {
        const { raw } = record.bad
        const cells = raw ? Buffer.from(raw).toString('utf8').split(delimiter) : []
        rows.push(...(reader?.broken(record.bad, cells) ?? [record.bad]))
        bad++
      } else if (!reader) {
        const header = record.cells.map((cell) => cell.trim())
        columns = header.length
        const mediaType = delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv'
        onFrame({ mediaType, head: Buffer.concat([record.raw, Buffer.from('\n')]), tail: Buffer.alloc(0) })
        const found = readerOf(header, reading)
        if ('unusable' in found) {
          const problem = { code: 'bad_header', message: found.unusable }
          yield [{ line: record.line, cutOff: true, problem }]
          return
        }
        reader = found
      } else if (!record.ended && (record.cells.length < columns || !whole())) {
        rows.push(...reader.broken(cutOff(record.line, record.raw), record.cells))
      } else if (isMisshapen(record.cells, columns, delimiter)) {
        rows.push(...reader.broken(misshapen(record, columns), record.cells))
        bad++
      } else {
        rows.push(...reader.record(record))
        bad = 0
      }
      if (bad >= MOST_BAD_ROWS) {
        yield [...rows, ...(reader?.end(true) ?? []), givenUp('bad' in record ? record.bad.line : record.line)]
        return
      }
    }
    if (rows.length > 0) yield rows
  }
  const last = reader?.end(!whole()) ?? []
  if (last.length > 0) yield last
}

function readerOf(header: string[], reading: Reading): TableReader | { unusable: string } {
  if (Object.keys(reading.mapping?.columns ?? {}).length > 0) return namedColumns(header, reading)
  if (shopifyColumns(header)) return shopifyTable(header, reading)
  if (merchantColumns(header)) return merchantTable(header, reading)
  return namedColumns(header, reading)
}

/** Trailing empty cells may be missing where tabs separate them, and are no harm anywhere. */
function isMisshapen(cells: string[], columns: number, delimiter: string): boolean {
  if (cells.length < columns) return delimiter !== '\t'
  return cells.slice(columns).some((cell) => cell.trim() !== '')
}

function misshapen({ line, raw, cells }: TableRecord, columns: number): SourceRow {
  const message = `The row has ${cells.length} cells, the header ${columns}.`
  return { line, raw, problem: { code: 'bad_csv', message } }
}

function givenUp(line: number): SourceRow {
  const message = 'Thousands of rows in a row cannot be read; the rest was left out.'
  return { line: line + 1, cutOff: true, problem: { code: 'bad_csv', message } }
}

async function readStart(iterator: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0)
  while (start.length < HEADER_BYTES && !start.includes(10)) {
    const { done, value } = await iterator.next()
    if (done) break
    start = Buffer.concat([start, value])
  }
  return start
}

async function* withStart(start: Buffer, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start
    for (;;) {
      const { done, value } = await iterator.next()
      if (done) return
      yield value
    }
  } finally {
    await iterator.return?.()
  }
}

function delimiterOf(start: Buffer): string {
  const header = /^[^\r\n]*/.exec(start.subarray(0, HEADER_BYTES).toString('utf8'))?.[0] ?? ''
  const count = (delimiter: string) => header.split(delimiter).length
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}
