import type { Reading } from '../reading.ts'
import type { SourceRow } from '../source-row.ts'
import { complete, setField } from './fields.ts'
import type { TableReader } from './table-reader.ts'

/** A record is a document; its columns are named as the document's fields, or translated by the mapping. */
export function namedColumns(header: string[], reading: Reading): TableReader | { unusable: string } {
  const { mapping } = reading
  const missing = Object.keys(mapping?.columns ?? {}).filter((column) => !header.includes(column))
  if (missing.length > 0)
    return { unusable: `The mapping names columns the file does not have: ${missing.join(', ')}.` }
  const leftOut: string[] = []
  const fields = header.map((column) => {
    const known = mapping?.columns[column]
    if (known !== undefined || column === '') return known ?? ''
    if (!mapping || OWN.test(column)) return column
    if (mapping.others === 'attributes') return `attributes.${column}`
    leftOut.push(column)
    return ''
  })
  if (mapping?.others === 'refuse' && leftOut.length > 0)
    return { unusable: `The mapping says nothing of the columns ${leftOut.join(', ')}, and \`others\` is refuse.` }
  if (!fields.includes('id') && mapping?.constants.id === undefined)
    return {
      unusable: 'The first line has to name the fields, `id` among them, or a mapping has to say which column it is.',
    }
  const columns = new Map(
    fields.flatMap((field, at) => (field && field !== header[at] ? [[field, header[at] ?? '']] : [])),
  )
  let told = leftOut.length === 0
  return {
    record({ line, raw, cells }) {
      const value: Record<string, unknown> = {}
      cells.forEach((cell, at) => {
        const field = fields[at]
        // Spaces around an id would make another document of it.
        if (field && cell.trim() !== '') setField(value, field, field === 'text' ? cell : cell.trim(), reading)
      })
      const row: SourceRow = { line, raw, columns, value: { text: '', ...complete(value, reading) } }
      if (told) return [row]
      told = true
      return [leftOutNote(leftOut), row]
    },
    end: () => [],
    broken: (row, cells) => [withId(row, idIn(cells, fields.indexOf('id'), mapping?.idPrefix))],
  }
}

/** What stands in the column of the ids, as far as that can be told. */
export function idIn(cells: string[], column: number, prefix = ''): string | undefined {
  const id = cells[column]?.replaceAll('"', '').trim()
  return id && id.length <= 300 ? prefix + id : undefined
}

/** A broken record with the document it seems to be. */
export function withId(row: SourceRow, id: string | undefined): SourceRow {
  return id === undefined ? row : { ...row, id }
}

const OWN =
  /^(id|kind|title|text|url|locale|updatedAt|validFrom|validUntil|audience|sku|category|availability|aliases|price|price\..+|image\..+|scope\..+|attributes\..+)$/

function leftOutNote(columns: string[]): SourceRow {
  const message = `The mapping says nothing of these columns, so they were left out: ${columns.join(', ')}.`
  return { line: 1, note: { code: 'columns_left_out', message } }
}
