import type { SourceRow } from '../source-row.ts'

/** A record as it stands in the file. */
export type TableRecord = { line: number; raw: Buffer; cells: string[] }

/**
 * Makes rows of the records of a table whose header it knows. A document may need several records; `end` gives the last, with
 * whether the file ends too early. `broken` takes a record that cannot be read, and what its cells seem to be: the document it is
 * of must neither be taken for gone nor for whole.
 */
export type TableReader = {
  record(record: TableRecord): SourceRow[]
  broken(row: SourceRow, cells: string[]): SourceRow[]
  end(isCutOff: boolean): SourceRow[]
}
