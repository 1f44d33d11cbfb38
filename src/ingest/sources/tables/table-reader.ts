import type { SourceRow } from '../source-row.ts'

/** A record as it stands in the file. */
export type TableRecord = { line: number; raw: Buffer; cells: string[] }

/**
 * Makes rows of the records of a table whose header it knows. A document may need several records; `end` gives the last.
 * `idOf` is the document a broken record seems to be, so that it is not taken for gone.
 */
export type TableReader = {
  record(record: TableRecord): SourceRow[]
  end(): SourceRow[]
  idOf(cells: string[]): string | undefined
}
