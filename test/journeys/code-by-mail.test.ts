import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Purser, startPurser } from '#app/embedded.ts'
import { type InstanceKeys, readKeys } from '#app/keys.ts'
import { readConfig } from '#config.ts'
import type { Order } from '#domain/order.ts'
import { demoFolder } from '../fixtures/demo-folder.ts'
import { type MailServer, mailServer } from '../fixtures/mail-server.ts'
import { callInstance, shopperAt } from '../fixtures/shopper.ts'

const { signal } = new AbortController()
let folder: string
let server: MailServer
let purser: Purser
let keys: InstanceKeys

beforeAll(async () => {
  folder = await demoFolder('purser-mail-')
  server = await mailServer({ disabledCommands: ['STARTTLS'] })
  purser = await startPurser(
    readConfig({
      PORT: '0',
      PURSER_DATA: folder,
      PURSER_LOG_LEVEL: 'silent',
      PURSER_SMTP_URL: `smtp://purser:correct%20horse@127.0.0.1:${server.port}`,
      PURSER_MAIL_FROM: 'Larkhaven <help@larkhaven.example.com>',
    }),
    signal,
  )
  keys = (await readKeys(folder, signal)) as InstanceKeys
}, 120_000)

afterAll(async () => {
  await purser?.close(signal)
  await server?.close()
  await rm(folder, { recursive: true, force: true })
}, 30_000)

async function someOrder(): Promise<{ id: string; email: string }> {
  const rows = async <Row>(file: string) =>
    (await readFile(new URL(`../../demo/shop/${file}`, import.meta.url), 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map((row) => JSON.parse(row) as Row)
  const order = (await rows<Order>('orders.jsonl')).find(({ status }) => status === 'shipped')
  const customers = await rows<{ id: string; email: string }>('customers.jsonl')
  const email = customers.find(({ id }) => id === order?.customer.id)?.email
  if (!order || !email) throw new Error('the demo shop has no shipped order')
  return { id: order.id, email }
}

test('a code reaches the shopper through the mail server, after it asked to come back later, and unlocks the order', async () => {
  const { id, email } = await someOrder()
  const shopper = await shopperAt(purser.url, keys)
  server.behave({ rcpt: 451 })
  const asked = await shopper.call('POST', '/v1/identity/challenges', { orderNumber: id, email })
  expect(asked.status).toBe(202)
  await expect.poll(() => server.refused(), { timeout: 10_000 }).toBeGreaterThan(0)
  server.behave({})
  await expect.poll(() => server.received.length, { timeout: 15_000 }).toBe(1)
  const [mail] = server.received
  expect(mail).toMatchObject({ user: 'purser', from: 'help@larkhaven.example.com', to: [email] })
  const code = /\b\d{6}\b/.exec(mail?.raw.split('\r\n\r\n').slice(1).join() ?? '')?.[0]
  const challenge = (asked.json as { id: string }).id
  const solved = await shopper.call('POST', `/v1/identity/challenges/${challenge}`, { code })
  expect(solved.json).toMatchObject({ unlocked: true, orderId: id })
  expect(await readdir(join(folder, 'outbox')).catch(() => [])).toEqual([])
})

test('readyz tells whether mail leaves', async () => {
  const { json } = await callInstance(purser.url, 'GET', '/readyz', {})
  expect(json).toMatchObject({ status: 'ready', dependencies: { mail: { state: 'ready' } } })
})
