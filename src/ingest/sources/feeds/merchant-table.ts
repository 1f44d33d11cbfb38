import type { Reading } from '../reading.ts'
import { idIn, withId } from '../tables/named-columns.ts'
import type { TableReader } from '../tables/table-reader.ts'
import { merchantItem } from './merchant-item.ts'

/** Whether the header is that of a Google Merchant feed: tab-separated, but some export it with commas. */
export function merchantColumns(header: string[]): boolean {
  const names = new Set(header.map(nameOf))
  return ['id', 'title', 'link'].every((name) => names.has(name)) && !names.has('kind')
}

/** An item a record. Several values of one attribute are separated by commas, as Google has them. */
export function merchantTable(header: string[], reading: Reading): TableReader {
  const names = header.map(nameOf)
  const columns = new Map([
    ['text', 'description'],
    ['url', 'link'],
    ['image.url', 'image_link'],
    ['validUntil', 'expiration_date'],
    ['scope.brand', 'brand'],
  ])
  return {
    record({ line, raw, cells }) {
      const item = cells.flatMap((cell, at) => (names[at] ? [{ name: names[at], text: cell.trim() }] : []))
      return [{ line, raw, columns, value: merchantItem(item, reading) }]
    },
    end: () => [],
    broken: (row, cells) => [withId(row, idIn(cells, names.indexOf('id'), reading.mapping?.idPrefix))],
  }
}

function nameOf(column: string): string {
  return column.trim().toLowerCase().replace(/^g:/, '').replaceAll(' ', '_')
}
