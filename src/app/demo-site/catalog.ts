import type { DocumentStore } from '#db/knowledge/documents.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'

const PAGE = 500
/** The shop's own address in its content; the demo shows those pages under `/demo`. */
export const SHOP_ORIGIN = 'https://larkhaven.example.com'
/** How long a reading serves, so that a page of sixty pictures reads the shop once. A changed price is seen this much later. */
const FRESH_MS = 1_000

/** Which categories stand together, in the order of the shop's menu. What is in none of them stands at the end. */
const DEPARTMENTS: [slug: string, name: string, categories: string[]][] = [
  ['kitchen', 'Kitchen', ['Kitchen appliances', 'Cookware & knives', 'Tableware', 'Coffee, tea & pantry']],
  ['home', 'Home', ['Bedding', 'Bath & towels', 'Lighting', 'Storage & shelves', 'Office']],
  ['bikes', 'Bikes', ['Bikes', 'Bike accessories']],
  ['outdoors', 'Outdoors', ['Tents & sleeping', 'Camp kitchen & light', 'Backpacks & bags', 'Garden']],
  ['sound', 'Sound & power', ['Headphones', 'Speakers & radios', 'Power & charging']],
  ['wear', 'Wear', ['Clothing', 'Shoes & slippers']],
  ['family', 'Family & pets', ['Toys', 'Pets']],
]

/** `slug` is the last part of its address, also of its picture's. */
export type Product = { slug: string; name: string; variant: string | null; document: ShopDocument }
/** One thing in its sizes or versions, cheapest first. */
export type Article = { name: string; category: string; versions: [Product, ...Product[]] }
export type Department = { slug: string; name: string; categories: { name: string; articles: Article[] }[] }
export type Catalog = {
  departments: Department[]
  product(slug: string): { product: Product; article: Article; department: Department | null } | null
  /** A help page by its path under the shop: `help/returns`, `de/hilfe/returns`. */
  page(path: string): ShopDocument | null
  /** All help pages of a language, by title. */
  pages(locale: string): ShopDocument[]
  /** Questions and answers of a language, in the order they are kept. */
  questions(locale: string): ShopDocument[]
}

/** The shop's content as it is in the database now. Throws what DocumentStore.list throws. */
export function demoCatalog(store: Pick<DocumentStore, 'list'>, shop: ShopId, clock: Clock) {
  let read: { at: number; catalog: Promise<Catalog> } | null = null
  return async (signal: AbortSignal): Promise<Catalog> => {
    signal.throwIfAborted()
    const now = clock.elapsed()
    if (!read || now - read.at > FRESH_MS) {
      // Not the caller's signal: others wait for the same reading.
      const catalog = everything(store, shop, new AbortController().signal).then((all) =>
        arranged(all.filter((document) => isPublic(document, clock.now()))),
      )
      const reading = { at: now, catalog }
      read = reading
      catalog.catch(() => {
        if (read === reading) read = null
      })
    }
    return read.catalog
  }
}

/** The path of a document's page under `/demo`; null when it lies elsewhere. */
export function demoPath(url: string | undefined): string | null {
  return url?.startsWith(`${SHOP_ORIGIN}/`) ? `/demo${url.slice(SHOP_ORIGIN.length)}` : null
}

async function everything(
  store: Pick<DocumentStore, 'list'>,
  shop: ShopId,
  signal: AbortSignal,
): Promise<ShopDocument[]> {
  const documents: ShopDocument[] = []
  let cursor: string | null = null
  do {
    const page = await store.list(shop, { cursor, limit: PAGE }, signal)
    documents.push(...page.items.map(({ document }) => document))
    cursor = page.nextCursor
  } while (cursor)
  return documents
}

/** What the shop's people keep among themselves, or what is not valid now, has no page. */
function isPublic({ audience, validFrom, validUntil }: ShopDocument, now: Date): boolean {
  if (audience) return false
  return (
    !(validFrom && Date.parse(validFrom) > now.getTime()) && !(validUntil && Date.parse(validUntil) <= now.getTime())
  )
}

function arranged(documents: ShopDocument[]): Catalog {
  const products = documents.filter(({ kind }) => kind === 'product').map(asProduct)
  const articles = inVersions(products)
  const departments = inDepartments(articles)
  const bySlug = new Map(
    articles.flatMap((article) => article.versions.map((product) => [product.slug, { product, article }])),
  )
  const texts = documents.filter(({ kind }) => kind === 'policy' || kind === 'article')
  const byPath = new Map(texts.map((document) => [demoPath(document.url)?.slice('/demo/'.length), document]))
  const inLocale = (locale: string) => (document: ShopDocument) => (document.locale ?? 'en') === locale
  return {
    departments,
    product(slug) {
      const found = bySlug.get(slug)
      if (!found) return null
      const department = departments.find(({ categories }) =>
        categories.some(({ name }) => name === found.article.category),
      )
      return { ...found, department: department ?? null }
    },
    page: (path) => byPath.get(path) ?? null,
    pages: (locale) => texts.filter(inLocale(locale)).sort((left, right) => left.title.localeCompare(right.title)),
    questions: (locale) => documents.filter(({ kind }) => kind === 'faq').filter(inLocale(locale)),
  }
}

function asProduct(document: ShopDocument): Product {
  const slug = document.url?.split(/[?#]/)[0]?.split('/').at(-1) ?? String(document.id)
  const comma = document.title.indexOf(', ')
  return {
    slug,
    name: comma < 0 ? document.title : document.title.slice(0, comma),
    variant: comma < 0 ? null : document.title.slice(comma + 2),
    document,
  }
}

function inVersions(products: Product[]): Article[] {
  const groups = Map.groupBy(products, ({ name, document }) => `${document.category ?? ''}\n${name}`)
  return [...groups.values()].map((versions) => {
    const [first, ...rest] = versions.toSorted((left, right) => priceOf(left) - priceOf(right))
    const cheapest = first as Product
    return { name: cheapest.name, category: cheapest.document.category ?? 'More', versions: [cheapest, ...rest] }
  })
}

function inDepartments(articles: Article[]): Department[] {
  const byCategory = Map.groupBy(articles, ({ category }) => category)
  const placed = new Set(DEPARTMENTS.flatMap(([, , categories]) => categories))
  const others = [...byCategory.keys()].filter((category) => !placed.has(category)).sort()
  const menu: typeof DEPARTMENTS = [...DEPARTMENTS, ['more', 'More', others]]
  return menu
    .map(([slug, name, categories]) => ({
      slug,
      name,
      categories: categories
        .map((category) => ({ name: category, articles: byCategory.get(category) ?? [] }))
        .filter((category) => category.articles.length > 0),
    }))
    .filter(({ categories }) => categories.length > 0)
}

function priceOf({ document }: Product): number {
  return document.price?.amount ?? 0
}
