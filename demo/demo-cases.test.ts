import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WENT_WRONG } from '../src/domain/exceptions/exception-type.ts'
import { demoOperations } from './generate.ts'
import type { CaseOrder } from './generator/cases/case-orders.ts'
import type { DemoCase } from './generator/cases/cases.ts'
import type { StockRow } from './generator/cases/measured.ts'

const SHOP = join(import.meta.dirname, 'shop')
const orders = [...rows<CaseOrder>('orders.jsonl'), ...rows<CaseOrder>('case-orders.jsonl')]
const cases = rows<DemoCase>('exceptions.jsonl')
const { epoch } = JSON.parse(readFileSync(join(SHOP, 'meta.json'), 'utf8')) as { epoch: string }

test('what is wrong in the shop comes out byte for byte when it is generated again', () => {
  for (const [name, content] of Object.entries(demoOperations()))
    expect(content === readFileSync(join(SHOP, name), 'utf8'), name).toBe(true)
})

test('every type of exception is there, on an order that exists, once an order', () => {
  expect(new Set(cases.map(({ type }) => type))).toEqual(new Set(WENT_WRONG))
  expect(cases.length).toBeGreaterThanOrEqual(25)
  const known = new Set(orders.map(({ id }) => id))
  expect(cases.filter(({ order }) => !known.has(order))).toEqual([])
  expect(new Set(cases.map(({ order }) => order)).size).toBe(cases.length)
  expect(cases.filter(({ detectedAt }) => detectedAt >= epoch)).toEqual([])
})

test('one closed depot holds up at least twelve parcels of one day', () => {
  const held = cases.flatMap(({ order }) =>
    (orders.find(({ id }) => id === order)?.shipments ?? []).filter(({ events }) =>
      /Depot closed/.test(events.at(-1)?.description ?? ''),
    ),
  )
  expect(held.length).toBeGreaterThanOrEqual(12)
  expect(new Set(held.map(({ events }) => `${events.at(-1)?.location} ${events.at(-1)?.at.slice(0, 10)}`)).size).toBe(1)
})

test('orders of its own add up, have ids of their own, and lie before now', () => {
  expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length)
  for (const { id, total, shipping, lines, placedAt, shipments } of rows<CaseOrder>('case-orders.jsonl')) {
    expect(
      lines.reduce((sum, { qty, unitPrice }) => sum + qty * unitPrice, shipping),
      id,
    ).toBe(total)
    for (const at of [placedAt, ...shipments.flatMap(({ events }) => events.map((event) => event.at))])
      expect(at < epoch, `${id} ${at}`).toBe(true)
  }
})

test('shelves are counted for everything on an order, and promise no more than they hold', () => {
  const stock = rows<StockRow>('stock.jsonl')
  const counted = new Set(stock.map(({ sku }) => sku))
  expect(orders.flatMap(({ lines }) => lines).filter(({ sku }) => !counted.has(sku))).toEqual([])
  expect(stock.filter(({ onHand, reserved }) => reserved > onHand)).toEqual([])
})

function rows<Row>(file: string): Row[] {
  const text = readFileSync(join(SHOP, file), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row)
}
