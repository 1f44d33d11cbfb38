import { tryReadJson } from '#domain/foreign-json.ts'
import { type ByteLine, byteLines } from './byte-lines.ts'
import { LONGEST_ROW, type SourceRow, tooLong } from './source-row.ts'

/**
 * Rows of newline-delimited JSON (UTF-8, with or without a byte order mark, any line ending); blank lines are no rows.
 * A row that cannot be read is a problem of its own and stops nothing. Throws what `body` throws.
 */
export async function* ndjsonRows(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<SourceRow[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const lines of byteLines(body, LONGEST_ROW, signal))
    yield lines.flatMap((line) => readLine(line, decoder) ?? [])
}

function readLine({ line, bytes, ended }: ByteLine, decoder: TextDecoder): SourceRow | null {
  if (bytes === null) return tooLong(line)
  const text = decode(bytes, decoder)
  if (text === null) return { line, problem: { code: 'bad_encoding', message: 'The row is not UTF-8.' } }
  if (text.trim() === '') return null
  const value = tryReadJson(text)
  if (value !== undefined) return { line, value }
  if (!ended) return { line, problem: { code: 'cut_off_row', message: 'The file ends in the middle of this row.' } }
  return { line, problem: { code: 'bad_json', message: 'The row is not JSON. Each line holds one whole object.' } }
}

function decode(bytes: Buffer, decoder: TextDecoder): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
