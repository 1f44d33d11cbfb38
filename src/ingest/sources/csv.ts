import { type CsvError, type Options, type Parser, parse } from 'csv-parse'
import { LONGEST_ROW, type SourceRow } from './source-row.ts'

const DELIMITERS = [',', ';', '\t']
/** How much of the file is looked at to tell which delimiter it has. */
const HEADER_BYTES = 16 * 1024
const ROWS_AT_A_TIME = 500
/** This many unreadable rows one after another are no CSV. */
const MOST_BAD_ROWS = 10_000
/** Fields whose parts are texts, whatever they look like. */
const TEXTS = new Set(['scope', 'image'])
/** Shown for bytes that are not UTF-8; nobody writes it. */
const REPLACEMENT = '\ufffd'

/**
 * Rows of CSV (comma, semicolon or tab; quoted line breaks; UTF-8 with or without a byte order mark). The header names the
 * fields of a document: `id`, `title`, …, `attributes.NAME`, `scope.region`, `price.amount`, `price.currency`, `image.url`,
 * `image.alt`; several `aliases` are separated by `|`. Empty cells are fields that are not there. Throws what `body` throws.
 */
export async function* csvRows(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<SourceRow[]> {
  const iterator = body[Symbol.asyncIterator]()
  const { start, ended } = await readStart(iterator)
  const delimiter = delimiterOf(start)
  let rows: SourceRow[] = []
  let lastLine = 1
  let givenUp = false
  const options: Options<{ record: Record<string, string>; line: number }, Record<string, string>> = {
    bom: true,
    delimiter,
    columns: (header: string[]) => header.map((name) => name.trim()),
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_ROW,
    on_record: (record: Record<string, string>, { lines }) => {
      lastLine = lines
      return { record, line: lines - lineBreaksIn(record) }
    },
    on_skip(error) {
      rows.push({ line: lastLine + 1, problem: { code: 'bad_csv', message: plainReason(error) } })
      lastLine = typeof error?.lines === 'number' ? error.lines : lastLine + 1
      if (rows.length >= MOST_BAD_ROWS) givenUp = true
    },
  }
  // With columns named, records are objects; the library's signature knows only arrays.
  const parser = parse(options as unknown as Options)
  const feeding = feed()
  feeding.catch((error) => parser.destroy(error instanceof Error ? error : new Error(String(error))))
  let checked = false
  try {
    for await (const { record, line } of parser as AsyncIterable<{ record: Record<string, string>; line: number }>) {
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
      rows.push(rowOf(record, line))
      if (rows.length >= ROWS_AT_A_TIME) {
        yield rows
        rows = []
      }
    }
    await feeding
    if (givenUp)
      rows.push({
        line: lastLine + 1,
        problem: { code: 'bad_csv', message: 'Thousands of rows in a row cannot be read; the rest was left out.' },
      })
  } catch (error) {
    if (!isCsvError(error)) throw error
    // A quote that never closes takes the rest of the file with it.
    rows.push({ line: lastLine + 1, problem: { code: 'bad_csv', message: plainReason(error) } })
  } finally {
    parser.destroy()
    await iterator.return?.()
  }
  if (rows.length > 0) yield rows

  async function feed(): Promise<void> {
    const write = async (part: Uint8Array) => {
      signal.throwIfAborted()
      if (!parser.write(part)) await drained(parser)
    }
    if (start.length > 0) await write(start)
    while (!ended && !parser.destroyed && !givenUp) {
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
    else value[field] = { ...(value[field] as object | undefined), [inner]: TEXTS.has(field) ? cell : typed(cell) }
  }
  return { line, value: { text: '', ...value } }
}

/** Numbers and truth values as such; `007` and `1e5` stay texts, since somebody meant them so. */
function typed(cell: string): string | number | boolean {
  const text = cell.trim()
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text)) return Number(text)
  return text === 'true' ? true : text === 'false' ? false : text
}

/** Until the parser takes more, or nothing any more. */
function drained(parser: Parser): Promise<void> {
  return new Promise((done) => {
    const go = () => {
      parser.off('drain', go).off('close', go)
      done()
    }
    parser.once('drain', go).once('close', go)
  })
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && /^CSV_/.test((error as { code?: string }).code ?? '')
}

function lineBreaksIn(record: Record<string, string>): number {
  return Object.values(record).reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
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
