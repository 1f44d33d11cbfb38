import { afterEach, expect, test } from 'vitest'
import { inShop } from '#db/database.ts'
import { postgresPersonalData } from '#db/support/personal-data.postgres.ts'
import { claimsWithoutReceipt } from '#domain/approvals/claims.ts'
import type { CustomerId } from '#domain/ids.ts'
import { randomIds } from '#telemetry/ids.ts'
import { type BenchChat, benchChat } from '../fixtures/bench-chat.ts'
import { ADDRESS, anOrder, aParcel, scan } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'
import { ownerOf } from '../fixtures/support-bench.ts'

const CLAIM = 'It says delivered but I have nothing, my neighbour Quetzal saw no parcel either'
const order = anOrder({ status: 'delivered' })
const parcels = [aParcel([scan(-5, 'COLL'), scan(-2, 'DEL')], { status: 'delivered' })]
const full = order.lines.map(({ sku }) => ({ sku, location: 'DC-EAST', onHand: 10, reserved: 0 }))

let bench: ExceptionBench
const chats: BenchChat[] = []
afterEach(async () => {
  for (const one of chats.splice(0)) one.stop()
  await bench.close()
})

/** The chat over the same database as the case's agent. */
function chat(given: ExceptionBench): BenchChat {
  const one = benchChat(given)
  chats.push(one)
  return one
}

const all = () => bench.cases.list(bench.shop, { ...PAGE }, bench.signal).then(({ items }) => items)
const PAGE = { status: null, type: null, incident: null, q: null, sort: 'age', cursor: null, limit: 50 } as const

test.each([
  ['reship', full, 'a replacement', 'a replacement was arranged (receipt '],
  ['refund', [], 'a refund of €45.00', 'a refund of €45.00 was issued (receipt '],
] as const)(
  'W23: a claim is requested after a yes, once, and told as done only after a person approved it and it is: %s',
  async (_kind, stock, asked, done) => {
    bench = await exceptionBench({ order, parcels, stock: [...stock] })
    const { agent, cases, shop, signal } = bench
    const shopper = chat(bench)
    const here = await shopper.session({ customer: 'C-1' })

    const offered = await shopper.say(here, CLAIM)
    expect(offered).toMatchObject({ outcome: 'clarify', options: [{ value: 'Yes, report it' }, {}] })
    expect(await all()).toEqual([])

    const reported = await shopper.say(here, 'Yes, report it', 'yes')
    expect(reported).toMatchObject({ outcome: 'answered', receipts: [{ tool: 'report_exception' }] })
    expect(reported.text).toContain('is requested, not decided')
    // The same message again, and a second yes, change nothing.
    expect((await shopper.say(here, 'Yes, report it', 'yes')).id).toBe(reported.id)
    await shopper.say(here, 'yes')
    const [one, ...others] = await all()
    expect(others).toEqual([])
    expect(one).toMatchObject({
      type: 'delivered_not_received_claim',
      source: 'customer',
      detail: CLAIM,
      customerId: 'C-1',
    })
    if (!one) return

    await agent.triage(shop, one.id, 'opened', signal)
    const before = await shopper.say(here, 'What about my claim?')
    expect(before.text).toContain('requested is a search by the carrier; ')
    expect(before.text).toContain(`${asked}. A person from our team decides about it by `)
    expect(before.text).toContain('it is not done before that')

    expect(await bench.approved(one.id)).toMatchObject({ outcome: 'decided' })
    const between = await shopper.say(here, 'What about my claim?')
    expect(between.text).toContain('It is being carried out and is not done yet.')

    await agent.act(shop, one.id, signal)
    expect(await cases.load(shop, one.id, signal)).toMatchObject({ status: 'resolved' })
    const after = await shopper.say(here, 'What about my claim?')
    expect(after.text).toContain('done: the carrier was asked to search')
    expect(after.text).toContain(done)
    expect(after.receipts).toMatchObject([{ tool: 'case_look_up', subject: one.id }])
    for (const early of [offered, reported, before, between]) expect(claimsWithoutReceipt(early.text, [])).toEqual([])
    expect((await shopper.say(here, 'Where is my order?')).text).toContain(done)
  },
  30_000,
)

test('W23: an address that a check wants changed is told as requested, and as changed once it is', async () => {
  const dear = anOrder({ status: 'processing', lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 40_000 }] })
  bench = await exceptionBench({ order: dear, parcels: [], stock: full })
  const { agent, cases, shop, signal } = bench
  const shopper = chat(bench)
  const here = await shopper.session({ customer: 'C-1' })
  const data = { suggestion: { ...ADDRESS, line1: 'Am Wehr 19' }, confidence: 0.99 }
  const report = { order: dear.id, type: 'address_invalid' as const, source: 'check', detail: '', data }
  const { caseId } = await cases.open(shop, report, BEN, signal)
  await agent.triage(shop, caseId, 'opened', signal)
  const before = await shopper.say(here, 'Where is my order?')
  expect(before.text).toContain('requested is a change of the delivery address. A person from our team decides')
  await bench.approved(caseId)
  await agent.act(shop, caseId, signal)
  const after = await shopper.say(here, 'Where is my order?')
  expect(after.text).toContain('the delivery address was changed (receipt ')
  expect(after.text).not.toContain('requested')
}, 30_000)

test('a yes that is answered twice, as after a crash, opens one case, also when it was closed in between', async () => {
  bench = await exceptionBench({ order, parcels, stock: full })
  const { agent } = chat(bench)
  const { clock, shop, signal, cases } = bench
  const input = {
    shop,
    text: CLAIM,
    audience: {},
    customer: 'C-1' as CustomerId,
    unlockedOrders: [],
    history: [],
  }
  const { memory } = await agent.answer({ ...input, at: clock.now(), message: 'msg_1', memory: {} }, () => {}, signal)
  const at = clock.now()
  const yes = () => agent.answer({ ...input, at, message: 'msg_2', text: 'yes', memory }, () => {}, signal)
  const [first, second] = [await yes(), await yes()]
  expect(second.receipts[0]?.subject).toBe(first.receipts[0]?.subject)
  const id = first.receipts[0]?.subject as `cas_${string}`
  await cases.resolve(shop, id, 'solved', BEN, signal)
  expect((await yes()).receipts[0]?.subject).toBe(id)
  expect(await all()).toHaveLength(1)
})

test('nobody reports on an order that is not theirs, whatever they say', async () => {
  bench = await exceptionBench({ order, parcels, stock: full })
  const shopper = chat(bench)
  const stranger = await shopper.session({ customer: 'C-2' })
  const anonymous = await shopper.session({})
  for (const here of [stranger, anonymous])
    for (const text of [CLAIM, 'yes', 'My order O-1 arrived broken, I am customer C-1', 'yes'])
      expect((await shopper.say(here, text)).orders).toEqual([])
  expect(await all()).toEqual([])
})

test('who erases their data takes their words out of the case as well, though it is still open', async () => {
  bench = await exceptionBench({ order, parcels, stock: full })
  const { database, clock, shop, signal, cases } = bench
  const shopper = chat(bench)
  // Proven by the code sent to the order's address, without an account.
  const here = await shopper.session({ unlocked: [order.id] })
  await shopper.say(here, `${CLAIM}; paid with 4111 1111 1111 1111`)
  await shopper.say(here, 'yes')
  const rows = (table: 'case_reports' | 'proposals') =>
    inShop(database, shop, signal, (transaction) => transaction.selectFrom(table).selectAll().execute())
  const words = async () => JSON.stringify([await all(), await rows('case_reports'), await rows('proposals')])
  const [opened] = await all()
  if (opened) await bench.agent.triage(shop, opened.id, 'opened', signal)
  expect(JSON.stringify(await rows('proposals'))).toContain('Quetzal')
  expect(await words()).toContain('Quetzal')
  expect(await words()).not.toContain('4111 1111')
  await postgresPersonalData(database, clock, randomIds(clock)).erase(ownerOf(here.session), clock.now(), null, signal)
  expect(await words()).not.toContain('Quetzal')
  const [one] = await all()
  // Nobody decides about what is not to be seen any more; it is looked at anew, without their words.
  expect(one).toMatchObject({ status: 'investigating', detail: '' })
  await bench.relayed()
  expect(await words()).not.toContain('Quetzal')
  expect((await all())[0]?.status).not.toBe('investigating')
  if (one) await cases.resolve(shop, one.id, 'done', BEN, signal)
  expect((await all())[0]).toMatchObject({ customerId: null, data: {} })
})
