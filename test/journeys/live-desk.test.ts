import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { callInstance, type Reply } from '../fixtures/shopper.ts'
import { type ProductProcess, startProduct, until } from '../torture/product-process.ts'

const { signal } = new AbortController()
const ROUNDS = 8
const WITHIN_MS = 60_000
type Said = { role: string; text: string; clientMessageId: string | null; author?: string | null }

let folder: string
let product: ProductProcess
let keys: InstanceKeys

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser-desk-'))
  product = await startProduct(folder, { PURSER_DEMO: '0', PURSER_LOG_LEVEL: 'silent' })
  keys = (await readKeys(folder, signal)) as InstanceKeys
}, 90_000)

afterAll(async () => {
  await product?.kill('SIGTERM')
  await rm(folder, { recursive: true, force: true })
}, 30_000)

/** Says it again until it is acknowledged, as the widget and the desk page do when a server dies under them. */
async function persist(method: string, path: string, token: string, body?: unknown): Promise<Reply> {
  let last: Reply | null = null
  const done = await until(async () => {
    last = await callInstance(product.url, method, path, { token, ...(body === undefined ? {} : { body }) })
    return last.status < 500
  }, WITHIN_MS)
  if (!done || !last) throw new Error(`${method} ${path} was never acknowledged: ${JSON.stringify(last)}`)
  return last
}

async function shopperWithPerson(): Promise<{ token: string; conversation: string; handoff: string }> {
  const session = await callInstance(product.url, 'POST', '/v1/sessions', {
    body: { publicKey: keys.publicKey },
    headers: { origin: product.url },
  })
  const { token } = session.json as { token: string }
  const conversation = ((await persist('POST', '/v1/conversations', token, {})).json as { id: string }).id
  const asked = await persist('POST', `/v1/conversations/${conversation}/handoff`, token, {
    reason: 'A person, please',
  })
  expect(asked.status).toBe(201)
  return { token, conversation, handoff: (asked.json as { id: string }).id }
}

describe('two shoppers and a person at the desk', () => {
  test('lose and double nothing although the server is killed again and again', async () => {
    const shoppers = [await shopperWithPerson(), await shopperWithPerson()]
    for (const { handoff } of shoppers)
      expect((await persist('POST', `/v1/handoffs/${handoff}/claim`, keys.adminKey, {})).status).toBe(200)

    const talk = async ({ token, conversation, handoff }: (typeof shoppers)[number], at: number) => {
      const kept: string[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const asked = { text: `shopper ${at} round ${round}`, clientMessageId: `s${at}-${round}` }
        const sent = await persist('POST', `/v1/conversations/${conversation}/messages`, token, asked)
        expect([sent.status, sent.text]).toEqual([200, sent.text])
        const reply = { text: `person to ${at} round ${round}`, clientMessageId: `p${at}-${round}` }
        const said = await persist('POST', `/v1/handoffs/${handoff}/reply`, keys.adminKey, reply)
        expect([said.status, said.text]).toEqual([200, said.text])
        kept.push(asked.text, reply.text)
      }
      return kept
    }
    const talks = Promise.all(shoppers.map(talk))
    let over = false
    talks.finally(() => (over = true)).catch(() => {})
    let kills = 0
    while (!over && kills < 3) {
      await product.kill('SIGKILL')
      kills += 1
      product = await startProduct(folder, { PURSER_DEMO: '0', PURSER_LOG_LEVEL: 'silent' })
      await until(async () => over, 150)
    }
    const expected = await talks
    expect(kills).toBeGreaterThan(0)

    for (const [at, { token, conversation }] of shoppers.entries()) {
      const transcript = await persist('GET', `/v1/conversations/${conversation}`, token)
      const { messages } = transcript.json as { messages: Said[] }
      expect(messages.map(({ text }) => text).filter((text) => text !== '')).toEqual(expected[at])
      expect(messages.filter(({ role }) => role === 'assistant')).toEqual([])
    }
  }, 180_000)
})
