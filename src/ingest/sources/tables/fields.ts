import type { Reading } from '../reading.ts'
import { priceOf } from './price.ts'

/** Fields whose parts are texts, whatever they look like. */
const TEXTS = new Set(['scope', 'image'])

/** Reading a file for which its sender said nothing. */
export const PLAIN: Reading = { mapping: null }

/** The currency of prices that name none. */
export function currencyOf({ currency, mapping }: Reading): string | undefined {
  const constant = mapping?.constants['price.currency']
  return currency ?? (typeof constant === 'string' ? constant : undefined)
}

/**
 * Puts a cell into a row under the name of a document's field, dotted where it is a part of one. A second text follows the first,
 * further aliases join the others, of any other field the first counts. A price that cannot be read stays as it is, by which
 * the row is rejected.
 */
export function setField(
  row: Record<string, unknown>,
  name: string,
  cell: string | number | boolean,
  reading: Reading,
) {
  const [field = '', ...rest] = name.split('.')
  const inner = rest.join('.')
  if (inner) {
    const parts = (row[field] ?? {}) as Record<string, unknown>
    if (typeof parts === 'object' && !(inner in parts))
      row[field] = { ...parts, [inner]: TEXTS.has(field) ? String(cell) : typed(cell) }
  } else if (field === 'aliases') {
    const found = String(cell)
      .split('|')
      .map((alias) => alias.trim())
      .filter(Boolean)
    row[field] = [...((row[field] as string[] | undefined) ?? []), ...found]
  } else if (field === 'text') row[field] = row[field] ? `${row[field]}\n\n${cell}` : String(cell)
  else if (field === 'price')
    row[field] ??= priceOf(String(cell), currencyOf(reading), reading.mapping?.decimal) ?? String(cell)
  else row[field] ??= String(cell)
}

/** Fills in what the mapping says of all rows, and what stands before their ids. Changes the row. */
export function complete(row: Record<string, unknown>, reading: Reading): Record<string, unknown> {
  const { constants = {}, idPrefix } = reading.mapping ?? {}
  for (const [field, value] of Object.entries(constants)) {
    // A currency without an amount is no price.
    if (field === 'price.currency' && row.price === undefined) continue
    if (field === 'text' && row.text) continue
    setField(row, field, value, reading)
  }
  if (reading.currency && row.price !== undefined) setField(row, 'price.currency', reading.currency, reading)
  if (idPrefix && typeof row.id === 'string') row.id = idPrefix + row.id
  return row
}

/** Numbers and truth values as such; `007` and `1e5` stay texts, since somebody meant them so. */
function typed(cell: string | number | boolean): string | number | boolean {
  if (typeof cell !== 'string') return cell
  const text = cell.trim()
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text)) return Number(text)
  return text === 'true' ? true : text === 'false' ? false : text
}
