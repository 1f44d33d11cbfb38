import { type Seeded, seeded } from '../../demo/generator/seeded.ts'
import type { AttributeValue } from '../../src/domain/document.ts'
import { kilograms, spoken } from './attributes.ts'
import type { CatalogRow } from './catalog.ts'

export const QUERY_KINDS = ['name', 'sku', 'attribute', 'misspelt', 'natural', 'filter'] as const
export type QueryKind = (typeof QUERY_KINDS)[number]
/** `relevant`: ids of the products whose rows say that they are what is asked for; never empty. */
export type JudgedQuery = { kind: QueryKind; text: string; relevant: ReadonlySet<string> }
type Asked = { kind: QueryKind; text: string; fits: (row: CatalogRow) => boolean }

/** Weights (kg) people name as a limit. */
const LIMITS = [0.1, 0.2, 0.3, 0.5, 0.8, 1, 1.5, 2, 3, 5, 8, 10, 15, 20, 30]

/**
 * Questions about the first `among` products, `each` of every kind, judged by the rows of the whole catalog. They are the same
 * for catalogs of every size from `among` on; what fits them grows with the catalog. `rows` is called twice and read once each.
 */
export function judgedQueries(
  rows: () => Iterable<CatalogRow>,
  seed: string,
  among: number,
  each: number,
): JudgedQuery[] {
  const asked = questionsAbout(firstOf(rows(), among), seeded(`${seed} questions`), each)
  const byType = new Map<string, { asked: Asked; relevant: Set<string> }[]>()
  const judged = asked.map((one) => {
    const entry = { asked: one, relevant: new Set<string>() }
    const type = one.type
    byType.set(type, [...(byType.get(type) ?? []), entry])
    return entry
  })
  for (const row of rows())
    for (const entry of byType.get(row.type) ?? []) if (entry.asked.fits(row)) entry.relevant.add(row.document.id)
  return judged.map(({ asked: { kind, text }, relevant }) => ({ kind, text, relevant }))
}

function firstOf(rows: Iterable<CatalogRow>, count: number): CatalogRow[] {
  const first: CatalogRow[] = []
  for (const row of rows) {
    if (first.length >= count) break
    first.push(row)
  }
  return first
}

/** Draws products until every kind has its questions; not every product can be asked everything. */
function questionsAbout(rows: CatalogRow[], chance: Seeded, each: number): (Asked & { type: string })[] {
  const questions: (Asked & { type: string })[] = []
  for (const kind of QUERY_KINDS) {
    const texts = new Set<string>()
    for (let tries = 0; texts.size < each && tries < each * 50; tries += 1) {
      const row = chance.pick(rows)
      const asked = ASK[kind](row, chance)
      if (!asked || texts.has(asked.text)) continue
      texts.add(asked.text)
      questions.push({ kind, type: row.type, ...asked })
    }
  }
  return questions
}

type Ask = (row: CatalogRow, chance: Seeded) => Omit<Asked, 'kind'> | null

const ASK: Record<QueryKind, Ask> = {
  name: ({ document: { id, title } }, chance) => ({
    text: chance.chance(0.5) ? title : title.toLowerCase(),
    fits: (row) => row.document.id === id,
  }),
  sku: ({ document: { id, sku = '' } }, chance) => ({
    text: chance.pick([sku, sku.toLowerCase(), `article ${sku}`]),
    fits: (row) => row.document.id === id,
  }),
  attribute(row, chance) {
    const measured = measures(row).filter(([name]) => name !== 'warranty')
    if (measured.length === 0) return null
    const [name] = chance.pick(measured)
    const product = `${row.brand} ${row.model} ${row.type}`
    const text =
      name === 'weight'
        ? chance.pick([`how heavy is the ${product}?`, `what does the ${product} weigh?`])
        : chance.pick([`what is the ${name} of the ${product}?`, `${product} ${name}`])
    return { text, fits: (other) => other.family === row.family }
  },
  misspelt(row, chance) {
    const words = `${row.brand} ${row.model} ${row.type}`.toLowerCase().split(' ')
    const long = words.map((word, place) => ({ word, place })).filter(({ word }) => word.length >= 5)
    if (long.length < 2) return null
    const first = chance.pick(long)
    const second = chance.pick(long)
    for (const { word, place } of new Set([first, second])) words[place] = misspelt(word, chance)
    return { text: words.join(' '), fits: (other) => other.family === row.family }
  },
  natural(row, chance) {
    const told = measures(row)
    if (told.length < 2) return null
    const [name, value] = chance.pick(told.filter(([one]) => one !== 'warranty'))
    const text = chance.pick([
      `I am looking for a ${row.type} by ${row.brand} with a ${name} of ${spoken(value)}`,
      `do you have a ${row.colour} ${row.type} from ${row.brand}, ${name} ${spoken(value)}?`,
      `is there a ${row.type} with ${spoken(value)} ${name} in ${row.colour}?`,
    ])
    const byBrand = text.includes(row.brand)
    const byColour = text.includes(row.colour)
    return {
      text,
      fits: (other) =>
        spoken(other.document.attributes?.[name] ?? '') === spoken(value) &&
        (!byBrand || other.brand === row.brand) &&
        (!byColour || other.colour === row.colour),
    }
  },
  filter(row, chance) {
    const own = kilograms(row.document.attributes?.weight)
    const limit = own === null ? undefined : LIMITS.find((one) => one > own)
    if (limit === undefined) return null
    const said = limit < 1 && chance.chance(0.5) ? `${limit * 1000} g` : `${limit} kg`
    const brand = chance.chance(0.5) ? row.brand : null
    const product = brand ? `${row.type} by ${brand}` : `${row.colour} ${row.type}`
    const text = chance.pick([`${product} under ${said}`, `${product} that weighs less than ${said}`])
    return {
      text,
      fits: (other) => {
        const weight = kilograms(other.document.attributes?.weight)
        return weight !== null && weight < limit && (brand ? other.brand === brand : other.colour === row.colour)
      },
    }
  },
}

function measures({ document }: CatalogRow): [string, AttributeValue][] {
  return Object.entries(document.attributes ?? {}).filter(([, value]) => typeof value === 'object')
}

/** One slip of the fingers: a letter missing, doubled, changed, or two in the other order. The first letter stays. */
function misspelt(word: string, chance: Seeded): string {
  const at = chance.between(1, word.length - 2)
  const [before, letter, next, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)]
  const wrong = chance.pick([
    next + after,
    letter + letter + next + after,
    chance.pick([...'aeiourstn']) + next + after,
    next + letter + after,
  ])
  const result = before + wrong
  return result === word ? `${before}${letter}${letter}${next}${after}` : result
}
