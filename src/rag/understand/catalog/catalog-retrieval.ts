import type { QueryTerm, Retrieval, RetrievalQuery, RetrievalResult } from '../../retrieval.port.ts'
import { type Asked, askedOf, chunksOf, hasProductsFor, SHOWN, type Shop } from './asked.ts'
import type { CatalogFinding } from './catalog.port.ts'
import type { CatalogSlots } from './catalog-slots.ts'
import { viewOf } from './columns/int-list.ts'
import { compared } from './comparison.ts'
import { namedWithin } from './names.ts'
import { respelt } from './reading/respelt.ts'
import type { Wanted } from './reading/wanted.ts'
import { formsOf } from './reading/word-forms.ts'
import { ranked, wantedProducts } from './wanted-products.ts'

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
      if (!shop || !hasProductsFor(query, shop)) return found
      const asked = askedOf(query, shop, found.passages)
      const catalog = (await read(asked, signal)) ?? (await misspelt(asked, found.terms, signal))
      return catalog ? { ...found, catalog } : found
    },
  }
}

const read = async (asked: Asked, signal: AbortSignal): Promise<CatalogFinding | null> =>
  (await compared(asked, signal)) ?? (await listed(asked, signal)) ?? (await named(asked, signal))

// `Holdvick backpacks` may be Holdvik's: asked back where the catalog has an answer to that.
async function misspelt(asked: Asked, terms: QueryTerm[], signal: AbortSignal): Promise<CatalogFinding | null> {
  const text = respelt(asked.query.text, asked.language, terms, asked.shop.slots)
  const found = text === null ? null : await read({ ...asked, query: { ...asked.query, text } }, signal)
  if (text === null || !found || found.kind === 'one_sided' || (found.kind === 'list' && found.total === 0)) return null
  return found.kind === 'unclear'
    ? found
    : { kind: 'unclear', about: 'spelling', options: [{ label: text, value: text }] }
}

async function listed(asked: Asked, signal: AbortSignal): Promise<CatalogFinding | null> {
  const { query, language, shop } = asked
  const products = wantedProducts(asked)
  if (!products) return null
  const { wanted, chosen } = products
  const { fitting, failing, silent } = chosen
  if (wanted.unclear) return whichField(wanted, query.text, [...fitting, ...failing, ...silent])
  if (wanted.pointing) return whichKind(query.text, fitting, shop.slots)
  // That none fits is only claimed of a kind whose every product was found.
  const whole =
    fitting.length > 0 ||
    wanted.words.every((word) => formsOf(word, language).every((form) => !shop.slots.hasLikeHead(form)))
  const slots = [...wanted.tests.map(({ columns }) => columns), ...(wanted.rank ? [wanted.rank.columns] : [])]
  return {
    kind: 'list',
    typed: slots.length > 0,
    whole,
    seeking: wanted.seeking,
    slots: slots.map((columns) => ({ names: columns.map(({ name }) => name) })),
    fitting: await chunksOf(fitting.slice(0, SHOWN), asked, signal),
    total: fitting.length,
    failing: await chunksOf(fitting.length > 0 ? [] : nearest(failing, wanted).slice(0, SHOWN), asked, signal),
    failed: failing.length,
    silent: silent.length,
    ranked: wanted.rank ? (wanted.rank.more ? 'more' : 'less') : null,
    denying: wanted.denying,
    phrase: wanted.phrase,
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

// Of those that do not fit, the ones that miss the first bound by least.
function nearest(rows: number[], { tests }: Wanted): number[] {
  const test = tests.find((one) => 'bound' in one)
  if (!test || !('bound' in test)) return rows
  return ranked(rows, { columns: test.columns, more: test.bound.high === null })
}
