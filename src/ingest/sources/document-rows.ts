import { csvRows } from './csv.ts'
import { markdownRow } from './markdown-file.ts'
import { ndjsonRows } from './ndjson.ts'
import { LONGEST_ROW, type SourceRow, tooLong } from './source-row.ts'

/** The rows of an uploaded file, some at a time, at the pace they are taken. Throws what `body` throws and the signal's reason. */
export function documentRows(
  format: 'ndjson' | 'csv' | 'markdown',
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncIterable<SourceRow[]> {
  if (format === 'csv') return csvRows(body, signal)
  return format === 'markdown' ? markdownRows(body, signal) : ndjsonRows(body, signal)
}

/** One file is one row. */
async function* markdownRows(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<SourceRow[]> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    signal.throwIfAborted()
    length += part.length
    if (length > LONGEST_ROW) {
      yield [tooLong(1)]
      return
    }
    parts.push(Uint8Array.from(part))
  }
  const text = Buffer.concat(parts).toString('utf8')
  // A file that comes without its name has to say its id itself.
  if (text.trim() !== '') yield [{ line: 1, value: markdownRow(text, '') }]
}
