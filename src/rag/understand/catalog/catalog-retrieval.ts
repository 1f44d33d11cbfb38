import type { Chunk } from '#domain/document.ts'
import { wholeChunk } from '../../index/passages/lazy-chunk.ts'
import type { SearchIndex } from '../../index/search-index.port.ts'
import type { Passage, Retrieval, RetrievalQuery, RetrievalResult } from '../../retrieval.port.ts'
import { languageOf } from '../language.ts'
import type { Language } from '../understanding.port.ts'
import type { CatalogFinding } from './catalog.port.ts'
import type { CatalogSlots } from './catalog-slots.ts'
import { viewOf } from './columns/int-list.ts'
import { namedWithin, productsNamed } from './names.ts'
import { comparedIn } from './reading/compared.ts'
import { type Wanted, wantedIn } from './reading/wanted.ts'
import { formsOf } from './reading/word-forms.ts'
import { selectProducts } from './select-products.ts'

/** As many as a shopper reads. */
const SHOWN = 5

type Shop = { index: SearchIndex; slots: CatalogSlots }
type Asked = {
  query: RetrievalQuery
  language: Language
  shop: Shop
  sees: (row: number) => boolean
  passages: Passage[]
}

/**
 * Retrieval that also reads the question by what the catalog's own fields hold: conditions over all products, two products side
 * by side, a name that stands in one title. The ranking is left as it is.
 */
export function catalogRetrieval(
  retrieval: Retrieval,
  shopOf: (shop: RetrievalQuery['shop']) => Shop | undefined,
): Retrieval {
  return {
    async search(query, signal): Promise<RetrievalResult> {
      const found = await retrieval.search(query, signal)
      const shop = shopOf(query.shop)
      if (!shop || shop.slots.size() === 0 || (query.kinds && !query.kinds.includes('product'))) return found
      const asked: Asked = {
        query,
        shop,
        language: languageOf(query.text, query.audience.locale ?? null),
        sees: shop.slots.visible(query.audience, query.at),
        passages: found.passages,
      }
      const catalog = (await compared(asked, signal)) ?? (await listed(asked, signal)) ?? (await named(asked, signal))
      return catalog ? { ...found, catalog } : found
    },
  }
}

async function compared(asked: Asked, signal: AbortSignal): Promise<CatalogFinding | null> {
  const { query, language, shop, sees } = asked
  const read = comparedIn(query.text, language, shop.slots)
  if (!read) return null
  const sides = [read.left, read.right].map((name) => ({ name, rows: productsNamed(name, language, shop.slots, sees) }))
  if (sides.some(({ rows }) => rows.length === 0)) return null
  // The Skua kayak is compared with the Eider kayak rather than with the Eider jacket.
  for (const [place, side] of sides.entries()) {
    const [other, ...more] = sides[1 - place]?.rows ?? []
    const alike =
      side.rows.length > 1 && other !== undefined && more.length === 0 ? ofOneKind(side.rows, other, shop.slots) : []
    if (alike.length === 1) side.rows = alike
  }
  const unclear = sides.find(({ rows }) => rows.length > 1)
  if (unclear) {
    const titles = unclear.rows.flatMap((row) => shop.slots.product(row)?.title ?? [])
    const at = query.text.toLowerCase().indexOf(unclear.name.toLowerCase())
    const before = query.text.slice(0, Math.max(0, at))
    const after = query.text.slice(Math.max(0, at) + unclear.name.length)
    return {
      kind: 'unclear',
      about: 'side',
      options: titles.slice(0, SHOWN).map((title) => ({ label: title, value: `${before}${title}${after}` })),
    }
  }
  const chunks = await chunksOf(
    sides.flatMap(({ rows }) => rows),
    asked,
    signal,
  )
  const [one, other] = chunks
  if (!one || !other || one.documentId === other.documentId) return null
  return {
    kind: 'comparison',
    sides: [one, other],
    slot: read.fields ? { names: read.fields } : null,
    more: read.more,
    explained: read.explained,
  }
}

function ofOneKind(rows: number[], like: number, slots: CatalogSlots): number[] {
  const column = slots.column('category')
  if (!column) return []
  const asked = new Set([...rows, like])
  const kinds = new Map<number, number>()
  const codes = viewOf(column.codes)
  for (const [place, row] of viewOf(column.rows).entries()) if (asked.has(row)) kinds.set(row, codes[place] ?? -1)
  return rows.filter((row) => kinds.has(row) && kinds.get(row) === kinds.get(like))
}

async function listed(asked: Asked, signal: AbortSignal): Promise<CatalogFinding | null> {
  const { query, language, shop, sees } = asked
  const wanted = wantedIn(query.text, language, shop.slots)
  if (!wanted) return null
  const chosen = selectProducts(shop.slots, wanted.words, language, wanted.tests, sees)
  const all = [...chosen.fitting, ...chosen.failing, ...chosen.silent]
  if (all.length === 0) return null
  if (wanted.unclear) return whichField(wanted, query.text, all)
  if (wanted.pointing) return whichKind(query.text, chosen.fitting, shop.slots)
  // That none fits is only claimed of a kind whose every product was found.
  const whole =
    chosen.fitting.length > 0 ||
    wanted.words.every((word) => formsOf(word, language).every((form) => !shop.slots.hasLikeHead(form)))
  const fitting = wanted.rank ? ranked(chosen.fitting, wanted.rank) : preferred(chosen.fitting, asked)
  const slots = [...wanted.tests.map(({ columns }) => columns), ...(wanted.rank ? [wanted.rank.columns] : [])]
  return {
    kind: 'list',
    typed: slots.length > 0,
    whole,
    seeking: wanted.seeking,
    slots: slots.map((columns) => ({ names: columns.map(({ name }) => name) })),
    fitting: await chunksOf(fitting.slice(0, SHOWN), asked, signal),
    total: fitting.length,
    failing: await chunksOf(fitting.length > 0 ? [] : nearest(chosen.failing, wanted).slice(0, SHOWN), asked, signal),
    failed: chosen.failing.length,
    silent: chosen.silent.length,
    ranked: wanted.rank ? (wanted.rank.more ? 'more' : 'less') : null,
    denying: wanted.denying,
    words: wanted.words,
  }
}

// The field that fewest words tell apart is asked for, by the names the very products have.
function whichField({ unclear }: Wanted, text: string, rows: number[]): CatalogFinding | null {
  if (!unclear) return null
  const kind = new Set(rows)
  const having = unclear.columns.filter(({ rows: all, codes, units }) => {
    const own = viewOf(codes)
    return viewOf(all).some((row, place) => kind.has(row) && units[own[place] ?? -1] === unclear.bound.unit)
  })
  if (having.length < 2) return null
  const bare = text.replace(/[?.!\s]+$/, '')
  const said = unclear.bound.text.trim()
  return {
    kind: 'unclear',
    about: 'field',
    options: having
      .slice(0, SHOWN)
      .map(({ name }) => ({ label: name, value: `${bare.replace(said, `with ${name} ${said}`)}?` })),
  }
}

function whichKind(text: string, fitting: number[], slots: CatalogSlots): CatalogFinding | null {
  const column = slots.column('category')
  if (!column || fitting.length === 0) return null
  const own = new Set(fitting)
  const counts = new Map<string, number>()
  const codes = viewOf(column.codes)
  for (const [place, row] of viewOf(column.rows).entries()) {
    const kind = own.has(row) ? column.texts[codes[place] ?? -1] : undefined
    if (typeof kind === 'string') counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const kinds = [...counts].sort((one, two) => two[1] - one[1]).slice(0, SHOWN)
  const bare = text.replace(/[?.!\s]+$/, '')
  return {
    kind: 'unclear',
    about: 'kind',
    options: kinds.map(([kind]) => ({ label: kind, value: `${bare} (${kind})?` })),
  }
}

async function named(asked: Asked, signal: AbortSignal): Promise<CatalogFinding | null> {
  const { query, language, shop, sees } = asked
  const { rows, words } = namedWithin(query.text, language, shop.slots, sees)
  if (rows.length === 0) return null
  const [chunk, ...others] = await chunksOf(rows, asked, signal)
  if (chunk && others.length === 0) return { kind: 'named', chunk, explained: words }
  const bare = query.text.replace(/[?.!\s]+$/, '')
  const options = rows.flatMap((row) => shop.slots.product(row)?.title ?? [])
  return {
    kind: 'unclear',
    about: 'product',
    options: options.slice(0, SHOWN).map((title) => ({ label: title, value: `${bare} (${title})?` })),
  }
}

// What the ranking put first stays first.
function preferred(rows: number[], { passages, shop }: Asked): number[] {
  const places = new Map(passages.map(({ chunk }, place) => [String(chunk.documentId), place]))
  const placeOf = (row: number) => places.get(shop.slots.product(row)?.documentId ?? '') ?? passages.length
  return rows
    .map((row) => ({ row, place: placeOf(row) }))
    .sort((one, two) => one.place - two.place || one.row - two.row)
    .map(({ row }) => row)
}

// Of those that do not fit, the ones that miss the first bound by least.
function nearest(rows: number[], { tests }: Wanted): number[] {
  const test = tests.find((one) => 'bound' in one)
  if (!test || !('bound' in test)) return rows
  return ranked(rows, { columns: test.columns, more: test.bound.high === null })
}

function ranked(rows: number[], { columns, more }: NonNullable<Wanted['rank']>): number[] {
  const own = new Set(rows)
  const values = new Map<number, number>()
  for (const { rows: having, codes, lows, highs } of columns) {
    const all = viewOf(codes)
    for (const [place, row] of viewOf(having).entries()) {
      if (!own.has(row) || values.has(row)) continue
      const value = (more ? highs : lows)[all[place] ?? -1]
      if (value !== undefined && !Number.isNaN(value)) values.set(row, value)
    }
  }
  return [...values]
    .sort((one, two) => (more ? two[1] - one[1] : one[1] - two[1]) || one[0] - two[0])
    .map(([row]) => row)
}

/** The passages of rows, as the index has them now and lets the question see; in the order of the rows. */
async function chunksOf(rows: number[], { shop, query }: Asked, signal: AbortSignal): Promise<Chunk[]> {
  const wanted = rows.flatMap((row) => shop.slots.product(row) ?? [])
  if (wanted.length === 0) return []
  const { hits } = await shop.index.search(
    {
      terms: [],
      keys: [...new Set(wanted.map(({ key }) => key))],
      vector: null,
      audience: query.audience,
      kinds: ['product'],
      at: query.at,
      candidates: 1,
    },
    signal,
  )
  const byId = new Map(hits.map(({ chunk }) => [chunk.id, wholeChunk(chunk)]))
  return wanted.flatMap(({ chunkId }) => byId.get(chunkId) ?? [])
}
