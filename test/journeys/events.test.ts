import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Purser, startPurser } from '#app/embedded.ts'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { readConfig } from '#config.ts'
import { cloudEvent } from '../fixtures/event-builder.ts'
import { callInstance, shopperAt } from '../fixtures/shopper.ts'
import { until } from '../torture/product-process.ts'

const { signal } = new AbortController()
const DOCS = join(import.meta.dirname, '../../docs/events.md')
let folder: string
let purser: Purser
let keys: InstanceKeys

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser-events-'))
  purser = await startPurser(
    readConfig({ PORT: '0', PURSER_DATA: folder, PURSER_LOG_LEVEL: 'silent', PURSER_RATE_LIMITS: '0' }),
    signal,
  )
  keys = (await readKeys(folder, signal)) as InstanceKeys
}, 60_000)

afterAll(async () => {
  await purser?.close(signal)
  await rm(folder, { recursive: true, force: true })
}, 30_000)

const send = async (...events: object[]) =>
  (await callInstance(purser.url, 'POST', '/v1/events', { token: keys.eventsKey, body: events })).json
const settled = () =>
  until(async () => {
    const { json } = await callInstance(purser.url, 'GET', '/v1/events?state=waiting', { token: keys.eventsKey })
    return (json as { items: object[] }).items.length === 0
  }, 10_000)

test('the example of the documentation is taken in, and answered from', async ({ skip }) => {
  const run = promisify(execFile)
  skip(
    await run('curl', ['--version']).then(
      () => false,
      () => true,
    ),
    'there is no curl',
  )
  const [, script = '', answer = ''] =
    /```sh\n([\s\S]*?)```[\s\S]*?```json\n([\s\S]*?)```/.exec(await readFile(DOCS, 'utf8')) ?? []
  const { stdout } = await run('sh', ['-c', script], {
    env: { ...process.env, PURSER: purser.url, EVENTS_KEY: keys.eventsKey },
  })
  expect(JSON.parse(stdout)).toEqual(JSON.parse(answer))
  await settled()
  const { text, products } = await (await shopperAt(purser.url, keys)).ask('How much is the Kettle Klaus?')
  expect(text).toContain('34.90')
  expect(products).toMatchObject([
    { documentId: 'product/kettle', price: { amount: 3490, currency: 'EUR' }, availability: 'out_of_stock' },
  ])
})

test('what a shopper is told follows stock and prices, and ends with the product', async () => {
  const shopper = await shopperAt(purser.url, keys)
  const ask = () => shopper.ask('Is the Zeppelin kite in stock?')
  const kite = { id: 'product/kite', kind: 'product', title: 'Zeppelin kite', text: 'A kite.', sku: 'Z-1' }
  const stock = (available: number, sequence: number) => cloudEvent({ sequence, data: { sku: 'Z-1', available } })
  await send(cloudEvent({ type: 'product.updated', sequence: 1, data: kite }), stock(3, 2))
  await settled()
  expect(await ask()).toMatchObject({ outcome: 'answered', products: [{ sku: 'Z-1', availability: 'in_stock' }] })
  await send(stock(0, 4), stock(5, 3))
  await settled()
  const soldOut = await ask()
  expect(soldOut).toMatchObject({ outcome: 'answered', products: [{ availability: 'out_of_stock' }] })
  expect(soldOut.text).toContain('out of stock')
  await send(cloudEvent({ type: 'product.retired', sequence: 9, data: { sku: 'Z-1' } }))
  await settled()
  const gone = await ask()
  expect(gone.outcome).not.toBe('answered')
  expect(JSON.stringify(gone)).not.toContain('Z-1')
})
