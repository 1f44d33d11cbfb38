import { hashOf, type Seeded, seeded } from '../../demo/generator/seeded.ts'
import type { AttributeValue, ShopDocument } from '../../src/domain/document.ts'
import { attributesOf, COLOURS } from './attributes.ts'
import { inventedName, zipf } from './invented-words.ts'
import { type Line, wordingOf } from './lines.ts'
import { description } from './prose.ts'

const BRANDS = 1_500
/** Makers a category has; the first of them make most of it. */
const BRANDS_OF_CATEGORY = 60
const SERIES = 6_000
/** Share of products that are another colour of the one before: what near duplicates a shop has. */
export const SIBLING_SHARE = 0.05
export const CHANGED_SHARE = 0.01
const EPOCH = Date.UTC(2026, 10, 1)
const DAY_MS = 86_400_000

/** A product with what it was made of, from which judgements follow. Siblings (colours of one product) share `family`. */
export type CatalogRow = {
  number: number
  family: number
  type: string
  brand: string
  /** The name without brand and type: "Drift 240". */
  model: string
  colour: string
  document: ShopDocument
}
export type CatalogOptions = { seed: string; size: number; listings: readonly ShopDocument[] }

/**
 * Distinct, plausible products: the demo shop's tables, and the wording of real listings where given, multiplied with invented
 * makers, names and values. The same options give the same bytes, and a larger catalog begins with the smaller one. Made one by
 * one; besides the tables only the titles' hashes are kept.
 */
export function* catalogRows({ seed, size, listings }: CatalogOptions): Generator<CatalogRow> {
  const wording = wordingOf(listings)
  const titles = new Set<number>()
  let before: CatalogRow | null = null
  for (let number = 0; number < size; number += 1) {
    const chance = seeded(`${seed} product ${number}`)
    const isSibling = before !== null && before.family === before.number && chance.chance(SIBLING_SHARE)
    const row: CatalogRow = before && isSibling ? sibling(before, number, chance) : fresh(number, chance)
    before = row
    yield row
  }

  function fresh(number: number, chance: Seeded): CatalogRow {
    const line = chance.pick(wording.lines)
    const colour = chance.pick(COLOURS)
    const place = zipf(BRANDS_OF_CATEGORY, chance)
    const brand = inventedName('brand', (hashOf(line.category) + place * 7_919) % BRANDS)
    const attributes: Record<string, AttributeValue> = { brand, ...attributesOf(line, colour, chance) }
    const named = chance.chance(0.4)
      ? inventedName('series', zipf(SERIES, chance))
      : inventedName('series', chance.between(0, SERIES - 1))
    const numbered = chance.chance(0.35) ? ` ${chance.pick(['', '', 'X', 'S', 'K'])}${chance.between(1, 99) * 10}` : ''
    const style = line.styles.length ? ` ${chance.pick(line.styles)}` : ''
    const name = (model: string) => `${brand} ${model}${style} ${line.type}`
    let model = `${named}${numbered}`
    // Two of one name would be one product to any shopper.
    for (let mark = 2; !isNew(name(model), titles); mark += 1) model = `${named}${numbered} ${mark}`
    return {
      number,
      family: number,
      type: line.type,
      brand,
      model,
      colour,
      document: {
        ...dated(number, chance),
        title: name(model),
        text: description(line, `${model} ${line.type}`, attributes, wording, chance),
        sku: `${line.code}-${named.slice(0, 4).toUpperCase()}-${String(number * 7 + 1_013).padStart(5, '0')}`,
        category: line.category,
        attributes,
        price: price(line, chance),
      },
    }
  }
}

/** The catalog's documents as a shop's export; `revision` 1 is the same with about 1 % of its products changed. */
export function* catalogDocuments(options: CatalogOptions, revision: 0 | 1): Generator<ShopDocument> {
  for (const row of catalogRows(options))
    yield revision === 1 && isChanged(options.seed, row) ? changed(options.seed, row) : row.document
}

/** The products that revision 1 changes, as they are then. */
export function* changedDocuments(options: CatalogOptions): Generator<ShopDocument> {
  for (const row of catalogRows(options)) if (isChanged(options.seed, row)) yield changed(options.seed, row)
}

/** Whether revision 1 has another price and another sentence for it. */
export function isChanged(seed: string, { number }: CatalogRow): boolean {
  return seeded(`${seed} change ${number}`).chance(CHANGED_SHARE)
}

function changed(seed: string, { document, number }: CatalogRow): ShopDocument {
  const chance = seeded(`${seed} changed ${number}`)
  const { price } = document
  const note = `Revised edition of ${inventedName('revision', number)} with a ${chance.pick(['new', 'stronger', 'longer', 'wider'])} ${chance.pick(['handle', 'cord', 'cover', 'base'])}.`
  return {
    ...document,
    text: `${document.text}\n\n${note}`,
    updatedAt: new Date(EPOCH + DAY_MS).toISOString(),
    ...(price ? { price: { ...price, amount: price.amount + 100 * chance.between(1, 20) } as typeof price } : {}),
  }
}

function sibling(before: CatalogRow, number: number, chance: Seeded): CatalogRow {
  const others = COLOURS.filter((one) => one !== before.colour)
  const colour = chance.pick(others)
  const { document } = before
  return {
    ...before,
    number,
    colour,
    document: {
      ...document,
      ...dated(number, chance),
      title: `${document.title}, ${colour}`,
      sku: `${document.sku}-${colour.slice(0, 3).toUpperCase()}`,
      attributes: { ...document.attributes, colours: colour },
    },
  }
}

function dated(
  number: number,
  chance: Seeded,
): Pick<ShopDocument, 'id' | 'kind' | 'url' | 'updatedAt' | 'availability'> {
  const name = String(number).padStart(6, '0')
  return {
    id: `product/p${name}` as ShopDocument['id'],
    kind: 'product',
    url: `https://shop.example/p/${name}`,
    updatedAt: new Date(EPOCH - chance.between(0, 400) * DAY_MS - chance.between(0, 86_399) * 1_000).toISOString(),
    availability: chance.chance(0.85) ? 'in_stock' : 'out_of_stock',
  }
}

function price(line: Line, chance: Seeded): NonNullable<ShopDocument['price']> {
  const euros = line.price * 2 ** (chance.next() * 2 - 1)
  return { amount: Math.max(100, Math.round(euros) * 100 - 10), currency: 'EUR' } as NonNullable<ShopDocument['price']>
}

/** Remembers the title by 32 bits: a chance likeness only gives a product a number more. */
function isNew(title: string, titles: Set<number>): boolean {
  const hash = hashOf(title.toLowerCase())
  if (titles.has(hash)) return false
  titles.add(hash)
  return true
}
