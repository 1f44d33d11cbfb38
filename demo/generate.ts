import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { operations } from './generator/cases/cases.ts'
import { customers } from './generator/customers.ts'
import { faqDocuments, policyDocument } from './generator/help-pages.ts'
import { orders } from './generator/orders.ts'
import { items, productDocument } from './generator/products.ts'
import { shopSettings } from './generator/settings.ts'
import { categories, facts, faqGroups, policySources, shop } from './generator/tables.ts'

const OUT = join(import.meta.dirname, 'shop')

/** Every file of the demo shop by name, made of the tables alone: the same tables give the same bytes. */
export function demoShop(): Record<string, string> {
  const about = shop()
  const known = facts()
  const catalog = items(categories())
  const documents = [
    ...catalog.map((item) => productDocument(item, about)),
    ...policySources().map((source) => policyDocument(source, known, about)),
    ...faqGroups().flatMap((group) => faqDocuments(group, known, about)),
  ]
  const { people, hubs } = customers()
  const placed = orders({ people, hubs, catalog, facts: known, now: Date.parse(about.epoch) })
  return {
    'customers.jsonl': lines(people),
    'orders.jsonl': lines(placed),
    'documents.jsonl': lines(documents),
    'settings.json': `${JSON.stringify(shopSettings(known), null, 2)}\n`,
    'meta.json': `${JSON.stringify({ ...about, counts: { documents: documents.length, customers: people.length, orders: placed.length } }, null, 2)}\n`,
  }
}

/** What is wrong in the shop today, for the order desk; by file name, made of the same tables. */
export function demoOperations(): Record<string, string> {
  const known = facts()
  const { people, hubs } = customers()
  const world = { people, hubs, catalog: items(categories()), facts: known, now: Date.parse(shop().epoch) }
  const { orders: extra, cases, stock, prices, histories } = operations(world, orders(world))
  return {
    'case-orders.jsonl': lines(extra),
    'exceptions.jsonl': lines(cases),
    'stock.jsonl': lines(stock),
    'prices.jsonl': lines(prices),
    'histories.jsonl': lines(histories),
  }
}

const lines = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

if (process.argv[1] === import.meta.filename) {
  mkdirSync(OUT, { recursive: true })
  for (const [name, content] of Object.entries({ ...demoShop(), ...demoOperations() }))
    writeFileSync(join(OUT, name), content)
}
