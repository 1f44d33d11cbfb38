import { mkdirSync, writeFileSync } from 'node:fs'
import type { Call, Changes } from '../retail-case.ts'
import * as desk from './calls.ts'
import { type Address, type Desk, deskWorld, TOTAL } from './desk-world.ts'

const FOLDER = new URL('../../datasets/retail/', import.meta.url)
const { files, desks, addressOf } = deskWorld()

type Guard = { setup?: Call[]; call: Call; why: string; changes?: Changes }

/** Every rule of every tool, both sides of it, for one customer. `other`: somebody else's. */
function guardsOf(one: Desk, other: Desk, address: Address): Guard[] {
  const { pending, byGift, processed, delivered, deliveredToo, card, paypal, gift, user } = one
  const [white, graphite, pot] = ['SP-PORT-WHITE', 'SP-PORT-GRAPHITE', 'TW-TEAP-08']
  const away = desk.elsewhere(address)
  const ok = ({ call, changes }: desk.Done, why: string, setup: Call[] = []): Guard => ({
    setup,
    call,
    why: `OK:${why}`,
    changes,
  })
  const no = (why: string, call: Call, setup: Call[] = []): Guard => ({ setup, call, why })
  const canPay = one.balance >= TOTAL
  return [
    no('CAN-1', desk.cancel('#D0')),
    no('CAN-2', desk.cancel(processed)),
    no('CAN-2:cancelled-before', desk.cancel(pending), [desk.cancel(pending)]),
    no('CAN-3', desk.cancel(pending, 'too slow')),
    ok(desk.cancelled(one), 'card'),
    ok(desk.cancelledByGift(one), 'gift-card'),
    no('MAD-1', desk.moveOrder('#D0', away)),
    no('MAD-2', desk.moveOrder(delivered, away)),
    ok(desk.movedOrder(one, away), 'address'),
    ok(desk.movedOrder(one, away), 'items-modified-before', [desk.swap(pending, [white], [graphite], card)]),
    no('MUA-1', desk.moveUser('C-0', away)),
    ok(desk.movedUser(one, away), 'own-address'),
    no('MPY-1', desk.payBy('#D0', paypal)),
    no('MPY-2', desk.payBy(processed, paypal)),
    no('MPY-3', desk.payBy(pending, other.card)),
    no('MPY-4', desk.payBy(pending, card), [desk.payBy(pending, paypal)]),
    no('MPY-5', desk.payBy(pending, card)),
    ok(desk.paidByPaypal(one), 'paypal'),
    canPay ? ok(desk.paidByGift(one), 'gift-card') : no('MPY-6', desk.payBy(pending, gift)),
    no('MIT-1', desk.swap('#D0', [white], [graphite], card)),
    no('MIT-2', desk.swap(processed, [white], [graphite], card)),
    no('MIT-2:once-an-order', desk.swap(pending, [pot], ['TW-TEAP-12'], card), [
      desk.swap(pending, [white], [graphite], card),
    ]),
    no('MIT-3', desk.swap(pending, ['OK-BOTH-1'], ['OK-BOTH-2'], card)),
    no('MIT-3:more-than-there-are', desk.swap(pending, [white, white], [graphite, graphite], card)),
    no('MIT-4', desk.swap(pending, [white, pot], [graphite], card)),
    no('MIT-5', desk.swap(pending, [white], [white], card)),
    no('MIT-6', desk.swap(pending, [white], ['TW-TEAP-12'], card)),
    no('MIT-7', desk.swap(pending, [white], ['SP-PORT-SAND'], card)),
    no('MIT-8', desk.swap(pending, [white], [graphite], other.gift)),
    ok(desk.swapped(one, graphite, card), 'dearer'),
    ok(desk.swapped(one, 'SP-PORT-MOSS', gift), 'cheaper-to-gift-card'),
    one.balance === 0
      ? no('MIT-9', desk.swap(pending, [white], [graphite], gift))
      : ok(desk.swapped(one, graphite, gift), 'dearer-by-gift-card'),
    no('RET-1', desk.giveBack('#D0', [white], card)),
    no('RET-2', desk.giveBack(pending, [white], card)),
    no('RET-2:asked-before', desk.giveBack(delivered, [white], card), [desk.giveBack(delivered, [pot], card)]),
    no('RET-3', desk.giveBack(delivered, [white], other.card)),
    no('RET-4', desk.giveBack(delivered, [white], paypal)),
    no('RET-5', desk.giveBack(deliveredToo, [white], paypal)),
    ok(desk.givenBack(one, card), 'the-way-it-was-paid'),
    ok(desk.givenBack(one, gift), 'gift-card'),
    no('EXC-1', desk.exchange('#D0', [pot], ['TW-TEAP-12'], card)),
    no('EXC-2', desk.exchange(byGift, ['OK-BOTH-1'], ['OK-BOTH-2'], card)),
    no('EXC-3', desk.exchange(delivered, ['OK-BOTH-1'], ['OK-BOTH-2'], card)),
    no('EXC-4', desk.exchange(delivered, [pot], [], card)),
    no('EXC-5', desk.exchange(delivered, [pot], ['OK-BOTH-2'], card)),
    no('EXC-6', desk.exchange(delivered, [white], ['SP-PORT-SAND'], card)),
    no('EXC-7', desk.exchange(delivered, [pot], ['TW-TEAP-12'], other.card)),
    one.balance === 0
      ? no('EXC-8', desk.exchange(delivered, [pot], ['TW-TEAP-12'], gift))
      : ok(desk.exchanged(one, 'TW-TEAP-12', gift), 'dearer-by-gift-card'),
    ok(desk.exchanged(one, 'TW-TEAP-12', paypal), 'dearer'),
    no('CAN-2:of-a-delivered-one', desk.cancel(delivered)),
    { call: desk.moveUser(user, address), why: 'OK:the-same-again', changes: desk.NOTHING },
  ]
}

type Task = { calls: (Call | { refused: string; call: Call })[]; changes: Changes[] }

/** Whole requests; what the desk refuses on the way stands where it is asked. */
function tasksOf(one: Desk, address: Address): Task[] {
  const { user, pending, processed, delivered, card } = one
  const look: Call[] = [
    { name: 'get_user_details', arguments: { user_id: user } },
    { name: 'get_order_details', arguments: { order_id: pending } },
  ]
  const away = desk.elsewhere(address)
  const steps = (...done: desk.Done[]): Task => ({
    calls: [...look, ...done.map(({ call }) => call)],
    changes: done.map(({ changes }) => changes),
  })
  const refusing = (rule: string, call: Call, rest: Task): Task => ({
    ...rest,
    calls: [...look, { refused: rule, call }, ...rest.calls.slice(look.length)],
  })
  return [
    steps(desk.movedUser(one, away), desk.cancelled(one)),
    steps(desk.movedOrder(one, away), desk.swapped(one, 'SP-PORT-GRAPHITE', card), desk.givenBack(one, card)),
    refusing('CAN-3', desk.cancel(pending, 'changed my mind'), steps(desk.cancelled(one), desk.cancelledByGift(one))),
    refusing('CAN-2', desk.cancel(processed), steps(desk.exchanged(one, 'TW-TEAP-12', card))),
    { calls: [...look, { refused: 'RET-4', call: desk.giveBack(delivered, ['TW-TEAP-08'], one.paypal) }], changes: [] },
  ]
}

const guards = desks.flatMap((one, at) =>
  guardsOf(one, desks[(at + 1) % desks.length] as Desk, addressOf(one)).map(
    ({ setup = [], call, why, changes = desk.NOTHING }) => ({
      setup,
      call,
      allowed: why.startsWith('OK'),
      why,
      expectedDbChanges: changes,
    }),
  ),
)
const tasks = desks.flatMap((one) =>
  tasksOf(one, addressOf(one)).map(({ calls, changes }) => ({
    goldCalls: calls.map((step) => ('refused' in step ? step.call : step)),
    goldErrors: calls.flatMap((step, at) => ('refused' in step ? [{ call: at, rule: step.refused }] : [])),
    expectedDbChanges: {
      orders: together(changes.map(({ orders }) => orders)),
      users: together(changes.map(({ users }) => users)),
    },
  })),
)
/** What several steps leave, field by field; the last word on a field counts. */
function together(steps: Changes['orders'][]): Changes['orders'] {
  const all: Changes['orders'] = {}
  for (const [id, fields] of steps.flatMap(Object.entries<Record<string, unknown>>)) all[id] = { ...all[id], ...fields }
  return all
}
const numbered = (prefix: string, rows: object[]) =>
  rows.map((row, at) => ({ id: `${prefix}-${String(at + 1).padStart(3, '0')}`, ...row }))

mkdirSync(FOLDER, { recursive: true })
const all = { ...files, 'guard-cases': numbered('guard', guards), 'world-tasks': numbered('task', tasks) }
for (const [name, rows] of Object.entries(all))
  writeFileSync(new URL(`${name}.jsonl`, FOLDER), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
console.log(`${guards.length} guard cases and ${tasks.length} tasks written`)
