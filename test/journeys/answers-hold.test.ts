import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Purser, startPurser } from '#app/embedded.ts'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { readConfig } from '#config.ts'
import type { Answer, Citation } from '#domain/answer.ts'
import type { ShopDocument } from '#domain/document.ts'
import { demoFolder } from '../fixtures/demo-folder.ts'
import { callInstance, type Shopper, shopperAt } from '../fixtures/shopper.ts'

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

const documentPath = (id: string) => `/v1/documents/${encodeURIComponent(id)}`
async function put(id: string, document: Omit<Partial<ShopDocument>, 'id'>): Promise<void> {
  const reply = await callInstance(purser.url, 'PUT', documentPath(id), { token: keys.ingestKey, body: document })
  if (reply.status !== 200) throw new Error(reply.text)
}
const record = async (id: string) =>
  (await callInstance(purser.url, 'GET', documentPath(id), { token: keys.adminKey })).json as ShopDocument

async function citationsIn(shopper: Shopper, conversation: string): Promise<Citation[]> {
  const { messages } = (await shopper.call('GET', `/v1/conversations/${conversation}`)).json as {
    messages: { answer: Answer | null }[]
  }
  return messages.flatMap(({ answer }) => answer?.citations ?? [])
}

describe('a cited page', () => {
  const faq = (text: string) => ({
    kind: 'faq' as const,
    locale: 'en',
    title: 'When does the gannet ferry leave?',
    text,
  })
  const question = 'When does the gannet ferry leave?'

  test('that changes and goes is said to have, in the old answer and in the export; the new one uses what holds', async () => {
    const shopper = await shopperAt(purser.url, keys)
    const conversation = await shopper.open()
    await put('faq/gannet-ferry', faq('The gannet ferry leaves at 07:15.'))
    const first = await shopper.ask(question, conversation)
    expect(first).toMatchObject({ outcome: 'answered', citations: [{ state: 'current', language: 'en' }] })
    await put('faq/gannet-ferry', faq('The gannet ferry leaves at 08:40.'))
    expect(await citationsIn(shopper, conversation)).toMatchObject([
      { state: 'changed', quote: expect.stringContaining('07:15') },
    ])
    const second = await shopper.ask(question, conversation)
    expect(second.text).toContain('08:40')
    await callInstance(purser.url, 'DELETE', documentPath('faq/gannet-ferry'), { token: keys.ingestKey })
    expect((await citationsIn(shopper, conversation)).map(({ state }) => state)).toEqual(['gone', 'gone'])
    const exported = (await shopper.call('GET', '/v1/me/data')).text
    expect(exported.match(/"state":"gone"/g)).toHaveLength(2)
    const third = await shopper.ask(question)
    expect(third.outcome).not.toBe('answered')
    expect(third.citations.map(({ documentId }) => documentId)).not.toContain('faq/gannet-ferry')
  })

  test('that another one contradicts makes no answer: a person gets it, and both are offered', async () => {
    const policy = (title: string, days: number) => ({
      kind: 'policy' as const,
      locale: 'en',
      title,
      text: `# ${title}\n\nYou can try riding gloves at home for ${days} days.`,
    })
    await put('policies/gloves-a', policy('Trial of riding gloves', 20))
    await put('policies/gloves-b', policy('Riding gloves on trial', 45))
    const answer = await (await shopperAt(purser.url, keys)).ask('How many days can I try riding gloves at home?')
    expect(answer).toMatchObject({ outcome: 'handed_off', handoff: { reason: 'conflict' }, citations: [] })
    expect(answer.text).not.toMatch(/\d/)
    expect(
      answer.related
        .slice(0, 2)
        .map(({ documentId }) => documentId)
        .sort(),
    ).toEqual(['policies/gloves-a', 'policies/gloves-b'])
  })
})

describe('a product card', () => {
  test('is what the catalog says, with its image, to the digit and also after a change', async () => {
    const shopper = await shopperAt(purser.url, keys)
    const [card] = (await shopper.ask('How much is the Brewick Dawn filter coffee machine?')).products
    const { id, title, url, price, availability, image, sku } = await record('product/brewick-dawn')
    expect(image).toEqual({
      url: 'https://larkhaven.example.com/images/brewick-dawn.svg',
      alt: expect.stringMatching(/coffee machine in black/),
    })
    expect(card).toEqual({ documentId: id, title, url, price, availability, image, sku, asOf: expect.any(String) })
    const { source, version, contentHash, storedAt, retiredAt, versions, ...sent } = (await record(
      'product/brewick-dawn',
    )) as ShopDocument & Record<string, unknown>
    await put('product/brewick-dawn', {
      ...sent,
      price: { amount: 15_437, currency: 'EUR' },
      image: { url: 'https://larkhaven.example.com/images/other.svg' },
    })
    const after = await shopper.ask('How much is the Brewick Dawn filter coffee machine?')
    expect(after.text).toContain('154.37')
    expect(after.products).toMatchObject([
      { price: { amount: 15_437 }, image: { url: 'https://larkhaven.example.com/images/other.svg', alt: null } },
    ])
    await put('product/brewick-dawn', sent)
  })

  test('is one of at most five', async () => {
    const { products } = await (await shopperAt(purser.url, keys)).ask('Do you have towels?')
    expect(products.length).toBeGreaterThan(1)
    expect(products.length).toBeLessThanOrEqual(5)
  })
})

describe('a question that fits several products', () => {
  const AMBIGUOUS: [question: string, reworded: string][] = [
    ['How much do the Mudflat wellingtons cost?', 'What is the price of the Mudflat wellingtons?'],
    ['What is the weight of the Saddle hiking boots?', 'How heavy are the Saddle hiking boots?'],
    ['How much is the Thaw vacuum flask?', 'What does the Thaw vacuum flask cost?'],
  ]

  test.each(AMBIGUOUS)('is asked back once, and each choice gets its answer: %s', async (question) => {
    const shopper = await shopperAt(purser.url, keys)
    const back = await shopper.ask(question)
    expect(back).toMatchObject({ outcome: 'clarify', citations: [], handoff: null })
    expect(back.options.length).toBeGreaterThan(1)
    for (const { label, value } of back.options) {
      const conversation = await shopper.open()
      expect(await shopper.ask(question, conversation)).toMatchObject({ outcome: 'clarify', options: back.options })
      const answer = await shopper.ask(value, conversation)
      expect(answer).toMatchObject({ outcome: 'answered', products: [{ title: label }] })
    }
  })

  test.each(AMBIGUOUS)('is not asked back about twice, however the shopper goes on: %s', async (question, reworded) => {
    const shopper = await shopperAt(purser.url, keys)
    const conversation = await shopper.open()
    const outcomes: string[] = []
    for (const text of [question, question, 'Thank you!', reworded])
      outcomes.push((await shopper.ask(text, conversation)).outcome)
    expect(outcomes.filter((outcome) => outcome === 'clarify')).toEqual(['clarify'])
    expect(outcomes[1]).toBe('handed_off')
  })
})

test.each([
  'Is the Brewick Dawn filter coffee machine dishwasher safe?',
  'How long is the warranty on refurbished jetpacks?',
  'Can I pay with seashells?',
])('what the pages do not say is said first, with pages near to it and a person: %s', async (question) => {
  const answer = await (await shopperAt(purser.url, keys)).ask(question)
  expect(answer.text).toMatch(/^I do not know/)
  expect(answer).toMatchObject({ outcome: 'handed_off', citations: [], products: [], handoff: { status: 'waiting' } })
  expect(answer.related.length).toBeGreaterThan(0)
  expect(answer.related.length).toBeLessThanOrEqual(3)
  for (const { documentId, title, url } of answer.related) {
    const page = await record(documentId)
    expect({ title, url }).toEqual({ title: page.title, url: page.url ?? null })
  }
})
