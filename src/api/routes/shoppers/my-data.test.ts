import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { customerId, orderId } from '#domain/ids.ts'
import { background } from '#support/background.ts'
import { identity } from '#support/identity.ts'
import { heldAnswer } from '../../../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench } from '../../../../test/fixtures/api-bench.ts'
import { SILENT } from '../../../../test/fixtures/support-bench.ts'
import { proofOf } from '../../proof.ts'

let api: ApiBench
let token: string
let sessionId: string
beforeEach(async () => {
  api = await apiBench()
  ;({ token, sessionId } = await api.shopper())
})
afterEach(() => api.close())

const erase = (by = token, headers: Record<string, string> = {}) =>
  api.call('DELETE', '/v1/me/data', { token: by, headers })
const kept = () => api.asOwner(`select status from idempotency_keys where caller = '${sessionId}'`)

async function challenge(by = token) {
  const body = { orderNumber: 'A-1001', email: 'ada@shop.example' }
  expect((await api.call('POST', '/v1/identity/challenges', { token: by, body })).status).toBe(202)
  await api.idle()
}

async function customer(sub: string, email: string): Promise<string> {
  const expiresAt = Math.floor(api.clock.now().getTime() / 1000) + 600
  const identityToken = await new SignJWT({ sub, email, exp: expiresAt })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(api.identitySecret))
  return (await api.shopper({ identityToken })).token
}

describe('erasing', () => {
  test('takes the stored response of a request that is still running, which stores none afterwards', async () => {
    const conversation = await api.conversation(token)
    const held = heldAnswer()
    api.agent.does(held.script)
    const asking = api.call('POST', `/v1/conversations/${conversation}/messages`, {
      token,
      body: { text: 'Secret?', clientMessageId: 'one' },
      headers: { 'idempotency-key': 'running' },
    })
    await held.started
    expect(await kept()).toEqual([{ status: null }])
    expect((await erase()).status).toBe(200)
    expect(await kept()).toEqual([])
    held.release()
    expect((await asking).status).toBe(410)
    expect(await kept()).toEqual([])
  })

  test('answers the same again for its own Idempotency-Key', async () => {
    await api.conversation(token)
    const first = await (await erase(token, { 'idempotency-key': 'mine' })).json()
    expect(first).toMatchObject({ conversations: 1 })
    expect(await (await erase(token, { 'idempotency-key': 'mine' })).json()).toEqual(first)
  })

  test('takes the messages written to the shopper, and nobody else’s', async () => {
    await challenge()
    const other = (await api.shopper()).token
    await challenge(other)
    expect(api.sent).toHaveLength(2)
    await erase()
    expect(api.sent.map(({ session }) => session)).not.toContain(sessionId)
    expect(api.sent).toHaveLength(1)
  })

  test('takes what was written to a customer’s address and in their other sessions', async () => {
    const [phone, desk] = [await customer('cust-1', 'ada@shop.example'), await customer('cust-1', 'ada@shop.example')]
    await challenge(phone)
    await challenge(token)
    await erase(desk)
    expect(api.sent).toEqual([])
  })

  test('stops a code that is on its way', async () => {
    const { challenges, clock, ids, sessions, signal } = api
    const looking = Promise.withResolvers<void>()
    const found = Promise.withResolvers<void>()
    const sent: unknown[] = []
    const work = background((error) => sent.push(error))
    const proof = identity(
      {
        store: challenges,
        contacts: {
          async contact() {
            looking.resolve()
            await found.promise
            return { customer: customerId('c'), email: 'ada@shop.example', order: orderId('A-1001') }
          },
        },
        mailer: {
          async send(message) {
            sent.push(message)
            return { outcome: 'sent' }
          },
        },
        background: work,
        clock,
        ids,
        log: SILENT,
      },
      signal,
    )
    const session = await sessions.byProof(proofOf(token), clock.now(), signal)
    if (!session) throw new Error('no session')
    await proof.challenge(session, { orderNumber: 'A-1001', email: 'ada@shop.example' }, signal)
    await looking.promise
    await erase()
    found.resolve()
    await work.idle(signal)
    expect(sent).toEqual([])
  })

  test('empties hand-over packets and what was said about answers', async () => {
    const conversation = await api.conversation(token)
    const asked = await api.call('POST', `/v1/conversations/${conversation}/messages`, {
      token,
      body: { text: 'unforgettable', clientMessageId: 'one' },
    })
    const { id } = (await asked.json()) as { id: string }
    const body = { helpful: false, reason: 'unforgettable', comment: 'unforgettable' }
    await api.call('POST', `/v1/messages/${id}/feedback`, { token, body })
    await api.call('POST', `/v1/conversations/${conversation}/handoff`, { token, body: { reason: 'unforgettable' } })
    await erase()
    const rows = await api.asOwner(
      'select packet::text, contact, reason as why, (select comment from feedback), (select reason from feedback) as said from handoffs',
    )
    expect(rows).toEqual([{ packet: '{}', contact: null, why: 'requested', comment: null, said: null }])
  })
})
