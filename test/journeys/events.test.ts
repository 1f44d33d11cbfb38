import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Purser, startPurser } from '#app/embedded.ts'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { readConfig } from '#config.ts'
import type { Answer } from '#domain/answer.ts'
import { demoFolder } from '../fixtures/demo-folder.ts'
import { cloudEvent } from '../fixtures/event-builder.ts'
import { callInstance, shopperAt } from '../fixtures/shopper.ts'
import { until } from '../torture/product-process.ts'

const { signal } = new AbortController()
const DOCS = join(import.meta.dirname, '../../docs/events.md')
let folder: string
let purser: Purser
let keys: InstanceKeys

beforeAll(async () => {
  folder = await demoFolder('purser-events-')
  purser = await startPurser(
    readConfig({
      ...{ PORT: '0', PURSER_DATA: folder, PURSER_LOG_LEVEL: 'silent', PURSER_RATE_LIMITS: '0' },
      ...{ PURSER_SOURCE_PRIVATE: '1', PURSER_SOURCE_FOLDERS: folder },
    }),
    signal,
  )
  keys = (await readKeys(folder, signal)) as InstanceKeys
}, 120_000)

afterAll(async () => {
  await purser?.close(signal)
  await rm(folder, { recursive: true, force: true })
}, 30_000)

const send = async (...events: object[]) =>
  (await callInstance(purser.url, 'POST', '/v1/events', { token: keys.eventsKey, body: events })).json
/** The first answer that is as awaited: events take effect a moment after they were accepted. */
async function told(question: string, isAwaited: (answer: Answer) => boolean): Promise<Answer> {
  const shopper = await shopperAt(purser.url, keys)
  let answer: Answer | null = null
  await until(async () => {
    answer = await shopper.ask(question)
    return isAwaited(answer)
  }, 10_000)
  if (!answer) throw new Error('there is no answer')
  return answer
}

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
  const { products } = await told('How much is the Kettle Klaus?', ({ text }) => text.includes('34.90'))
  expect(products).toMatchObject([
    { documentId: 'product/kettle', price: { amount: 3490, currency: 'EUR' }, availability: 'out_of_stock' },
  ])
})

test('what a shopper is told follows stock and prices, and ends with the product', async () => {
  const question = 'Is the Zeppelin kite in stock?'
  const isSaid =
    (availability: string) =>
    ({ products }: Answer) =>
      products[0]?.availability === availability
  const kite = { id: 'product/kite', kind: 'product', title: 'Zeppelin kite', text: 'A kite.', sku: 'Z-1' }
  const stock = (available: number, sequence: number) => cloudEvent({ sequence, data: { sku: 'Z-1', available } })
  await send(cloudEvent({ type: 'product.updated', sequence: 1, data: kite }), stock(3, 2))
  expect(await told(question, isSaid('in_stock'))).toMatchObject({ outcome: 'answered', products: [{ sku: 'Z-1' }] })
  await send(stock(0, 4), stock(5, 3))
  expect((await told(question, isSaid('out_of_stock'))).text).toContain('out of stock')
  await send(cloudEvent({ type: 'product.retired', sequence: 9, data: { sku: 'Z-1' } }))
  const gone = await told(question, ({ outcome }) => outcome !== 'answered')
  expect(JSON.stringify(gone)).not.toContain('Z-1')
})

test('a feed and a folder elsewhere are answered from, and followed', async () => {
  const row = (text: string) =>
    `${JSON.stringify({ id: 'faq/owl', kind: 'faq', title: 'When does the owl sing?', text })}\n`
  let feed = row('The owl sings at nine.')
  const server = createServer((_request, response) => response.setHeader('etag', `"${feed.length}"`).end(feed))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const call = (path: string, body?: object) =>
      callInstance(purser.url, 'POST', path, { token: keys.ingestKey, ...(body ? { body } : {}) })
    const { port } = server.address() as AddressInfo
    const added = await call('/v1/sources', { name: 'owl', url: `http://127.0.0.1:${port}/owl.jsonl` })
    expect(added.status).toBe(201)
    await told('When does the owl sing?', ({ text }) => text.includes('at nine'))
    feed = row('The owl sings at half past eleven.')
    expect((await call(`/v1/sources/${(added.json as { id: string }).id}/sync`)).status).toBe(202)
    const newer = await told('When does the owl sing?', ({ text }) => text.includes('half past eleven'))
    expect(newer.text).not.toContain('at nine')

    await mkdir(join(folder, 'help'))
    await writeFile(join(folder, 'help', 'llama.md'), '# Where does the llama sleep?\n\nThe llama sleeps in the attic.')
    const url = pathToFileURL(join(folder, 'help')).href
    expect((await call('/v1/sources', { name: 'help', url })).status).toBe(201)
    await told('Where does the llama sleep?', ({ text }) => text.includes('attic'))
  } finally {
    server.closeAllConnections()
    server.close()
  }
}, 60_000)
