/** A row as a source gives it, with its line (from 1): something to be read as a document, or what was wrong already. */
export type SourceRow = { line: number; value: unknown } | { line: number; problem: { code: string; message: string } }

/** Bytes of one row; a document's text may have a million characters. */
export const LONGEST_ROW = 4 * 1024 * 1024

/** The row that is too long to be read. */
export function tooLong(line: number): SourceRow {
  return {
    line,
    problem: { code: 'row_too_long', message: `The row is longer than ${LONGEST_ROW / 1024 / 1024} MiB.` },
  }
}
