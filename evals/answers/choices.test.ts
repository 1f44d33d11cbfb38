import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerQuestion } from '#agents/customer-question/customer-question.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import { decimalText } from '#domain/money.ts'
import { EVAL_SHOP, type ShopInMemory, shopInMemory } from '../shop-in-memory.ts'
import { agentOver } from './suite.ts'

const FILE = fileURLToPath(new URL('../../demo/shop/documents.jsonl', import.meta.url))
/** Every so many families; all of them take half a minute. */
const EVERY = 6
const { signal } = new AbortController()
let shop: ShopInMemory
let agent: CustomerQuestion

beforeAll(async () => {
  shop = await shopInMemory(FILE, signal)
  agent = agentOver(shop)
}, 60_000)
afterAll(() => shop.close(signal))

const ask = (text: string, memory = {}) =>
  agent.answer(
    {
      shop: EVAL_SHOP,
      message: 'msg_eval',
      text,
      audience: {},
      customer: null,
      unlockedOrders: [],
      history: [],
      memory,
      at: new Date('2026-11-20T09:00:00.000Z'),
    },
    () => {},
    signal,
  )

/** Products sold in variants of different prices, by the name they share; those whose size repeats a number always. */
function families(): [name: string, variants: ShopDocument[]][] {
  const products = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ShopDocument)
    .filter(({ kind }) => kind === 'product')
  const byName = Map.groupBy(products, ({ title }) => title.split(', ')[0] ?? title)
  return [...byName]
    .filter(([, variants]) => new Set(variants.map(({ price }) => price?.amount)).size > 1)
    .filter(([, variants], index) => index % EVERY === 0 || variants.some(({ title }) => /(\d+) × \1\b/.test(title)))
}

test.each(families())('%s: one question back, and every choice gets the price of its own', async (name, variants) => {
  const question = `How much is the ${name}?`
  const back = await ask(question)
  expect(back.outcome).toBe('clarify')
  expect(back.options.map(({ label }) => label).sort()).toEqual(variants.map(({ title }) => title).sort())
  for (const { label, value } of back.options) {
    const answer = await ask(value, back.memory)
    const price = variants.find(({ title }) => title === label)?.price
    expect(answer).toMatchObject({ outcome: 'answered', products: [{ title: label, price }] })
    expect(answer.text).toContain(price && decimalText(price))
  }
  expect((await ask(question, back.memory)).outcome).not.toBe('clarify')
})
