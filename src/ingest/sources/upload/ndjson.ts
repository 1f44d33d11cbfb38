import { isUtf8 } from 'node:buffer'
import { tryReadJson } from '#domain/foreign-json.ts'
import { cutOff, LONGEST_ROW, notUtf8, type SourceRow, tooLong } from '../source-row.ts'
import { type ByteLine, byteLines } from './byte-lines.ts'

/** Enough to tell which document a broken row was, so that it is not taken for gone. An id within something else is not its own. */
const ID = /^\s*\{[^[{]{0,2000}?"id"\s*:\s*"([^"\\]{1,300})"/

/**
 * Rows of newline-delimited JSON (UTF-8, with or without a byte order mark, any line ending); blank lines are no rows.
 * A row that cannot be read is a problem of its own and stops nothing; `idPrefix` stands before the id it seems to have. Throws
 * what `body` throws.
 */
export async function* ndjsonRows(
  body: AsyncIterable<Uint8Array>,
  idPrefix: string,
  signal: AbortSignal,
): AsyncGenerator<SourceRow[]> {
  for await (const lines of byteLines(body, LONGEST_ROW, signal))
    yield lines.flatMap((line) => readLine(line, idPrefix) ?? [])
}

function readLine({ line, bytes: raw, ended }: ByteLine, idPrefix: string): SourceRow | null {
  if (raw === null) return tooLong(line)
  if (!isUtf8(raw)) return notUtf8(line, raw)
  const text = raw.toString('utf8').replace(/^\ufeff/, '')
  if (text.trim() === '') return null
  const value = tryReadJson(text)
  if (value !== undefined) return { line, raw, value }
  if (!ended) return cutOff(line, raw)
  const id = ID.exec(text)?.[1]
  const problem = { code: 'bad_json', message: 'The row is not JSON. Each line holds one whole object.' }
  return { line, raw, ...(id ? { id: idPrefix + id } : {}), problem }
}
