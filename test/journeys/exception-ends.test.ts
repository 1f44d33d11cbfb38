import { afterEach, expect, test } from 'vitest'
import { CAREFUL_LIMITS, policyFromLimits } from '#approvals/policy/default-policy.ts'
import { Fault } from '#domain/fault.ts'
import { ADDRESS, anOrder, aParcel, at, scan } from '../fixtures/case-builder.ts'
import { BEN, type ExceptionBench, exceptionBench } from '../fixtures/exception-bench.ts'

const DAY = 86_400_000
const suggestion = { ...ADDRESS, line1: 'Ring 2' }
const order = anOrder({ status: 'processing' })
const shelf = (onHand: number) => order.lines.map(({ sku }) => ({ sku, location: 'DC-EAST', onHand, reserved: 0 }))

let bench: ExceptionBench
afterEach(() => bench.close())

const caseNow = (id: Parameters<ExceptionBench['cases']['load']>[1]) => bench.cases.load(bench.shop, id, bench.signal)
const orderNow = async () =>
  (await bench.sandbox.systems.desk.versionedOrder(bench.shop, order.id, bench.signal))?.value

test('several actions are taken back, the newest first, when the last of them fails', async () => {
  bench = await exceptionBench({ order, parcels: [], stock: shelf(0) })
  const { cases, journal, shop, signal } = bench
  const failing = bench.agentWith((tools) => ({
    ...tools,
    refund: { ...tools.refund, run: async () => ({ outcome: 'failed', why: 'declined' }) },
  }))
  const report = { order: order.id, type: 'out_of_stock_open_order', source: 'test', detail: '' } as const
  const { caseId } = await cases.open(shop, report, BEN, signal)
  await failing.triage(shop, caseId, 'opened', signal)
  const own = (await journal.ofCase(shop, caseId, signal)).filter(({ undoOf }) => undoOf === null)
  expect(own.map(({ kind, state }) => [kind, state])).toEqual([
    ['cancel_line', 'undone'],
    ['cancel_line', 'undone'],
    ['refund', 'failed'],
  ])
  expect((await orderNow())?.lines).toEqual(order.lines)
  expect((await caseNow(caseId))?.status).toBe('escalated')
})

test('what refuses to be taken back is asked once, and named to a person', async () => {
  bench = await exceptionBench({ order, parcels: [], stock: shelf(0) })
  const { cases, journal, shop, signal } = bench
  let asked = 0
  const failing = bench.agentWith((tools) => ({
    ...tools,
    refund: { ...tools.refund, run: async () => ({ outcome: 'failed', why: 'declined' }) },
    cancel_line: {
      ...tools.cancel_line,
      undo: async () => {
        asked += 1
        if (asked > 6) throw new Error('asked again and again')
        return { outcome: 'failed', why: 'state_moved' }
      },
    },
  }))
  const report = { order: order.id, type: 'out_of_stock_open_order', source: 'test', detail: '' } as const
  const { caseId } = await cases.open(shop, report, BEN, signal)
  await failing.triage(shop, caseId, 'opened', signal)
  expect(asked).toBe(2)
  const states = (await journal.ofCase(shop, caseId, signal)).map(({ state, undoOf }) => [state, undoOf !== null])
  expect(states.filter(([, isUndo]) => isUndo)).toEqual([
    ['failed', true],
    ['failed', true],
  ])
  expect((await caseNow(caseId))?.status).toBe('failed')
})

test('an undoing that fails takes nothing else back', async () => {
  bench = await exceptionBench({ order, parcels: [], stock: shelf(10) })
  const { journal, shop, signal } = bench
  const caseId = await bench.opened('address_invalid')
  const [hold] = await journal.ofCase(shop, caseId, signal)
  if (!hold) throw new Error('nothing was held')
  await journal.undo(shop, hold.id, BEN, signal)
  const failing = bench.agentWith((tools) => ({
    ...tools,
    hold_order: { ...tools.hold_order, undo: async () => ({ outcome: 'failed', why: 'state_moved' }) },
  }))
  await failing.act(shop, caseId, signal)
  const actions = await journal.ofCase(shop, caseId, signal)
  expect(actions.map(({ kind, state }) => [kind, state])).toEqual([
    ['hold_order', 'succeeded'],
    ['request_address', 'succeeded'],
    ['hold_order', 'failed'],
  ])
  expect((await caseNow(caseId))?.status).toBe('escalated')
})

test('a case whose action a person took back is with a person', async () => {
  bench = await exceptionBench({ order, parcels: [], stock: shelf(10) })
  const { agent, journal, shop, signal } = bench
  const caseId = await bench.opened('address_invalid')
  expect((await caseNow(caseId))?.status).toBe('waiting')
  const [hold] = await journal.ofCase(shop, caseId, signal)
  if (!hold) throw new Error('nothing was held')
  expect((await journal.undo(shop, hold.id, BEN, signal)).outcome).toBe('undoing')
  await agent.act(shop, caseId, signal)
  expect((await orderNow())?.status).toBe('processing')
  expect(await caseNow(caseId)).toMatchObject({ status: 'escalated', reason: 'undone_by_person' })
})

test('the answer that is waited for is acted on when it comes', async () => {
  bench = await exceptionBench({ order, parcels: [], stock: shelf(10) })
  const { agent, cases, shop, signal } = bench
  const caseId = await bench.opened('address_invalid')
  const data = { suggestion, confidence: 1 }
  const answer = { order: order.id, type: 'address_invalid', source: 'shop', detail: '', data } as const
  expect(await cases.open(shop, answer, BEN, signal)).toMatchObject({ outcome: 'joined', news: true })
  await agent.triage(shop, caseId, 'reported', signal)
  expect((await orderNow())?.shippingAddress).toEqual(suggestion)
  expect((await caseNow(caseId))?.status).toBe('resolved')
})

test('being told twice that its time has come leaves an approval as it is', async () => {
  const dear = anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 90_000 }] })
  const stock = [{ sku: 'POT', location: 'DC-EAST', onHand: 10, reserved: 0 }]
  bench = await exceptionBench({ order: dear, parcels: [aParcel([scan(-2, 'COLL')])], stock })
  const { agent, proposals, clock, shop, signal } = bench
  const caseId = await bench.opened('lost_in_transit')
  clock.move(9 * DAY)
  await agent.triage(shop, caseId, 'again', signal)
  expect((await bench.approved(caseId)).outcome).toBe('decided')
  expect(await agent.triage(shop, caseId, 'again', signal)).toEqual({ outcome: 'nothing_to_do' })
  expect((await proposals.standing(shop, caseId, signal))?.state).toBe('approved')
})

test('what has not left stays when the parcel arrives during the countdown', async () => {
  const sent = anOrder()
  bench = await exceptionBench({ order: sent, parcels: [aParcel([scan(-12, 'DEP')])], stock: shelf(0) })
  const { agent, journal, policies, clock, shop, signal } = bench
  const policy = { ...policyFromLimits(CAREFUL_LIMITS), undo: { delaySeconds: 30, windowHours: 24 } }
  await policies.put(shop, { policy, ifMatch: null, by: BEN, note: null }, signal)
  const caseId = await bench.opened('lost_in_transit')
  expect((await journal.ofCase(shop, caseId, signal)).map(({ state }) => state)).toEqual(['authorised', 'authorised'])
  await bench.arrives()
  clock.move(31_000)
  await agent.act(shop, caseId, signal)
  expect(await bench.refunds()).toEqual([])
  expect((await journal.ofCase(shop, caseId, signal)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  expect(await caseNow(caseId)).toMatchObject({ status: 'resolved', cause: 'already_delivered' })
})

test('what policy lets go alone no more during the countdown is put before a person', async () => {
  bench = await exceptionBench({ order: anOrder(), parcels: [aParcel([scan(-12, 'DEP')])], stock: shelf(0) })
  const { agent, journal, policies, clock, shop, signal } = bench
  const plain = policyFromLimits(CAREFUL_LIMITS)
  const put = (policy: typeof plain) => policies.put(shop, { policy, ifMatch: null, by: BEN, note: null }, signal)
  await put({ ...plain, undo: { delaySeconds: 30, windowHours: 24 } })
  const caseId = await bench.opened('lost_in_transit')
  await put({ ...plain, actions: { ...plain.actions, refund: { ...plain.actions.refund, mode: 'approve' } } })
  clock.move(31_000)
  // The claim against the carrier comes first, and is no refund; but of a plan that may not be carried out nothing leaves.
  await agent.act(shop, caseId, signal)
  expect((await journal.ofCase(shop, caseId, signal)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  expect(await bench.refunds()).toEqual([])
  expect((await caseNow(caseId))?.status).toBe('awaiting_approval')
  expect((await bench.approved(caseId)).outcome).toBe('decided')
  await agent.act(shop, caseId, signal)
  expect(await bench.refunds()).toHaveLength(1)
})

test('arguments no system takes end in front of a person', async () => {
  bench = await exceptionBench({ order, parcels: [], stock: shelf(0) })
  const { cases, shop, signal } = bench
  const refusing = bench.agentWith((tools) => ({
    ...tools,
    cancel_line: {
      ...tools.cancel_line,
      run: async () => {
        throw new Fault({ kind: 'user', code: 'tools.args.invalid', message: 'No arguments of this action.' })
      },
    },
  }))
  const report = { order: order.id, type: 'out_of_stock_open_order', source: 'test', detail: '' } as const
  const { caseId } = await cases.open(shop, report, BEN, signal)
  await refusing.triage(shop, caseId, 'opened', signal)
  expect(await caseNow(caseId)).toMatchObject({ status: 'escalated', reason: 'action_failed:args_invalid' })
})

/** An address nobody decided about until the deadline, at which the shop has orders held. */
async function pastDeadline() {
  bench = await exceptionBench({ order, parcels: [], stock: shelf(10) })
  const { policies, clock, proposals, shop, signal } = bench
  const plain = policyFromLimits({
    ...CAREFUL_LIMITS,
    approvals: { ...CAREFUL_LIMITS.approvals, addressChangeAutoMax: 1 },
  })
  const deadlines = { ...plain.deadlines, fallback: 'hold_order' as const }
  await policies.put(shop, { policy: { ...plain, deadlines }, ifMatch: null, by: BEN, note: null }, signal)
  const caseId = await bench.opened('address_invalid', { suggestion, confidence: 1 })
  clock.move(DAY + 1)
  const standing = await proposals.standing(shop, caseId, signal)
  if (!standing) throw new Error('nothing stands')
  for (const step of ['reminder', 'escalation', 'fallback'] as const)
    expect(await proposals.advance(shop, standing.id, step, signal)).toBe(true)
  return caseId
}

test('an order held at the deadline is with a person although the process died before saying so', async () => {
  const caseId = await pastDeadline()
  const { agent, journal, clock, shop, signal } = bench
  const dying = bench.agentWith((tools) => ({
    ...tools,
    hold_order: {
      ...tools.hold_order,
      run: async (...sent) => {
        await tools.hold_order.run(...sent)
        throw new Error('killed')
      },
    },
  }))
  await expect(dying.holdBack(shop, caseId, signal)).rejects.toThrow('killed')
  clock.move(61_000)
  await agent.act(shop, caseId, signal)
  expect((await journal.ofCase(shop, caseId, signal)).map(({ state }) => state)).toEqual(['succeeded'])
  expect((await caseNow(caseId))?.status).toBe('escalated')
})

test('an order is held at the deadline also where its system answers only later', async () => {
  const caseId = await pastDeadline()
  const { agent, journal, sandbox, shop, signal } = bench
  const { order: look } = sandbox.lookUps
  sandbox.lookUps.order = async () => ({ outcome: 'silent', source: 'orders', why: 'away', observedAt: at(0) })
  await expect(agent.holdBack(shop, caseId, signal)).rejects.toMatchObject({ kind: 'retryable' })
  sandbox.lookUps.order = look
  expect(await agent.holdBack(shop, caseId, signal)).toEqual({ outcome: 'ended' })
  expect(await journal.ofCase(shop, caseId, signal)).toMatchObject([{ kind: 'hold_order', state: 'succeeded' }])
})

test('what was released and not taken up in time is looked at again', async () => {
  bench = await exceptionBench({ order: anOrder(), parcels: [aParcel([scan(-12, 'DEP')])], stock: shelf(10) })
  const { agent, journal, policies, clock, shop, signal } = bench
  const plain = policyFromLimits(CAREFUL_LIMITS)
  const policy = { ...plain, proposals: { expireAfterMinutes: 1 } }
  await policies.put(shop, { policy, ifMatch: null, by: BEN, note: null }, signal)
  const looks = bench.sandbox.lookUps
  const { order: look } = looks
  // The second look, before acting, takes longer than the proposal is good for.
  let looked = 0
  looks.order = async (...asked) => {
    looked += 1
    if (looked === 2) clock.move(61_000)
    return look(...asked)
  }
  const caseId = await bench.opened('lost_in_transit')
  expect((await caseNow(caseId))?.round).toBe(2)
  await agent.act(shop, caseId, signal)
  expect((await journal.ofCase(shop, caseId, signal)).map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
  expect((await caseNow(caseId))?.status).toBe('resolved')
})
