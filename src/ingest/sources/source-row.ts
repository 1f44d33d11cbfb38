/** What is wrong with a row, or worth saying of it: `field` is the document's field it is about. */
export type SourceProblem = { code: string; message: string; field?: string; value?: string }

/**
 * A row as a source gives it, with its line (from 1): something to be read as a document, what was wrong already, or a note
 * that rejects nothing. `raw` is what was sent, to be given back when the row is rejected; `columns` says which column of the
 * file a field was filled from, where the names differ. `cutOff`: the file ends here although it has more.
 */
export type SourceRow = { line: number; raw?: Uint8Array; columns?: ReadonlyMap<string, string>; cutOff?: true } & (
  | { value: unknown }
  | { problem: SourceProblem; id?: string }
  | { note: SourceProblem }
)

/** What stands around the rows of a file, so that some of them make a file of the same kind again. */
export type Frame = { mediaType: string; head: Uint8Array; tail: Uint8Array }

/** Bytes of one row; a document's text may have a million characters. */
export const LONGEST_ROW = 4 * 1024 * 1024

/** The row that is too long to be read, or to be given back. */
export function tooLong(line: number): SourceRow {
  return {
    line,
    problem: { code: 'row_too_long', message: `The row is longer than ${LONGEST_ROW / 1024 / 1024} MiB.` },
  }
}

/** The file ends in the middle of this row. */
export function cutOff(line: number, raw: Uint8Array): SourceRow {
  return {
    line,
    raw,
    cutOff: true,
    problem: { code: 'cut_off_row', message: 'The file ends in the middle of this row.' },
  }
}

const AROUND_BYTES = 20

/** The row in another encoding, with what stands where that shows: Windows-1252 is what it is as a rule. */
export function notUtf8(line: number, raw: Uint8Array): SourceRow {
  const text = Buffer.from(raw).toString('utf8')
  const at = Buffer.byteLength(text.slice(0, text.indexOf('\ufffd')))
  const around = raw.subarray(Math.max(0, at - AROUND_BYTES), at + AROUND_BYTES)
  const value = new TextDecoder('windows-1252').decode(around)
  const message = `The row is not UTF-8, which shows here: “${value}”.`
  return { line, raw, problem: { code: 'bad_encoding', message, value } }
}
