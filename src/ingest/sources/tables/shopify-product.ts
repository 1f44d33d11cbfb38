import { decimalText, type Money } from '#domain/money.ts'
import type { Reading } from '../reading.ts'
import { currencyOf } from './fields.ts'
import { priceOf } from './price.ts'

type Cells = Map<string, string>
type Variant = { options: string[]; sku?: string; barcode?: string; price: Money | null; stock: boolean | null }

const OPTIONS = [1, 2, 3]
/** A product without options has one variant, which Shopify calls so. */
const NO_OPTION = 'Default Title'
/** Attributes a shop added to its products stand in columns of their own, such as `Material (product.metafields.custom.material)`. */
export const METAFIELD = /^(.{1,150}) \(product\.metafields\.[^)]{1,200}\)$/
const MOST_ALIASES = 100
const LONGEST_ATTRIBUTE = 1_000

/**
 * A product of a Shopify export as the row of a document: the description with a table of its variants behind, the lowest
 * variant's price, whether any variant can be had, options, tags and weight as attributes, SKUs and barcodes as aliases.
 * `rows` are its records, at least one. A price that cannot be read stands in the row as it came.
 */
export function shopifyProduct(handle: string, rows: Cells[], reading: Reading): Record<string, unknown> {
  const first = (name: string) => rows.find((cells) => cells.has(name))?.get(name)
  const names = OPTIONS.map((at) => first(`option${at} name`))
  const variants = rows.filter(isVariant).map((cells) => variantOf(cells, reading))
  const prices = variants.flatMap(({ price }) => price ?? []).sort((left, right) => left.amount - right.amount)
  const unreadable = currencyOf(reading) ? rows.find((cells) => isUnreadable(cells, reading))?.get('price') : undefined
  const image = first('product image url')
  const alt = rows.find((cells) => cells.has('product image url'))?.get('image alt text')
  const [only] = variants.length === 1 ? variants : []
  const aliases = variants
    .flatMap(({ sku, barcode }) => [sku, barcode?.replace(/^'/, '')])
    .filter((one) => one !== undefined)
  const brand = first('vendor')
  const category = first('type') ?? first('category')?.split('>').at(-1)?.trim()
  return {
    id: `products/${handle}`,
    kind: 'product',
    title: first('title') ?? null,
    text: textOf(first('description') ?? '', names, variants),
    ...(reading.site ? { url: `${reading.site}/products/${encodeURIComponent(handle)}` } : {}),
    ...(only?.sku ? { sku: only.sku } : {}),
    ...(category ? { category } : {}),
    ...(brand ? { scope: { brand } } : {}),
    attributes: attributesOf(first, names, variants, rows),
    ...(unreadable === undefined ? (prices[0] ? { price: prices[0] } : {}) : { price: unreadable }),
    ...availabilityOf(variants),
    ...(image ? { image: { url: image, ...(alt ? { alt: alt.slice(0, 500) } : {}) } } : {}),
    ...(aliases.length > 0 ? { aliases: [...new Set(aliases)].slice(0, MOST_ALIASES) } : {}),
  }
}

/** A record with nothing but a picture is no variant. */
function isVariant(cells: Cells): boolean {
  return cells.has('option1 value') || cells.has('price') || cells.has('sku')
}

function isUnreadable(cells: Cells, reading: Reading): boolean {
  const text = cells.get('price')
  return text !== undefined && priceOf(text, currencyOf(reading)) === null
}

function variantOf(cells: Cells, reading: Reading): Variant {
  const sku = cells.get('sku')
  const barcode = cells.get('barcode')
  const price = cells.get('price')
  return {
    options: OPTIONS.map((at) => cells.get(`option${at} value`) ?? ''),
    ...(sku ? { sku } : {}),
    ...(barcode ? { barcode } : {}),
    price: price === undefined ? null : priceOf(price, currencyOf(reading)),
    stock: stockOf(cells),
  }
}

/** Null where the shop does not count. `continue` and `true`: it sells on when nothing is left. */
function stockOf(cells: Cells): boolean | null {
  const quantity = cells.get('inventory quantity')
  if (/^(continue|true)$/i.test(cells.get('continue selling when out of stock') ?? '')) return true
  if (quantity === undefined || !cells.has('inventory tracker')) return null
  return Number(quantity) > 0
}

function availabilityOf(variants: Variant[]): { availability?: string } {
  const counted = variants.filter(({ stock }) => stock !== null)
  if (counted.length === 0) return {}
  return { availability: variants.some(({ stock }) => stock !== false) ? 'in_stock' : 'out_of_stock' }
}

function attributesOf(
  first: (name: string) => string | undefined,
  names: (string | undefined)[],
  variants: Variant[],
  rows: Cells[],
): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  names.forEach((name, at) => {
    const values = [...new Set(variants.map(({ options }) => options[at] ?? '').filter(Boolean))]
    if (name && values.length > 0 && values[0] !== NO_OPTION)
      attributes[name] = values.join(', ').slice(0, LONGEST_ATTRIBUTE)
  })
  for (const [column, cell] of rows[0] ?? []) {
    const [, name] = METAFIELD.exec(column) ?? []
    if (name) attributes[name] = cell.slice(0, LONGEST_ATTRIBUTE)
  }
  const tags = first('tags')
  if (tags) attributes.Tags = tags.slice(0, LONGEST_ATTRIBUTE)
  const weights = new Set(rows.filter(isVariant).map((cells) => Number(cells.get('weight value (grams)') ?? 0)))
  const [grams = 0] = weights
  if (weights.size === 1 && grams > 0) attributes.Weight = { value: grams, unit: 'g' }
  return attributes
}

/** Always HTML, as the description is: what stands behind it must not be read as something else. */
function textOf(description: string, names: (string | undefined)[], variants: Variant[]): string {
  const body = /<[a-z!/]/i.test(description) || !description ? description : `<p>${escaped(description)}</p>`
  if (variants.length < 2) return body
  const header = [...names.filter((name) => name !== undefined), 'SKU', 'Price', 'Availability']
  const rows = variants.map(({ options, sku, price, stock }) => [
    ...names.flatMap((name, at) => (name === undefined ? [] : (options[at] ?? ''))),
    sku ?? '',
    price ? `${decimalText(price)} ${price.currency}` : '',
    stock === null ? '' : stock ? 'in stock' : 'sold out',
  ])
  const used = header.map((_name, at) => rows.some((row) => row[at]))
  const line = (cells: string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell, at) => (used[at] ? `<${tag}>${escaped(cell)}</${tag}>` : '')).join('')}</tr>`
  return `${body}\n<table>${line(header, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
