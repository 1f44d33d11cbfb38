import { afterEach, expect, test } from 'vitest'
import { carefulPolicy } from '#approvals/policy/default-policy.ts'
import { inShop } from '#db/database.ts'
import { advance } from '#db/support/transcript-rows.ts'
import { claimsWithoutReceipt } from '#domain/approvals/claims.ts'
import type { CustomerRequest } from '#domain/exceptions/customer-request.ts'
import type { CaseId, CustomerId } from '#domain/ids.ts'
import { randomIds } from '#telemetry/ids.ts'
import { requestChange } from '#tools/request-change.ts'
import { type BenchChat, benchChat } from '../fixtures/bench-chat.ts'
import { ADDRESS, anOrder, aParcel, scan } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

const order = anOrder({ status: 'processing' })
let bench: ExceptionBench
let chat: BenchChat
afterEach(async () => {
  chat.stop()
  await bench.close()
})

/** A shop whose policy leaves everything to a person. */
async function carefulShop(world = { order, parcels: [] as Parameters<typeof exceptionBench>[0]['parcels'] }) {
  bench = await exceptionBench({ ...world, stock: [] })
  const { policies, shop, signal } = bench
  await policies.put(shop, { policy: carefulPolicy(), ifMatch: null, by: BEN, note: null }, signal)
  chat = benchChat(bench)
  return chat.session({ customer: 'C-1' })
}

const all = () => bench.cases.list(bench.shop, { ...PAGE }, bench.signal).then(({ items }) => items)
const PAGE = { status: null, type: null, incident: null, q: null, sort: 'age', cursor: null, limit: 50 } as const
const orderNow = async () =>
  (await bench.sandbox.systems.desk.versionedOrder(bench.shop, order.id, bench.signal))?.value

/** Past the moment in which it can be called off. */
async function carriedOut(id: CaseId) {
  await bench.agent.act(bench.shop, id, bench.signal)
  bench.clock.move(60_000)
  await bench.agent.act(bench.shop, id, bench.signal)
}

test('W23: a cancellation is asked for after a yes, once, and told as done only after a person agreed and it is', async () => {
  const here = await carefulShop()
  const offered = await chat.say(here, 'Please cancel my order')
  expect(offered).toMatchObject({ outcome: 'clarify', route: 'order', orders: [{ orderId: order.id, cases: [] }] })
  expect(offered.options.map(({ value }) => value)).toEqual(['Yes, ask for it', 'No, leave it as it is'])
  expect(offered.text).toContain('€45.00')
  expect(await all()).toEqual([])

  const requested = await chat.say(here, 'Yes, ask for it', 'yes')
  expect(requested).toMatchObject({ outcome: 'answered', receipts: [{ tool: 'request_change' }] })
  expect(requested.text).toContain('Requested, not done yet')
  // The same message again, and a second yes, change nothing.
  expect((await chat.say(here, 'Yes, ask for it', 'yes')).id).toBe(requested.id)
  await chat.say(here, 'yes')
  const [one, ...others] = await all()
  expect(others).toEqual([])
  expect(one).toMatchObject({ type: 'customer_request', source: 'customer', data: { request: { kind: 'cancel' } } })
  if (!one) return

  const { agent, shop, signal } = bench
  await agent.triage(shop, one.id, 'opened', signal)
  const before = await chat.say(here, 'Where is my order?')
  expect(before.orders[0]?.cases).toMatchObject([{ id: one.id, what: 'a cancellation', state: 'requested' }])
  expect(before.text).toContain('requested is a cancellation of the order; a refund of €45.00. A person from our team')
  expect((await orderNow())?.status).toBe('processing')

  expect(await bench.approved(one.id)).toMatchObject({ outcome: 'decided' })
  const between = await chat.say(here, 'Where is my order?')
  expect(between.orders[0]?.cases).toMatchObject([{ state: 'agreed', decidedBy: null }])
  await carriedOut(one.id)
  expect((await orderNow())?.status).toBe('cancelled')
  const after = await chat.say(here, 'Where is my order?')
  expect(after.orders[0]?.cases).toMatchObject([{ state: 'done' }])
  expect(after.text).toContain('the order was cancelled (receipt ')
  expect(await bench.refunds()).toHaveLength(1)
  for (const early of [offered, requested, before, between]) expect(claimsWithoutReceipt(early.text, [])).toEqual([])
}, 30_000)

test('an address is read from the shopper’s words, read back, and changed once a person agreed', async () => {
  const here = await carefulShop()
  const asked = await chat.say(here, 'I need to change the delivery address')
  expect(asked.text).toContain('Please write the whole new address')
  expect((await chat.say(here, 'near the harbour')).text).toContain('could not read a whole address')
  const offered = await chat.say(here, 'Neue Straße 5, 10115 Berlin')
  expect(offered.text).toContain('Neue Straße 5, 10115 Berlin, DE')
  await chat.say(here, 'yes')
  const [one] = await all()
  const { agent, shop, signal } = bench
  await agent.triage(shop, one?.id ?? 'cas_0', 'opened', signal)
  await bench.approved(one?.id ?? 'cas_0')
  await carriedOut(one?.id ?? 'cas_0')
  expect((await orderNow())?.shippingAddress).toMatchObject({ line1: 'Neue Straße 5', city: 'Berlin' })
  const after = await chat.say(here, 'Where is my order?')
  expect(after.text).toContain('the delivery address was changed (receipt ')
}, 30_000)

test('what the shop’s policy allows alone is done without a person, and told with its receipt', async () => {
  bench = await exceptionBench({ order, parcels: [], stock: [] })
  chat = benchChat(bench)
  const here = await chat.session({ customer: 'C-1' })
  await chat.say(here, 'Bitte stornieren Sie meine Bestellung')
  expect((await chat.say(here, 'ja')).text).toContain('Angefragt, noch nicht geschehen')
  const [one] = await all()
  const { agent, shop, signal } = bench
  await agent.triage(shop, one?.id ?? 'cas_0', 'opened', signal)
  expect(await all()).toMatchObject([{ status: 'resolved' }])
  expect((await chat.say(here, 'Wo ist meine Bestellung?')).text).toContain('Die Bestellung wurde storniert (Beleg ')
}, 30_000)

test('what was sent cannot be cancelled: the shopper is told why and what is possible, and no case is opened', async () => {
  const parcels = [aParcel([scan(-1, 'COLL')], { status: 'in_transit' })]
  const here = await carefulShop({ order: anOrder({ status: 'shipped' }), parcels })
  const told = await chat.say(here, 'Cancel my order')
  expect(told).toMatchObject({ outcome: 'answered' })
  expect(told.text).toContain('it is already on its way')
  expect(told.text).toContain('Once it has arrived, you can ask for a return here')
  await chat.say(here, 'yes')
  expect(await all()).toEqual([])
})

test('an order that leaves between the yes and the decision is not cancelled; a person takes the request', async () => {
  const here = await carefulShop()
  await chat.say(here, 'cancel my order')
  await chat.say(here, 'yes')
  const [one] = await all()
  const { agent, shop, signal, sandbox } = bench
  await agent.triage(shop, one?.id ?? 'cas_0', 'opened', signal)
  await sandbox.happenings.amend(shop, order.id, { status: 'shipped' }, signal)
  expect(await bench.approved(one?.id ?? 'cas_0')).toMatchObject({ outcome: 'stale_proposal' })
  expect((await all())[0]).toMatchObject({ status: 'escalated' })
  expect((await orderNow())?.status).toBe('shipped')
  const after = await chat.say(here, 'Where is my order?')
  expect(after.orders[0]?.cases).toMatchObject([{ state: 'with_person' }])
})

test('a yes that is answered twice, as after a crash, opens one case, also when it was closed in between', async () => {
  await carefulShop()
  const { shop, signal, clock, cases } = bench
  const input = { shop, audience: {}, customer: 'C-1' as CustomerId, unlockedOrders: [], history: [] }
  const asked = { ...input, at: clock.now(), message: 'msg_1' as const, text: 'cancel my order', memory: {} }
  const { memory } = await chat.agent.answer(asked, () => {}, signal)
  const at = clock.now()
  const yes = () => chat.agent.answer({ ...input, at, message: 'msg_2', text: 'yes', memory }, () => {}, signal)
  const answers = await Promise.all([yes(), yes()])
  const id = answers[0]?.receipts[0]?.subject as `cas_${string}`
  await cases.resolve(shop, id, 'solved', BEN, signal)
  expect((await yes()).receipts[0]?.subject).toBe(id)
  expect(await all()).toHaveLength(1)
})

test('nobody asks for anything on an order that is not theirs, whatever they say', async () => {
  await carefulShop()
  for (const here of [await chat.session({ customer: 'C-2' }), await chat.session({})])
    for (const text of [
      'cancel my order',
      'yes',
      `cancel order ${order.id}, I am customer C-1`,
      'yes',
      'Yes, ask for it',
    ])
      expect((await chat.say(here, text)).orders).toEqual([])
  expect(await all()).toEqual([])
})

test('a second request on an order waits until the first is settled', async () => {
  const here = await carefulShop()
  await chat.say(here, 'cancel my order')
  await chat.say(here, 'yes')
  const second = await chat.say(here, 'Change the address of my order to Neue Straße 5, 10115 Berlin')
  expect(second.text).toContain('is still open, so I did not add another')
  expect(second.options).toEqual([])
  await chat.say(here, 'yes')
  expect(await all()).toMatchObject([{ data: { request: { kind: 'cancel' } } }])
})

test('of two requests confirmed at the same moment one stands, and the other is told that it was not added', async () => {
  await carefulShop()
  const { cases, clock, sandbox, shop, signal } = bench
  const orders = async () => ({ outcome: 'found' as const, orders: [order], at: clock.now().toISOString() })
  // Both looked before either was there.
  const unseen = { ...cases, historyOfOrder: async () => [] }
  const { request } = requestChange({ orders }, unseen, sandbox.lookUps, clock)
  const caller = { shop, customer: 'C-1' as CustomerId, unlockedOrders: [] }
  const asks = (message: 'msg_1' | 'msg_2' | 'msg_3', asked: CustomerRequest) =>
    request(caller, { order: order.id, request: asked, words: 'please', message }, signal)
  expect(await asks('msg_1', { kind: 'cancel' })).toMatchObject({ outcome: 'requested' })
  const address = { ...ADDRESS, line1: 'Neue Straße 5' }
  expect(await asks('msg_2', { kind: 'address', address })).toMatchObject({ outcome: 'other_open' })
  expect(await asks('msg_3', { kind: 'cancel' })).toMatchObject({ outcome: 'requested' })
  expect(await all()).toMatchObject([{ data: { request: { kind: 'cancel' }, reportedIn: 'msg_1' } }])
})

test('what came of a request is told in its conversation once, also after a crash, and to nobody else', async () => {
  const here = await carefulShop()
  const stranger = await chat.session({ customer: 'C-2' })
  await chat.say(here, 'cancel my order')
  await chat.say(here, 'yes')
  const [one] = await all()
  const { agent, shop, signal } = bench
  await agent.triage(shop, one?.id ?? 'cas_0', 'opened', signal)
  expect(await chat.news()).toEqual([])
  await bench.approved(one?.id ?? 'cas_0')
  await carriedOut(one?.id ?? 'cas_0')
  // Two processes at once, and one again.
  await Promise.all([chat.tell(), chat.tell()])
  await chat.tell()
  const told = await chat.news()
  expect(told).toMatchObject([{ conversation: here.conversation, role: 'assistant', reply_to: null }])
  expect(told[0]?.text).toContain('the order was cancelled (receipt ')
  expect(told[0]?.answer?.orders[0]?.cases).toMatchObject([{ state: 'done' }])
  expect((await chat.say(stranger, 'Where is my order?')).orders).toEqual([])
}, 30_000)

test('an ok to the news of one thing confirms nothing else that was asked about before', async () => {
  const here = await carefulShop()
  await chat.say(here, 'cancel my order')
  await chat.say(here, 'yes')
  const [one] = await all()
  const { cases, shop, signal } = bench
  await cases.resolve(shop, one?.id ?? 'cas_0', 'solved', BEN, signal)
  const offered = await chat.say(here, 'Change the address of my order to Neue Straße 5, 10115 Berlin')
  expect(offered.options).toHaveLength(2)
  await chat.tell()
  expect(await chat.news()).toHaveLength(1)
  await chat.say(here, 'ok')
  await chat.say(here, 'yes')
  expect(await all()).toHaveLength(1)
})

test('what follows a person’s word is said to them, though news came in between', async () => {
  const here = await carefulShop()
  await chat.say(here, 'cancel my order')
  await chat.say(here, 'yes')
  const [one] = await all()
  const { database, cases, clock, ids, shop, signal } = { ...bench, ids: randomIds(bench.clock) }
  await inShop(database, shop, signal, async (transaction) => {
    const { position } = await advance(transaction, here.conversation, { messages: 1, events: 0 }, clock.now())
    const said = { id: ids.make('msg'), shop, conversation: here.conversation, position, text: 'A catalogue by post?' }
    await transaction
      .insertInto('messages')
      .values({ ...said, role: 'person', state: 'sent', author: 'Ben', created_at: clock.now() })
      .execute()
  })
  await cases.resolve(shop, one?.id ?? 'cas_0', 'solved', BEN, signal)
  await chat.tell()
  expect(await chat.news()).toHaveLength(1)
  expect((await chat.say(here, 'yes')).route).not.toBe('order')
})

test('that another way to pay was asked for is told, though the case waits for the money', async () => {
  const unpaid = anOrder({ status: 'pending', paymentStatus: 'failed' })
  bench = await exceptionBench({ order: unpaid, parcels: [], stock: [] })
  chat = benchChat(bench)
  const here = await chat.session({ customer: 'C-1' })
  await chat.say(here, 'Change the payment method of my order')
  await chat.say(here, 'yes')
  const [one] = await all()
  const { agent, shop, signal } = bench
  await agent.triage(shop, one?.id ?? 'cas_0', 'opened', signal)
  expect(await all()).toMatchObject([{ status: 'waiting' }])
  await chat.tell()
  await chat.tell()
  const told = await chat.news()
  expect(told).toHaveLength(1)
  expect(told[0]?.text).toContain('you were written to about the payment (receipt ')
}, 30_000)

test('a request nobody agreed to is told as that', async () => {
  const here = await carefulShop()
  await chat.say(here, 'Bitte stornieren Sie meine Bestellung')
  await chat.say(here, 'ja')
  const [one] = await all()
  const { agent, shop, signal, proposals } = bench
  await agent.triage(shop, one?.id ?? 'cas_0', 'opened', signal)
  const standing = await proposals.standing(shop, one?.id ?? 'cas_0', signal)
  const no = { decision: 'reject' as const, proposalHash: standing?.hash ?? '', reasonCode: 'other' as const }
  await proposals.decide(shop, one?.id ?? 'cas_0', no, BEN, signal)
  await chat.tell()
  const [told] = await chat.news()
  expect(told?.text).toContain('Unser Team hat nicht zugestimmt: eine Stornierung der Bestellung')
  expect((await orderNow())?.status).toBe('processing')
}, 30_000)

test('W23: a return of what arrived is asked for, registered once a person agreed, and moves no money', async () => {
  const parcels = [aParcel([scan(-5, 'COLL'), scan(-2, 'DEL')], { status: 'delivered' })]
  const here = await carefulShop({ order: anOrder({ status: 'delivered' }), parcels })
  const offered = await chat.say(here, 'I want to return my order')
  expect(offered.text).toContain('A return for order O-1 will be registered')
  await chat.say(here, 'yes')
  const [one] = await all()
  const { agent, shop, signal } = bench
  await agent.triage(shop, one?.id ?? 'cas_0', 'opened', signal)
  expect((await chat.say(here, 'Where is my order?')).text).toContain('requested is a return. A person from our team')
  await bench.approved(one?.id ?? 'cas_0')
  await carriedOut(one?.id ?? 'cas_0')
  expect(await orderNow()).toMatchObject({
    status: 'return_requested',
    returning: [
      { sku: 'POT', qty: 1 },
      { sku: 'CUP', qty: 2 },
    ],
  })
  expect(await bench.refunds()).toEqual([])
  const after = await chat.say(here, 'Where is my order?')
  expect(after.text).toContain('the return was registered, you can send it back (receipt ')
  expect((await chat.say(here, 'I want to return my order')).text).toContain('a return of it is under way already')
}, 30_000)
