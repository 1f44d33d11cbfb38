import { type CsvError, type Info, type Options, parse } from 'csv-parse'
import { LONGEST_ROW, type SourceRow } from './source-row.ts'

const DELIMITERS = [',', ';', '\t']
/** How much of the file is looked at to tell which delimiter it has. */
const HEADER_BYTES = 16 * 1024
const ROWS_AT_A_TIME = 500
/** Shown for bytes that are not UTF-8; nobody writes it. */
const REPLACEMENT = '\ufffd'

/**
 * Rows of CSV (comma, semicolon or tab; quoted line breaks; UTF-8 with or without a byte order mark). The header names the
 * fields of a document: `id`, `title`, …, `attributes.NAME`, `scope.region`, `price.amount`, `price.currency`; several
 * `aliases` are separated by `|`. Empty cells are fields that are not there. Throws what `body` throws.
 */
export async function* csvRows(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<SourceRow[]> {
  const iterator = body[Symbol.asyncIterator]()
  const { start, ended } = await readStart(iterator)
  const delimiter = delimiterOf(start)
  let rows: SourceRow[] = []
  const options: Options = {
    bom: true,
    delimiter,
    info: true,
    columns: (header: string[]) => header.map((name) => name.trim()),
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_ROW,
    on_skip: (error: CsvError | undefined) =>
      void rows.push({ line: lineOf(error), problem: { code: 'bad_csv', message: plainReason(error) } }),
  }
  const parser = parse(options)
  const feeding = feed()
  feeding.catch((error) => parser.destroy(error instanceof Error ? error : new Error(String(error))))
  let next = 2
  let checked = false
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: Info }>) {
      if (!checked && !('id' in record)) {
        yield [
          {
            line: 1,
            problem: { code: 'bad_header', message: 'The first line has to name the fields, `id` among them.' },
          },
        ]
        return
      }
      checked = true
      rows.push(rowOf(record, next))
      next = info.lines + 1
      if (rows.length >= ROWS_AT_A_TIME) {
        yield rows
        rows = []
      }
    }
    await feeding
  } catch (error) {
    if (!isCsvError(error)) throw error
    // A quote that never closes takes the rest of the file with it.
    rows.push({ line: Math.max(next, 1), problem: { code: 'bad_csv', message: plainReason(error) } })
  } finally {
    parser.destroy()
    await iterator.return?.()
  }
  if (rows.length > 0) yield rows

  async function feed(): Promise<void> {
    const write = async (part: Uint8Array) => {
      signal.throwIfAborted()
      if (!parser.write(part)) await new Promise<void>((done) => void parser.once('drain', done).once('close', done))
    }
    if (start.length > 0) await write(start)
    while (!ended && !parser.destroyed) {
      const { done, value } = await iterator.next()
      if (done) break
      await write(value)
    }
    parser.end()
  }
}

async function readStart(iterator: AsyncIterator<Uint8Array>): Promise<{ start: Buffer; ended: boolean }> {
  let start: Buffer = Buffer.alloc(0)
  while (start.length < HEADER_BYTES && !start.includes(10)) {
    const { done, value } = await iterator.next()
    if (done) return { start, ended: true }
    start = Buffer.concat([start, value])
  }
  return { start, ended: false }
}

function delimiterOf(start: Buffer): string {
  const header = /^[^\r\n]*/.exec(start.subarray(0, HEADER_BYTES).toString('utf8'))?.[0] ?? ''
  const count = (delimiter: string) => header.split(delimiter).length
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

function rowOf(record: Record<string, string>, line: number): SourceRow {
  const cells = Object.entries(record).filter(([name, cell]) => name !== '' && cell.trim() !== '')
  if (cells.some(([, cell]) => cell.includes(REPLACEMENT)))
    return { line, problem: { code: 'bad_encoding', message: 'The row is not UTF-8.' } }
  const value: Record<string, unknown> = {}
  for (const [name, cell] of cells) {
    const [field = '', ...rest] = name.split('.')
    const inner = rest.join('.')
    if (!inner)
      value[field] =
        field === 'aliases'
          ? cell
              .split('|')
              .map((alias) => alias.trim())
              .filter(Boolean)
          : cell
    else value[field] = { ...(value[field] as object | undefined), [inner]: field === 'scope' ? cell : typed(cell) }
  }
  return { line, value: { text: '', ...value } }
}

/** Numbers and truth values as such; `007` and `1e5` stay texts, since somebody meant them so. */
function typed(cell: string): string | number | boolean {
  const text = cell.trim()
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text)) return Number(text)
  return text === 'true' ? true : text === 'false' ? false : text
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && /^CSV_/.test((error as { code?: string }).code ?? '')
}

function lineOf(error: CsvError | undefined): number {
  const lines = error?.lines
  return typeof lines === 'number' ? lines : 1
}

function plainReason(error: CsvError | undefined): string {
  switch (error?.code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return 'The row has another number of cells than the header.'
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A quotation mark is never closed; the rest of the file cannot be told apart.'
    case 'CSV_MAX_RECORD_SIZE':
      return `The row is longer than ${LONGEST_ROW / 1024 / 1024} MiB.`
    default:
      return 'A quotation mark stands where none can be.'
  }
}
