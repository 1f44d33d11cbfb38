import { attributeValue } from '../../demo/generator/products.ts'
import { type AttributeCell, type Category, categories } from '../../demo/generator/tables.ts'
import type { AttributeValue, ShopDocument } from '../../src/domain/document.ts'

/** A kind of product of the multiplied catalog: what the shop's tables, or a real listing's style, say about one. */
export type Line = {
  /** What shoppers call it: "stand mixer". */
  type: string
  category: string
  /** Two capitals for article numbers. */
  code: string
  /** Names of attributes with the values seen for them here. */
  attributes: Map<string, AttributeValue[]>
  sentences: string[]
  box: string[]
  care: string[]
  /** Words in front of the type in a real listing's title; empty where the tables name models. */
  styles: string[]
  price: number
}
/** What every line may draw on. `heads` and `tails` are halves of sentences that go with each other. */
export type Wording = { lines: Line[]; heads: Map<string, string[]>; tails: Map<string, string[]> }

/** Real sentences have a first half of this many words or more, and a second one. */
const LEAST_HALF = 3
const HALVES =
  /^(.{12,}?)(,? (?:and|but|so|which|because|while|making|ensuring|offering|perfect|with|without|for|until)\b.{10,})$/

/** Lines and wording of the demo shop's tables, and of `listings` where there are any. The same in, the same out. */
export function wordingOf(listings: readonly ShopDocument[]): Wording {
  const lines = [...merged(categories().flatMap(linesOfTable)), ...linesOfListings(listings)]
  const heads = new Map<string, string[]>()
  const tails = new Map<string, string[]>()
  for (const { category, sentences } of lines) {
    for (const sentence of sentences) {
      const halves = HALVES.exec(sentence.replace(/\.$/, ''))
      if (!halves || (halves[1] ?? '').split(' ').length < LEAST_HALF) continue
      add(heads, category, halves[1] as string)
      add(tails, category, halves[2] as string)
    }
  }
  return { lines, heads, tails }
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}

function linesOfTable({ category, lines }: Category): Line[] {
  return lines.map((line) => {
    const cells: Record<string, AttributeCell> = { ...line.attrs, ...line.variants?.[0]?.attrs }
    const attributes = new Map(Object.entries(cells).map(([name, cell]) => [name, [attributeValue(cell)]]))
    // The place of a value is kept as the attribute's name, so that each product says its own.
    const text = line.text.replace(/\s+/g, ' ')
    return {
      type: typeOf(line.name),
      category,
      code: line.sku.slice(0, 2),
      attributes,
      sentences: sentencesOf(text).map((sentence) => withoutName(sentence, line.brand, line.name)),
      box: (line.box ?? '').split(', ').filter(Boolean),
      care: line.care ? [line.care] : [],
      styles: [],
      price: line.price ?? line.variants?.[0]?.price ?? 49,
    }
  })
}

/** "Dawn filter coffee machine" is a filter coffee machine: the words from the first small one, or abbreviation, on. */
function typeOf(name: string): string {
  const words = name.split(' ')
  const from = words.findIndex(
    (word, place) => place > 0 && (/^[a-z]/.test(word) || /^[A-Z]{3,}/.test(word) || word.includes('-')),
  )
  return from < 0 ? (words.at(-1) as string).toLowerCase() : words.slice(from).join(' ')
}

function withoutName(sentence: string, brand: string, name: string): string {
  const model = name.split(' ')[0] as string
  return sentence
    .replaceAll(`${brand} `, '')
    .replace(new RegExp(`\\bThe ${model}\\b`, 'g'), 'This one')
    .replaceAll(model, 'this one')
}

/** Lines of one type are one, with the wording and the values of all. */
function merged(lines: Line[]): Line[] {
  const byType = new Map<string, Line>()
  for (const line of lines) {
    const known = byType.get(line.type)
    if (!known) {
      byType.set(line.type, line)
      continue
    }
    for (const [name, values] of line.attributes)
      known.attributes.set(name, [...(known.attributes.get(name) ?? []), ...values])
    known.sentences.push(...line.sentences)
    known.box.push(...line.box)
    known.care.push(...line.care)
  }
  return [...byType.values()]
}

const LEAST_LISTINGS = 4

/** A line for each style that several real listings have: their sentences, and the words their titles put before the noun. */
function linesOfListings(listings: readonly ShopDocument[]): Line[] {
  const byStyle = new Map<string, ShopDocument[]>()
  for (const listing of listings) {
    const style = listing.attributes?.style
    if (listing.kind === 'product' && typeof style === 'string' && listing.category)
      add(byStyle, `${listing.category}\t${style.toLowerCase()}`, listing)
  }
  return [...byStyle]
    .filter(([, found]) => found.length >= LEAST_LISTINGS)
    .map(([key, found]) => {
      const [category = '', style = ''] = key.split('\t')
      const prices = found.map(({ attributes }) => Number(attributes?.price)).filter((price) => price > 0)
      return {
        type: style,
        category: category.charAt(0).toUpperCase() + category.slice(1),
        code: category.slice(0, 2).toUpperCase(),
        attributes: new Map<string, AttributeValue[]>([['style', [style]]]),
        sentences: found.flatMap(({ title, text }) =>
          sentencesOf(text.replace(/\s*Price: \$.*/s, '').replace(/\s+/g, ' ')).map((sentence) =>
            sentence.replace(new RegExp(escaped(title), 'gi'), style),
          ),
        ),
        box: [],
        care: [],
        styles: found.map(({ title }) => title.split(' ').slice(0, -1).slice(0, 2).join(' ')).filter(Boolean),
        price: prices.sort((one, two) => one - two)[prices.length >> 1] ?? 30,
      }
    })
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?]) (?=[A-Z])/).filter((sentence) => sentence.split(' ').length > 3)
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
