import type { AttributeValue, ShopDocument } from '../../src/domain/document.ts'
import { seeded } from './seeded.ts'
import type { AttributeCell, Category, ProductLine, Shop, Variant } from './tables.ts'

const DAY = 86_400_000
const UNITS = 'h|min|g|kg|mm|cm|m|l|ml|W|Wh|mAh|lm|K|lux|dB|ohm|bar|°C|km|Nm|GB|HRC|inch|rpm|m²|g/m²|g/min'
const MEASURE = new RegExp(`^(-?\\d+(?:\\.\\d+)?) (${UNITS})$`)
// A shop's texts were written by several people over years, so their headings differ.
const BOX = ['In the box', 'What you get', 'Contents', 'Supplied with', 'In the carton']
const CARE = ['Care', 'Looking after it', 'Cleaning and care', 'Care advice']

/** One product as it is sold: a line, and its variant where it has several. */
export type Item = {
  id: string
  sku: string
  title: string
  category: string
  line: ProductLine
  variant?: Variant
  attributes: Record<string, AttributeValue>
  /** Cents. */
  price: number
}

/** Every item of the catalog, in the order of the tables. */
export function items(tables: Category[]): Item[] {
  return tables.flatMap(({ category, lines }) =>
    lines.flatMap((line) => (line.variants ?? [undefined]).map((variant) => item(category, line, variant))),
  )
}

/** The document a shop would send for an item. */
export function productDocument(item: Item, shop: Shop): ShopDocument {
  const chance = seeded(`product ${item.id}`)
  const { line, variant } = item
  const path = item.id.slice('product/'.length)
  return {
    id: item.id as ShopDocument['id'],
    kind: 'product',
    title: item.title,
    text: description(item),
    url: `${shop.origin}/p/${path}`,
    updatedAt: new Date(
      Date.parse(shop.epoch) - chance.between(1, 260) * DAY - chance.between(0, 600) * 60_000,
    ).toISOString(),
    sku: item.sku,
    category: item.category,
    attributes: item.attributes,
    price: { amount: item.price, currency: shop.currency } as ShopDocument['price'],
    availability: availability(chance.next()),
    image: { url: `${shop.origin}/images/${path}.svg`, alt: imageText(item) },
    aliases: variant ? line.also.map((alias) => `${alias} ${variant.name}`) : line.also,
  }
}

/** What the picture shows: the thing, its variant, and the colour it is drawn in. */
function imageText({ line, variant, attributes }: Item): string {
  const colours = typeof attributes.colours === 'string' ? attributes.colours : ''
  const colour = colours.split(',')[0]?.trim() ?? ''
  const named = variant && variant.name.toLowerCase() !== colour.toLowerCase() ? `, ${variant.name}` : ''
  const text = `${line.name}${named}${colour ? ` in ${colour}` : ''}`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `38 h` becomes a value with its unit; everything else stays as written. */
export function attributeValue(cell: AttributeCell): AttributeValue {
  const measure = typeof cell === 'string' ? MEASURE.exec(cell) : null
  return measure ? { value: Number(measure[1]), unit: measure[2] as string } : cell
}

function item(category: string, line: ProductLine, variant: Variant | undefined): Item {
  const price = variant?.price ?? line.price
  if (price === undefined) throw new Error(`${line.key}: no price`)
  const cells = { brand: line.brand, ...line.attrs, ...variant?.attrs }
  return {
    id: `product/${line.key}${variant ? `-${slug(variant.name)}` : ''}`,
    sku: variant ? `${line.sku}-${variant.sku}` : line.sku,
    title: `${line.brand} ${line.name}${variant ? `, ${variant.name}` : ''}`,
    category,
    line,
    ...(variant ? { variant } : {}),
    attributes: Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, attributeValue(cell)])),
    price: Math.round(price * 100),
  }
}

function description({ id, line, variant }: Item): string {
  const chance = seeded(`text ${id}`)
  const cells: Record<string, AttributeCell> = { ...line.attrs, ...variant?.attrs }
  const paragraphs = line.text
    .trim()
    .replace(/\{([a-z -]+)\}/g, (_place, name: string) => {
      const cell = cells[name]
      if (cell === undefined) throw new Error(`${id}: no attribute ${name}`)
      return String(cell)
    })
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
  if (variant)
    paragraphs.splice(
      chance.between(0, 1) === 0 ? 1 : paragraphs.length,
      0,
      `**${sentenceStart(variant.name)}:** ${variant.note}`,
    )
  if (line.box) paragraphs.push(`**${chance.pick(BOX)}:** ${line.box}.`)
  if (line.care) paragraphs.push(`**${chance.pick(CARE)}:** ${line.care}`)
  return paragraphs.join('\n\n')
}

function availability(share: number): string {
  if (share < 0.82) return 'in_stock'
  if (share < 0.9) return 'low_stock'
  return share < 0.97 ? 'out_of_stock' : 'preorder'
}

const sentenceStart = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/\+(?=\d)/g, 'plus ')
    .replace(/(^|\s)-(?=\d)/g, '$1minus ')
    .replace(/['’]/g, '')
    .replace(/×/g, 'x')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
