import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ShopSettingsSchema } from '#api/contract/operations/shop.ts'
import type { Shop, Shops } from '#db/access/shops.port.ts'
import type { World, WorldStore } from '#db/commerce/world-store.port.ts'
import type { DocumentStore } from '#db/knowledge/documents.port.ts'
import type { VectorStore } from '#db/knowledge/vectors.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { type ShopId, shopId } from '#domain/ids.ts'
import type { Customer, CustomerHistory, ListPrice, Order, StockAt } from '#domain/order.ts'
import { prepareDocument } from '#ingest/prepare-document.ts'
import { storeDemoVectors } from './demo-vectors.ts'

const Meta = z.object({
  name: z.string(),
  epoch: z.iso.datetime(),
  defaultLocale: z.string().default('en'),
  currency: z.string(),
})
/** The name and the language stand in meta.json. */
const Settings = ShopSettingsSchema.omit({ name: true, defaultLocale: true })
const DAY_MS = 86_400_000
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/
/** Documents a transaction: few enough that a killed start repeats little, many enough to be quick. */
const BATCH = 200

export const DEFAULT_SHOP = shopId('shop')

export type DemoRooms = {
  shops: Shops
  documents: DocumentStore
  vectors: VectorStore
  worlds: Pick<WorldStore, 'add'>
  /** The embedder's model; null without one. */
  model: string | null
}

/**
 * The shop this instance serves, made on the first start: the demo shop with its content, customers and orders, or an empty
 * one. A start that was killed halfway is repeated without doubling anything. Orders are moved in time so that they look
 * like the last few weeks before `now`. Throws what reading and storing throw.
 */
export async function ensureShop(
  rooms: DemoRooms,
  demo: boolean,
  folder: string,
  now: Date,
  signal: AbortSignal,
): Promise<Shop> {
  const { shops } = rooms
  const known = await shops.get(DEFAULT_SHOP, signal)
  if (known && (known.settings as { complete?: boolean }).complete) return known
  if (demo) await loadDemo(rooms, folder, now, signal)
  else
    await shops.put(
      { id: DEFAULT_SHOP, name: 'My shop', defaultLocale: 'en', currency: 'EUR', settings: { complete: true } },
      signal,
    )
  const made = await shops.get(DEFAULT_SHOP, signal)
  if (!made) throw new Error('the shop just stored is not there')
  return made
}

async function loadDemo(rooms: DemoRooms, folder: string, now: Date, signal: AbortSignal): Promise<void> {
  const { shops, documents, vectors, worlds, model } = rooms
  const meta = Meta.parse(readJson(await readFile(join(folder, 'meta.json'), { encoding: 'utf8', signal })))
  const shop = { id: DEFAULT_SHOP, name: meta.name, defaultLocale: meta.defaultLocale, currency: meta.currency }
  const settings = Settings.parse(readJson(await readFile(join(folder, 'settings.json'), { encoding: 'utf8', signal })))
  await shops.put({ ...shop, settings: { ...settings, demo: true } }, signal)
  await storeDocuments(documents, DEFAULT_SHOP, await rows<ShopDocument>(folder, 'documents.jsonl', signal), signal)
  if (model) await storeDemoVectors(vectors, DEFAULT_SHOP, folder, model, signal)
  await worlds.add(DEFAULT_SHOP, await demoWorld(folder, now, signal), signal)
  await shops.put({ ...shop, settings: { ...settings, demo: true, complete: true } }, signal)
}

async function storeDocuments(
  store: DocumentStore,
  shop: ShopId,
  documents: ShopDocument[],
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < documents.length; from += BATCH) {
    const prepared = documents.slice(from, from + BATCH).map((document) => prepareDocument(document))
    await store.putAll(shop, 'demo-shop', prepared, signal)
  }
}

/** Orders, customers, shelves and prices as the shop's systems have them, the orders of its exceptions among them. */
async function demoWorld(folder: string, now: Date, signal: AbortSignal): Promise<World> {
  const read = <Row>(file: string) => demoRows<Row>(folder, file, now, signal)
  const orders = [...(await read<Order>('orders.jsonl')), ...(await read<Order>('case-orders.jsonl'))]
  const histories = new Map((await read<CustomerHistory>('histories.jsonl')).map((history) => [history.id, history]))
  const customers = await rows<Customer>(folder, 'customers.jsonl', signal)
  return {
    now: null,
    orders: orders.map(({ shipments, ...order }) => ({ order, parcels: shipments })),
    customers: customers.map((body) => ({ id: body.id, body, history: histories.get(body.id) ?? null })),
    stock: await read<StockAt>('stock.jsonl'),
    prices: await read<ListPrice>('prices.jsonl'),
    products: [],
  }
}

/** Rows of one of the demo shop's files, moved in time like its orders; none where the file is not there. */
export async function demoRows<Row>(folder: string, file: string, now: Date, signal: AbortSignal): Promise<Row[]> {
  if (!existsSync(join(folder, file))) return []
  const meta = Meta.parse(readJson(await readFile(join(folder, 'meta.json'), { encoding: 'utf8', signal })))
  const shift = Math.floor((now.getTime() - Date.parse(meta.epoch)) / DAY_MS) * DAY_MS
  return (await rows<Row>(folder, file, signal)).map((row) => moved(row, shift) as Row)
}

/** The files are our own and tested as a whole, so rows are not read through a schema again. */
async function rows<Row>(folder: string, file: string, signal: AbortSignal): Promise<Row[]> {
  const text = await readFile(join(folder, file), { encoding: 'utf8', signal })
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => readJson(line) as Row)
}

/** Every UTC time inside `value` moved by `shift` ms. */
function moved(value: unknown, shift: number): unknown {
  if (typeof value === 'string') return ISO_TIME.test(value) ? new Date(Date.parse(value) + shift).toISOString() : value
  if (Array.isArray(value)) return value.map((item) => moved(item, shift))
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moved(item, shift)]))
  return value
}
