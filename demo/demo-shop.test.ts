import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stated } from '../evals/gold/answer-strings.ts'
import { goldFiles } from '../evals/gold/generate.ts'
import type { DatasetRow } from '../evals/gold/gold-case.ts'
import type { ShopDocument } from '../src/domain/document.ts'
import { demoShop } from './generate.ts'
import type { ShopCustomer } from './generator/customers.ts'
import type { ShopOrder } from './generator/orders.ts'

const SHOP = join(import.meta.dirname, 'shop')
const DATASET = join(import.meta.dirname, '..', 'evals', 'datasets', 'demo-shop')
const STATES = [
  'pending',
  'payment_hold',
  'processing',
  'partially_shipped',
  'shipped',
  'out_for_delivery',
  'delayed',
  'delivered',
  'cancelled',
  'returned',
  'refunded',
]
const FIELDS = [
  'id',
  'kind',
  'title',
  'text',
  'url',
  'locale',
  'updatedAt',
  'validFrom',
  'validUntil',
  'audience',
  'scope',
  'sku',
  'category',
  'attributes',
  'price',
  'availability',
  'image',
  'aliases',
]

const documents = rows<ShopDocument>(join(SHOP, 'documents.jsonl'))
const customers = rows<ShopCustomer>(join(SHOP, 'customers.jsonl'))
const orders = rows<ShopOrder>(join(SHOP, 'orders.jsonl'))
const { epoch } = JSON.parse(readFileSync(join(SHOP, 'meta.json'), 'utf8')) as { epoch: string }
const gold = {
  calibration: rows<DatasetRow>(join(DATASET, 'calibration.jsonl')),
  test: rows<DatasetRow>(join(DATASET, 'test.jsonl')),
}
const everyCase = [...gold.calibration, ...gold.test]
const byId = new Map<string, ShopDocument>(documents.map((document) => [document.id, document]))

describe('the demo shop', () => {
  test('comes out byte for byte when it is generated again', () => {
    const made = demoShop()
    expect(Object.keys(made).sort()).toEqual([
      ...['customers.jsonl', 'documents.jsonl', 'meta.json', 'orders.jsonl', 'settings.json'],
    ])
    for (const [name, content] of Object.entries(made))
      expect(content === readFileSync(join(SHOP, name), 'utf8'), name).toBe(true)
  })

  test('has enough of everything', () => {
    const products = documents.filter(({ kind }) => kind === 'product')
    expect(products.length).toBeGreaterThanOrEqual(300)
    expect(new Set(products.map(({ category }) => category)).size).toBeGreaterThanOrEqual(8)
    expect(documents.filter(({ kind, locale }) => kind === 'faq' && locale === 'en').length).toBeGreaterThanOrEqual(120)
    expect(customers.length).toBeGreaterThanOrEqual(40)
    expect(orders.length).toBeGreaterThanOrEqual(200)
  })

  test('has every policy in English and in German, with the same sections', () => {
    const policies = documents.filter(({ kind }) => kind === 'policy')
    const english = policies.filter(({ locale }) => locale === 'en')
    expect(english.length).toBeGreaterThanOrEqual(12)
    expect(policies.length).toBe(2 * english.length)
    for (const { id, text } of english) {
      const german = byId.get(id.replace(/\.en$/, '.de'))?.text ?? ''
      expect(shape(german), id).toEqual(shape(text))
    }
  })

  test('gives every document the fields of the schema and no others', () => {
    for (const document of documents) {
      expect(
        Object.keys(document).filter((field) => !FIELDS.includes(field)),
        document.id,
      ).toEqual([])
      expect(
        document.title.trim() && document.text.trim() && document.url && Date.parse(document.updatedAt ?? ''),
        document.id,
      ).toBeTruthy()
      expect(document.text, document.id).not.toMatch(/\{\{|undefined|\[object/)
      expect(document.updatedAt && document.updatedAt < epoch, document.id).toBe(true)
      if (document.kind !== 'product') continue
      expect(document.sku && document.category && document.availability, document.id).toBeTruthy()
      expect(Number.isInteger(document.price?.amount) && document.price?.currency === 'EUR', document.id).toBe(true)
    }
  })

  test('uses every id and every article number once', () => {
    expect(byId.size).toBe(documents.length)
    const skus = documents.flatMap(({ sku }) => (sku ? [sku] : []))
    expect(new Set(skus).size).toBe(skus.length)
    for (const all of [customers.map(({ id }) => id), customers.map(({ email }) => email), orders.map(({ id }) => id)])
      expect(new Set(all).size).toBe(all.length)
  })

  test('writes to invented addresses only', () => {
    expect(customers.filter(({ email }) => !email.endsWith('@example.com'))).toEqual([])
    const text = documents.map((document) => JSON.stringify(document)).join('\n')
    const foreign = [...text.matchAll(/[\w.]+@([\w.]*[a-z])|https?:\/\/([^/"\s]+)/g)].map(
      (match) => match[1] ?? match[2],
    )
    expect(new Set(foreign)).toEqual(new Set(['larkhaven.example.com']))
  })
})

describe('its orders', () => {
  test('show every state', () => {
    expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(STATES))
  })

  test('add up, and belong to customers who exist', () => {
    const known = new Set(customers.map(({ id }) => id))
    const sold = new Map(documents.flatMap(({ sku, title }) => (sku ? [[sku, title]] : [])))
    for (const { id, total, shipping, lines, customer } of orders) {
      expect(
        lines.reduce((sum, { qty, unitPrice }) => sum + qty * unitPrice, shipping),
        id,
      ).toBe(total)
      expect(known.has(customer.id), id).toBe(true)
      for (const { sku, name } of lines) expect(sold.get(sku), id).toBe(name)
    }
  })

  test('never return more than was paid', () => {
    for (const { id, refunds, total } of orders)
      expect(
        refunds.reduce((sum, { amount }) => sum + amount, 0),
        id,
      ).toBeLessThanOrEqual(total)
  })

  test('have parcels whose scans lie between the order and now, in order', () => {
    for (const { id, placedAt, shipments } of orders)
      for (const { events } of shipments) {
        const times = events.map(({ at }) => at)
        expect(times.length, id).toBeGreaterThan(0)
        expect(times, id).toEqual(times.toSorted())
        expect((times[0] as string) >= placedAt && (times.at(-1) as string) <= epoch, id).toBe(true)
      }
  })
})

describe('the gold questions', () => {
  test('come out byte for byte when they are generated again', () => {
    for (const [name, content] of Object.entries(goldFiles()))
      expect(content === readFileSync(join(DATASET, name), 'utf8'), name).toBe(true)
  })

  test('are many, about half in each file, and a third to a half have no answer', () => {
    expect(everyCase.length).toBeGreaterThanOrEqual(800)
    expect(everyCase.filter(({ tags }) => tags.includes('hand-written')).length).toBeGreaterThanOrEqual(200)
    for (const half of Object.values(gold)) {
      expect(half.length / everyCase.length).toBeGreaterThan(0.42)
      const share = half.filter(({ expect: expected }) => expected === 'abstain').length / half.length
      expect(share > 0.33 && share < 0.5, String(share)).toBe(true)
    }
  })

  test('have ids and questions of their own', () => {
    expect(new Set(everyCase.map(({ id }) => id)).size).toBe(everyCase.length)
    expect(new Set(everyCase.map(({ question }) => question.toLowerCase())).size).toBe(everyCase.length)
  })

  test('never ask about one document in both files', () => {
    const cited = new Set(gold.calibration.flatMap((row) => row.documents))
    expect(gold.test.flatMap((row) => row.documents).filter((id) => cited.has(id))).toEqual([])
  })

  test('have an answer that stands in every document they may be answered from', () => {
    const wrong = everyCase
      .filter((row) => row.expect === 'answer')
      .flatMap(({ id, question, answers, documents: ids }) => {
        const texts = ids.map((one) => stated(byId.get(one) as ShopDocument).toLowerCase())
        const silent = ids.filter((_one, at) => !answers.some((answer) => texts[at]?.includes(answer.toLowerCase())))
        const nowhere = answers.filter((answer) => !texts.some((text) => text.includes(answer.toLowerCase())))
        return ids.length > 0 && silent.length + nowhere.length === 0 ? [] : [{ id, question, silent, nowhere }]
      })
    expect(wrong).toEqual([])
  })

  test('name no document where there is no answer', () => {
    expect(
      everyCase.filter((row) => row.expect === 'abstain' && row.documents.length + row.answers.length > 0),
    ).toEqual([])
  })

  test('are put in other words than the help pages use', () => {
    const verbatim = new Set(
      documents
        .filter(({ kind }) => kind === 'faq')
        .flatMap(({ title, aliases }) => [title, ...(aliases ?? [])])
        .map((text) => text.toLowerCase()),
    )
    const copied = everyCase.filter(
      ({ question, tags }) => !tags.includes('hand-written') && verbatim.has(question.toLowerCase()),
    )
    expect(copied.map(({ question }) => question)).toEqual([])
  })
})

/** How many headings, list items and table rows a text has. */
function shape(text: string): Record<string, number> {
  const count = (pattern: RegExp) => [...text.matchAll(pattern)].length
  return { headings: count(/^#+ /gm), items: count(/^(-|\d+\.) /gm), rows: count(/^\|/gm) }
}

function rows<T>(file: string): T[] {
  if (!existsSync(file)) throw new Error(`${file} is missing: run demo/generate.ts and evals/gold/generate.ts`)
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}
