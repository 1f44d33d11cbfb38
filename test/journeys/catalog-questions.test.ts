import { readFile, rm } from 'node:fs/promises'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Purser, startPurser } from '#app/embedded.ts'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { readConfig } from '#config.ts'
import type { ShopDocument } from '#domain/document.ts'
import { demoFolder } from '../fixtures/demo-folder.ts'
import { callInstance, shopperAt } from '../fixtures/shopper.ts'

const { signal } = new AbortController()
let folder: string
let purser: Purser
let keys: InstanceKeys

beforeAll(async () => {
  folder = await demoFolder('purser-journey-')
  purser = await startPurser(
    readConfig({ PORT: '0', PURSER_DATA: folder, PURSER_LOG_LEVEL: 'silent', PURSER_RATE_LIMITS: '0' }),
    signal,
  )
  keys = (await readKeys(folder, signal)) as InstanceKeys
}, 120_000)

afterAll(async () => {
  await purser?.close(signal)
  await rm(folder, { recursive: true, force: true })
}, 30_000)

async function put(id: string, document: Partial<ShopDocument>): Promise<void> {
  const reply = await callInstance(purser.url, 'PUT', `/v1/documents/${encodeURIComponent(id)}`, {
    token: keys.ingestKey,
    body: { kind: 'product', category: 'Boats', ...document },
  })
  if (reply.status !== 200) throw new Error(reply.text)
}
const kayak = (title: string, amount: number, attributes: ShopDocument['attributes']) => ({
  title,
  text: `${title}, for quiet water.`,
  sku: title.slice(0, 4).toUpperCase(),
  price: { amount, currency: 'EUR' },
  ...(attributes ? { attributes } : {}),
})

describe('a shop that takes up kayaks', () => {
  test('answers conditions, comparisons, prices and stock of them at once', async () => {
    await put('boat/skua', kayak('Tidewater Skua kayak', 90_000, { weight: { value: 22, unit: 'kg' } }))
    await put('boat/eider', kayak('Tidewater Eider kayak', 140_000, { weight: { value: 66, unit: 'lb' } }))
    const shopper = await shopperAt(purser.url, keys)
    const conversation = await shopper.open()

    const under = await shopper.ask('kayaks under 25 kg', conversation)
    expect(under).toMatchObject({ outcome: 'answered', products: [{ documentId: 'boat/skua' }] })
    expect(under.citations).toMatchObject([{ documentId: 'boat/skua', field: { name: 'weight', value: '22 kg' } }])
    const none = await shopper.ask('kayaks under 10 kg', conversation)
    expect(none.text).toContain('None of the 2 listed as such fits.')
    expect(none.citations.map(({ documentId }) => documentId).sort()).toEqual(['boat/eider', 'boat/skua'])

    const list = await shopper.ask('show me kayaks', conversation)
    expect(list.products).toHaveLength(2)
    const these = await shopper.ask('which of these is the lightest?', conversation)
    expect(these.text).toContain('The lower weight: Tidewater Skua kayak')

    const heavier = await shopper.ask('Is the Skua heavier than the Eider?', conversation)
    expect(heavier.text).toContain('The higher weight: Tidewater Eider kayak')
    expect(heavier.citations.map(({ documentId }) => documentId).sort()).toEqual(['boat/eider', 'boat/skua'])

    const price = await shopper.ask('how much is the Skua', conversation)
    expect(price).toMatchObject({
      outcome: 'answered',
      products: [{ price: { amount: 90_000 } }],
      receipts: [{ tool: 'product_look_up' }],
    })
    expect(price.products[0]?.asOf).toBe(price.receipts[0]?.at)
    await put('boat/skua', kayak('Tidewater Skua kayak', 80_000, { weight: { value: 22, unit: 'kg' } }))
    expect((await shopper.ask('how much is the Skua', conversation)).text).toContain('€800.00')
  })

  test('knows which of two compared is meant by a word for it, and asks when nothing says it', async () => {
    await put(
      'boat/petrel',
      kayak('Tidewater Petrel kayak', 90_000, { weight: { value: 22, unit: 'kg' }, colour: 'red' }),
    )
    await put(
      'boat/dunlin',
      kayak('Tidewater Dunlin kayak', 99_000, { weight: { value: 31, unit: 'kg' }, colour: 'blue' }),
    )
    const shopper = await shopperAt(purser.url, keys)
    const conversation = await shopper.open()
    const compared = await shopper.ask('Is the Petrel heavier than the Dunlin?', conversation)
    expect(compared.text).toContain('| weight | 22 kg | 31 kg |')
    const which = await shopper.ask('What is its price?', conversation)
    expect(which).toMatchObject({ outcome: 'clarify', text: 'Which of these do you mean?', handoff: null })
    expect(which.options).toEqual([
      { label: 'Tidewater Petrel kayak', value: "What is the Tidewater Petrel kayak's price?" },
      { label: 'Tidewater Dunlin kayak', value: "What is the Tidewater Dunlin kayak's price?" },
    ])
    const red = await shopper.ask('the red one', conversation)
    expect(red).toMatchObject({ outcome: 'answered', products: [{ documentId: 'boat/petrel' }] })
    const second = await shopper.ask('How heavy is the second one?', conversation)
    expect(second).toMatchObject({ outcome: 'answered', text: 'Tidewater Dunlin kayak – weight: 31 kg' })
    const cheaper = await shopper.ask('How heavy is the cheaper one?', conversation)
    expect(cheaper).toMatchObject({ outcome: 'answered', text: 'Tidewater Petrel kayak – weight: 22 kg' })
    const it = await shopper.ask('How much is it?', conversation)
    expect(it).toMatchObject({ outcome: 'answered', products: [{ documentId: 'boat/petrel' }] })
  })

  test('asks once which kayak, and says nothing of what it does not have', async () => {
    await put('boat/guillemot', kayak('Tidewater Guillemot kayak', 150_000, {}))
    await put('boat/guillemot-2', kayak('Tidewater Guillemot touring kayak', 190_000, {}))
    const shopper = await shopperAt(purser.url, keys)
    const conversation = await shopper.open()
    const which = await shopper.ask('how much is the Guillemot', conversation)
    expect(which.outcome).toBe('clarify')
    expect(which.options.map(({ label }) => label).sort()).toEqual([
      'Tidewater Guillemot kayak',
      'Tidewater Guillemot touring kayak',
    ])
    const chosen = await shopper.ask(which.options[0]?.value ?? '', conversation)
    expect(chosen).toMatchObject({ outcome: 'answered', products: [{ title: which.options[0]?.label }] })
    expect((await shopper.ask('submarines under 100 euros')).outcome).not.toBe('answered')
  })
})

test('what cannot be read is asked once more, and opens no case at the desk', async () => {
  const shopper = await shopperAt(purser.url, keys)
  for (const nonsense of ['?', 'asdf']) {
    const answer = await shopper.ask(nonsense)
    expect(answer).toMatchObject({ outcome: 'clarify', handoff: null })
  }
})

test('after an order was told, when it arrives is answered from the order', async () => {
  const rows = async (name: string) =>
    (await readFile(new URL(`../../demo/shop/${name}.jsonl`, import.meta.url), 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: string; status?: string; email?: string; customer?: { id: string } })
  const order = (await rows('orders')).find(({ status }) => status === 'shipped')
  const customer = (await rows('customers')).find(({ id }) => id === order?.customer?.id)
  const identityToken = await new SignJWT({ email: customer?.email })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(customer?.id ?? '')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(keys.identitySecret))
  const shopper = await shopperAt(purser.url, keys, { identityToken })
  const conversation = await shopper.open()
  const told = await shopper.ask(`Where is my order ${order?.id}?`, conversation)
  expect(told).toMatchObject({ outcome: 'answered', orders: [{ orderId: order?.id }] })
  const when = await shopper.ask('When will it arrive?', conversation)
  expect(when).toMatchObject({ outcome: 'answered', route: 'order', orders: [{ orderId: order?.id }] })
})
