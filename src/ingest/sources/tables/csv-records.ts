import { isUtf8 } from 'node:buffer'
import { cutOff, LONGEST_ROW, notUtf8, type SourceRow, tooLong } from '../source-row.ts'
import { type ByteLine, byteLines } from '../upload/byte-lines.ts'

const QUOTE = 34
const BOM = Buffer.from('\ufeff')

/** A record of the file: its cells, or what was wrong with it. `raw` has no line break at its end. */
export type CsvRecord = { line: number; raw: Buffer; cells: string[]; ended: boolean } | { bad: SourceRow }

/** What a line of an open record costs besides its bytes; so a record has 65,536 lines at most. */
const LINE_COST = 64
/** Lines that may be read anew in all. A file that needs more of it is made to be slow. */
const MOST_READ_ANEW = 1_000_000

type KeptLine = ByteLine & { bytes: Buffer }

/**
 * The records of CSV (RFC 4180, any line ending; `delimiter` is one ASCII character), each with what was sent of it.
 * A quotation mark that never closes, or closes in the middle of a cell, costs its own line: reading goes on with the next.
 * In tab-separated files, where quotation marks are often mere characters, such a line is read without them.
 * Keeps one record of at most 4 MiB. Throws what `body` throws.
 */
export async function* csvRecords(
  body: AsyncIterable<Uint8Array>,
  delimiter: string,
  signal: AbortSignal,
): AsyncGenerator<CsvRecord[]> {
  const delimiterByte = delimiter.charCodeAt(0)
  /** Lines of the record that has begun and not ended: a cell of it is still open. */
  let open: KeptLine[] = []
  let length = 0
  let readAnew = 0

  function take(line: ByteLine, records: CsvRecord[]): void {
    const { bytes } = line
    if (bytes === null) {
      giveUp(NEVER_CLOSED, records)
      records.push({ bad: tooLong(line.line) })
      return
    }
    const after = afterLine(bytes, open.length > 0, delimiterByte)
    open.push({ ...line, bytes })
    length += bytes.length + LINE_COST
    if (after === 'broken') giveUp('A quotation mark stands in the middle of a cell.', records)
    else if (after === 'open' && length > LONGEST_ROW) giveUp(NEVER_CLOSED, records)
    else if (after === 'closed') {
      records.push(...recordOf(open, delimiter))
      open = []
      length = 0
    }
  }

  /** Sets the first of the open lines aside and reads the others as if they came now. */
  function giveUp(reason: string, records: CsvRecord[]): void {
    const [first, ...others] = open
    open = []
    length = 0
    if (!first) return
    const { line, bytes: raw, ended } = first
    if (delimiter === '\t') records.push(...recordOf([first], delimiter, true))
    else if (!ended) records.push({ bad: cutOff(line, raw) })
    else records.push({ bad: { line, raw, problem: { code: 'bad_csv', message: reason } } })
    readAnew += others.length
    for (const other of others)
      if (readAnew <= MOST_READ_ANEW) take(other, records)
      else records.push({ bad: { line: other.line, raw: other.bytes, problem: { code: 'bad_csv', message: reason } } })
  }

  let first = true
  for await (const lines of byteLines(body, LONGEST_ROW, signal)) {
    const records: CsvRecord[] = []
    for (const line of lines) {
      if (first && line.bytes?.subarray(0, BOM.length).equals(BOM)) line.bytes = line.bytes.subarray(BOM.length)
      first = false
      take(line, records)
    }
    if (records.length > 0) yield records
  }
  while (open.length > 0) {
    const records: CsvRecord[] = []
    giveUp(NEVER_CLOSED, records)
    yield records
  }
}

const NEVER_CLOSED = 'A quotation mark is never closed.'

/** Whether a cell is still open at the end of the line. */
function afterLine(bytes: Buffer, quoted: boolean, delimiter: number): 'open' | 'closed' | 'broken' {
  if (!bytes.includes(QUOTE)) return quoted ? 'open' : 'closed'
  let inside = quoted
  let atStart = true
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (inside) {
      if (byte !== QUOTE) continue
      if (bytes[at + 1] === QUOTE) at++
      else if (at + 1 === bytes.length || bytes[at + 1] === delimiter) inside = false
      else return 'broken'
    } else if (byte === QUOTE && atStart) inside = true
    atStart = byte === delimiter
  }
  return inside ? 'open' : 'closed'
}

/** Nothing for a blank line. */
function recordOf(lines: KeptLine[], delimiter: string, literally = false): CsvRecord[] {
  const [first] = lines
  const last = lines.at(-1)
  if (!first || !last) return []
  const raw = lines.length === 1 ? first.bytes : Buffer.concat(lines.flatMap(({ bytes }) => [bytes, LF]).slice(0, -1))
  if (!isUtf8(raw)) return [{ bad: notUtf8(first.line, raw) }]
  const text = raw.toString('utf8')
  if (text.trim() === '') return []
  const cells = literally || !text.includes('"') ? text.split(delimiter) : cellsOf(text, delimiter)
  return [{ line: first.line, raw, cells, ended: last.ended }]
}

const LF = Buffer.from('\n')

function cellsOf(text: string, delimiter: string): string[] {
  const cells: string[] = []
  for (let at = 0; ; ) {
    let end: number
    if (text[at] === '"') {
      end = at + 1
      while (text[end] !== '"' || text[end + 1] === '"') end += text[end] === '"' ? 2 : 1
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'))
      end++
    } else {
      const found = text.indexOf(delimiter, at)
      end = found === -1 ? text.length : found
      cells.push(text.slice(at, end))
    }
    if (end >= text.length) return cells
    at = end + 1
  }
}
