import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Purser, startPurser } from '#app/embedded.ts'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { readConfig } from '#config.ts'
import { demoFolder } from '../fixtures/demo-folder.ts'
import { callInstance, shopperAt } from '../fixtures/shopper.ts'
import { until } from '../torture/product-process.ts'

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

const squash = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}|#>*_`]+/gu, ' ')
    .trim()
const admin = (method: string, path: string, body?: unknown) =>
  callInstance(purser.url, method, path, { token: keys.adminKey, ...(body === undefined ? {} : { body }) })

describe('knowledge', () => {
  test('answers with the exception of the category, and the quote stands in the document', async () => {
    const shopper = await shopperAt(purser.url, keys)
    const answer = await shopper.ask('How long do I have to return headphones?')
    expect(answer).toMatchObject({ outcome: 'answered', route: 'knowledge', handoff: null })
    expect(answer.text).toContain('14 days')
    const [citation] = answer.citations
    const document = await admin('GET', `/v1/documents/${encodeURIComponent(citation?.documentId ?? '')}`)
    expect(squash((document.json as { text: string }).text)).toContain(squash(citation?.quote ?? 'no citation'))
  })

  test('answers what was put a moment ago, and no longer what was deleted', async () => {
    const shopper = await shopperAt(purser.url, keys)
    const id = 'faq%2Ftest-llama'
    const put = await callInstance(purser.url, 'PUT', `/v1/documents/${id}`, {
      token: keys.ingestKey,
      body: {
        id: 'faq/test-llama',
        kind: 'faq',
        title: 'Does the llama courier deliver on Sundays?',
        text: 'The llama courier delivers on Sundays until 16:40.',
      },
    })
    expect(put.status).toBe(200)
    const before = await shopper.ask('Does the llama courier deliver on Sundays?')
    expect(before.outcome).toBe('answered')
    expect(before.text).toContain('16:40')
    expect((await callInstance(purser.url, 'DELETE', `/v1/documents/${id}`, { token: keys.ingestKey })).status).toBe(
      204,
    )
    const after = await shopper.ask('Does the llama courier deliver on Sundays?')
    expect(after.outcome).not.toBe('answered')
    expect(JSON.stringify(after)).not.toContain('16:40')
  })

  test.each([
    'do you ship to the moon',
    'Do you ship to the moon base Alpha?',
    "What is the CEO's home address?",
    'Will the zorblax 9000 run on diesel?',
  ])('does not answer with confidence: %s', async (question) => {
    const answer = await (await shopperAt(purser.url, keys)).ask(question)
    expect(answer.outcome).not.toBe('answered')
    expect(answer.gate.passed).toBe(false)
  })
})

describe('a question about the shop itself', () => {
  test('is no question about a product whose name has one of its words', async () => {
    const answer = await (await shopperAt(purser.url, keys)).ask('do you ship to the moon')
    expect(answer.outcome).toBe('handed_off')
  })
})

describe('the widget before the first message', () => {
  test('offers questions that are answered, or that ask whose order it is', async () => {
    const { json } = await callInstance(purser.url, 'GET', `/v1/widget?key=${keys.publicKey}&locale=en-GB`, {})
    const config = json as { starters: string[]; assistant: { name: string }; privacy: { notice: string } }
    expect(config).toMatchObject({
      shop: { name: 'Larkhaven' },
      privacy: { consent: 'none', notice: expect.stringContaining(config.assistant.name) },
      support: { timeZone: 'Europe/Berlin' },
      locale: 'en-GB',
    })
    expect(config.starters).toHaveLength(4)
    const shopper = await shopperAt(purser.url, keys)
    const answers = []
    for (const text of config.starters) answers.push(await shopper.ask(text))
    expect(answers.map(({ outcome, route }) => `${outcome} ${route}`)).toEqual([
      ...['answered knowledge', 'answered knowledge', 'answered product', 'clarify order'],
    ])
    expect(answers.map(({ text }) => text).join('\n')).toMatch(/30 days[\s\S]*€59[\s\S]*52 h[\s\S]*order number/)
  })
})

describe('a person', () => {
  test('takes over at once when asked for, and the operator sees the packet', async () => {
    const shopper = await shopperAt(purser.url, keys)
    const conversation = await shopper.open()
    await shopper.ask('What payment methods do you accept?', conversation)
    const answer = await shopper.ask('I want to talk to a human', conversation)
    expect(answer).toMatchObject({
      outcome: 'handed_off',
      route: 'person',
      handoff: { reason: 'requested', status: 'waiting' },
    })
    const { items } = (await admin('GET', '/v1/handoffs')).json as { items: { id: string }[] }
    const handoff = items.find(({ id }) => id === answer.handoff?.id)
    expect(JSON.stringify(handoff)).toContain('payment methods')
  })
})

describe('keys', () => {
  test('work from their making to their revoking, within their scope', async () => {
    const made = (await admin('POST', '/v1/keys', { scope: 'ingest', name: 'test' })).json as {
      id: string
      secret: string
    }
    const list = () => callInstance(purser.url, 'GET', '/v1/documents?limit=1', { token: made.secret })
    expect((await list()).status).toBe(200)
    expect((await callInstance(purser.url, 'GET', '/v1/handoffs', { token: made.secret })).status).toBe(403)
    expect((await admin('DELETE', `/v1/keys/${made.id}`)).status).toBe(204)
    expect((await list()).status).toBe(401)
    expect((await admin('DELETE', `/v1/keys/${made.id}`)).status).toBe(204)
    expect((await admin('DELETE', '/v1/keys/key_none')).status).toBe(404)
    expect((await admin('GET', '/v1/keys')).text).not.toContain(made.secret)
  })
})

describe('orders', () => {
  const order = async (status: string) => {
    const rows = (await readFile(new URL('../../demo/shop/orders.jsonl', import.meta.url), 'utf8'))
      .split('\n')
      .filter(Boolean)
    const found = rows.map((row) => JSON.parse(row)).find((row: { status: string }) => row.status === status)
    const customers = (await readFile(new URL('../../demo/shop/customers.jsonl', import.meta.url), 'utf8'))
      .split('\n')
      .filter(Boolean)
    const customer = customers.map((row) => JSON.parse(row)).find((row: { id: string }) => row.id === found.customer.id)
    return {
      id: found.id as string,
      tracking: found.shipments[0]?.tracking as string | undefined,
      carrier: found.shipments[0]?.carrier as string | undefined,
      items: found.lines.flatMap(({ sku, name }: { sku: string; name: string }) => [sku, name]) as string[],
      email: customer.email as string,
      customer: customer.id as string,
    }
  }

  test('asks for identification and tells nothing about the order', async () => {
    const { id, email, customer, tracking = 'no parcel', carrier = 'no parcel', items } = await order('delivered')
    const answer = await (await shopperAt(purser.url, keys)).ask(`Where is my order ${id}?`)
    expect(answer).toMatchObject({ outcome: 'clarify', route: 'order', needs: 'order_proof', orders: [], receipts: [] })
    const told = JSON.stringify(answer).toLowerCase()
    for (const value of [id, tracking, email, customer, carrier, ...items, 'delivered', 'shipped'])
      expect(told).not.toContain(value.toLowerCase())
  })

  test('tells the true state after the code from the e-mail', async () => {
    const { id, email, tracking } = await order('shipped')
    const shopper = await shopperAt(purser.url, keys)
    const conversation = await shopper.open()
    const question = `Where is my order ${id}?`
    expect(await shopper.ask(question, conversation)).toMatchObject({ needs: 'order_proof', orders: [] })
    const challenge = await shopper.call('POST', '/v1/identity/challenges', {
      orderNumber: id.toLowerCase(),
      email: email.toUpperCase(),
    })
    expect(challenge.status).toBe(202)
    const code = await codeFor(email)
    const wrong = await shopper.call('POST', `/v1/identity/challenges/${(challenge.json as { id: string }).id}`, {
      code: code === '000000' ? '000001' : '000000',
    })
    expect(wrong.status).toBeGreaterThanOrEqual(400)
    const right = await shopper.call('POST', `/v1/identity/challenges/${(challenge.json as { id: string }).id}`, {
      code,
    })
    expect(right.status).toBe(200)
    // What the widget does by itself once the order is unlocked.
    const answer = await shopper.ask(question, conversation)
    expect(answer).toMatchObject({
      needs: null,
      outcome: 'answered',
      route: 'order',
      orders: [
        {
          orderId: id,
          tracking,
          status: expect.stringMatching(/^(shipped|in_transit|out_for_delivery)$/),
          nextExpected: { what: expect.stringContaining('Delivery') },
        },
      ],
      cache: 'bypass',
    })
    expect((await shopper.ask('where is my order')).orders).toMatchObject([{ orderId: id }])
    expect(answer.receipts).toHaveLength(1)
  })

  test('gives the same answer to a challenge for an order that does not exist', async () => {
    const shopper = await shopperAt(purser.url, keys)
    const { id, email } = await order('shipped')
    const [known, unknown] = await Promise.all([
      shopper.call('POST', '/v1/identity/challenges', { orderNumber: id, email }),
      shopper.call('POST', '/v1/identity/challenges', { orderNumber: 'LH-0000000', email }),
    ])
    expect(unknown.status).toBe(known.status)
    expect(Object.keys(unknown.json as object)).toEqual(Object.keys(known.json as object))
  })

  test('shows a signed-in customer their own orders and nobody else theirs', async () => {
    const mine = await order('delivered')
    const identityToken = await new SignJWT({ email: mine.email })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(mine.customer)
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(keys.identitySecret))
    const shopper = await shopperAt(purser.url, keys, { identityToken })
    const answer = await shopper.ask(`Where is my order ${mine.id}?`)
    expect(answer.orders).toMatchObject([{ orderId: mine.id, status: 'delivered' }])
    const foreign = await order('shipped')
    const refused = await shopper.ask(`Where is order ${foreign.id}?`)
    expect(refused.orders).toEqual([])
    expect(refused.text).not.toContain(foreign.email)
  })

  test('of a customer with several are offered to choose from, and the choice is told', async () => {
    const rows = (await readFile(new URL('../../demo/shop/orders.jsonl', import.meta.url), 'utf8')).split('\n')
    const owners = rows.filter(Boolean).map((row) => (JSON.parse(row) as { customer: { id: string } }).customer.id)
    const customer = owners.find((id, at) => owners.indexOf(id) !== at)
    const identityToken = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(customer ?? 'nobody')
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(keys.identitySecret))
    const shopper = await shopperAt(purser.url, keys, { identityToken })
    const conversation = await shopper.open()
    const back = await shopper.ask('Where is my order?', conversation)
    expect(back).toMatchObject({ outcome: 'clarify', route: 'order', needs: null })
    expect(back.options.length).toBeGreaterThan(1)
    const { value = '' } = back.options[1] ?? {}
    expect(await shopper.ask(value, conversation)).toMatchObject({ outcome: 'answered', orders: [{ orderId: value }] })
  })

  /** The newest message to `email` in the demo outbox. */
  async function codeFor(email: string): Promise<string> {
    let code: string | undefined
    await until(async () => {
      for (const file of (await readdir(purser.outboxFolder)).sort().reverse()) {
        const text = await readFile(join(purser.outboxFolder, file), 'utf8')
        if (text.toLowerCase().includes(email.toLowerCase()))
          code ??= /\b\d{6}\b/.exec(text.split('\r\n\r\n')[1] ?? '')?.[0]
      }
      return code !== undefined
    }, 5_000)
    return code ?? ''
  }
})
