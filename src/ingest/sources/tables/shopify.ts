import type { Reading } from '../reading.ts'
import { cutOff, LONGEST_ROW, type SourceRow } from '../source-row.ts'
import { complete, currencyOf } from './fields.ts'
import { idIn } from './named-columns.ts'
import { METAFIELD, shopifyProduct } from './shopify-product.ts'
import type { TableReader, TableRecord } from './table-reader.ts'

type Cells = Map<string, string>
/** A product's records so far, as they stand in the file and read, and those that cannot be read. */
type Group = { handle: string; line: number; raws: Buffer[]; bytes: number; rows: Cells[]; broken: SourceRow[] }

/** Shopify allows 2,048 variants and 250 pictures. Source: Shopify's help, "Product variants", "Product media". */
const MOST_ROWS = 5_000
/** Columns by the names of the present export; the older one's names for them. Source: Shopify's help, "Using CSV files". */
const OLDER_NAMES: Record<string, string> = {
  handle: 'url handle',
  'body (html)': 'description',
  'product category': 'category',
  'standard product type': 'category',
  'standardized product type': 'category',
  'custom product type': 'type',
  'product type': 'type',
  published: 'published on online store',
  'variant sku': 'sku',
  'variant barcode': 'barcode',
  'variant price': 'price',
  'variant compare at price': 'compare-at price',
  'variant inventory qty': 'inventory quantity',
  'variant inventory tracker': 'inventory tracker',
  'variant inventory policy': 'continue selling when out of stock',
  'variant grams': 'weight value (grams)',
  'image src': 'product image url',
}

/** Whether the header is that of a Shopify product export, present or older. */
export function shopifyColumns(header: string[]): boolean {
  const names = new Set(header.map(nameOf))
  return names.has('url handle') && names.has('title') && (names.has('description') || names.has('option1 name'))
}

/**
 * Products of a Shopify export: a product's records, one for each variant and picture, follow one another and make one document.
 * Prices count in the currency the sender names; without one they are left out, and a note says so.
 */
export function shopifyTable(header: string[], reading: Reading): TableReader {
  const names = header.map(nameOf)
  const prefix = `${reading.mapping?.idPrefix ?? ''}products/`
  let group: Group | null = null
  let currencyTold = currencyOf(reading) !== undefined

  function finish(isCutOff = false): SourceRow[] {
    if (!group) return []
    const { handle, line, raws, bytes, rows, broken } = group
    group = null
    if (bytes > LONGEST_ROW || raws.length > MOST_ROWS) {
      const message = `The product has over ${MOST_ROWS} rows, or over ${LONGEST_ROW / 1024 / 1024} MiB.`
      return [{ line, id: prefix + handle, problem: { code: 'row_too_long', message } }]
    }
    const raw = Buffer.concat(raws.flatMap((one) => [one, LF]).slice(0, -1))
    if (isCutOff && broken.length === 0) broken.push(cutOff(line, raw))
    // Without one of its variants it would be stored as what it is not; corrected, all its rows are needed again.
    if (broken.length > 0) return broken.map((row, at) => leftOut(row, prefix + handle, at === 0 ? raw : null))
    const status = statusOf(rows)
    if (status !== null) {
      const message = `${handle} is ${status} in the shop, so it was left out.`
      return [{ line, note: { code: 'not_published', message, value: handle } }]
    }
    const value = complete(shopifyProduct(handle, rows, reading), reading)
    const row: SourceRow = { line, raw, columns: COLUMNS, value }
    if (currencyTold || !rows.some((cells) => cells.has('price'))) return [row]
    currencyTold = true
    return [noCurrency(line), row]
  }

  return {
    record({ line, raw, cells }: TableRecord) {
      const row: Cells = new Map(
        cells.flatMap((cell, at) => (cell.trim() && names[at] ? [[names[at], cell.trim()] as const] : [])),
      )
      const handle = row.get('url handle')
      if (!handle) {
        const problem = { code: 'missing_field', message: 'Handle: Missing', field: 'id' }
        return [...finish(), { line, raw, problem }]
      }
      const ready = begin(handle, line)
      add(raw, row)
      return ready
    },
    broken(row, cells) {
      const handle = idIn(cells, names.indexOf('url handle'))
      if (handle === undefined || !row.raw) return [row]
      const ready = begin(handle, row.line)
      add(Buffer.from(row.raw), null)
      group?.broken.push(row)
      return ready
    },
    end: finish,
  }

  /** Gives the product before, if this row is of another one. */
  function begin(handle: string, line: number): SourceRow[] {
    const ready = group && group.handle !== handle ? finish() : []
    group ??= { handle, line, raws: [], bytes: 0, rows: [], broken: [] }
    return ready
  }

  function add(raw: Buffer, row: Cells | null): void {
    if (!group) return
    group.bytes += raw.length
    // Over the limit it is only counted.
    if (group.bytes > LONGEST_ROW || group.raws.length > MOST_ROWS) return
    group.raws.push(raw)
    if (row) group.rows.push(row)
  }
}

function leftOut(row: SourceRow, id: string, raw: Buffer | null): SourceRow {
  const { raw: _own, ...rest } = row
  if (!('problem' in rest)) return row
  const message = `${rest.problem.message} The product was left out with all its rows.`
  return { ...rest, id, ...(raw ? { raw } : {}), problem: { ...rest.problem, message } }
}

const LF = Buffer.from('\n')
const COLUMNS = new Map([
  ['id', 'Handle'],
  ['text', 'Body (HTML)'],
  ['title', 'Title'],
  ['price', 'Variant Price'],
  ['sku', 'Variant SKU'],
  ['image.url', 'Image Src'],
  ['image.alt', 'Image Alt Text'],
])

function nameOf(column: string): string {
  if (METAFIELD.test(column.trim())) return column.trim()
  const name = column.trim().toLowerCase()
  return OLDER_NAMES[name] ?? name.replace(/^variant (image|weight unit)$/, '$1')
}

/** Why shoppers do not see the product; null when they do. */
function statusOf(rows: Cells[]): string | null {
  const value = (name: string) =>
    rows
      .find((cells) => cells.has(name))
      ?.get(name)
      ?.toLowerCase()
  const status = value('status')
  if (status === 'draft' || status === 'archived') return status
  return value('published on online store') === 'false' ? 'not published' : null
}

function noCurrency(line: number): SourceRow {
  const message =
    'The file names no currency, so prices were left out. Say which one it is (currency=EUR, --currency EUR).'
  return { line, note: { code: 'no_currency', message, field: 'price' } }
}
