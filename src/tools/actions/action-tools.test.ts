import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACTION_KINDS, CASE_ONLY_KINDS } from '#domain/exceptions/action.ts'
import type { Id, ShopId } from '#domain/ids.ts'
import type { Order } from '#domain/order.ts'
import { HOME, order, parcel, sentOrder } from '../../../test/fixtures/order-builder.ts'
import { type SandboxBench, sandboxBench } from '../../../test/fixtures/sandbox-bench.ts'
import type { ActionTools } from '../action-tool.port.ts'
import { actionTools } from './action-tools.ts'

let bench: SandboxBench
let tools: ActionTools
beforeAll(async () => {
  bench = await sandboxBench()
  tools = actionTools(bench.systems)
})
afterAll(() => bench.close())

const REFUND = { id: 'RF-1', amount: 13_000, status: 'pending', createdAt: '2026-03-02T10:00:00.000Z' }
const stopped = sentOrder({ shipments: [parcel({ status: 'exception' })] })

/** A world in which each kind can be done, and arguments that do it. */
const CASES: Record<keyof ActionTools, { world: Order; args: Record<string, unknown>; words: RegExp; stake?: number }> =
  {
    notify_customer: { world: order(), args: {}, words: /Write to the customer/ },
    ask_customer: { world: order(), args: { text: 'Twice?' }, words: /Ask the customer/ },
    request_address: { world: order(), args: {}, words: /delivery address/ },
    request_evidence: { world: order(), args: {}, words: /pictures/ },
    request_payment_method: { world: order(), args: {}, words: /another way to pay/ },
    update_shipping_address: {
      world: stopped,
      args: { address: { ...HOME, line1: 'Am Markt 7' } },
      words: /Am Markt 7.*Am Markt 6/,
    },
    hold_order: { world: order(), args: {}, words: /Hold order ORD-1/ },
    release_hold: { world: order({ status: 'on_hold' }), args: {}, words: /Release the hold/ },
    retry_payment: { world: order({ paymentStatus: 'pending' }), args: {}, words: /take €130.00/ },
    cancel_order: { world: order(), args: { orderId: 'ORD-1' }, words: /Cancel order ORD-1 over €130.00/ },
    cancel_line: { world: order(), args: { sku: 'LAMP', qty: 1 }, words: /1 × Lamp \(€25.00\) off/ },
    backorder_line: { world: order(), args: { sku: 'LAMP', qty: 2 }, words: /2 × Lamp .* wait/ },
    reallocate_stock: { world: order(), args: { sku: 'LAMP', qty: 2, location: 'DC-WEST' }, words: /at DC-WEST/ },
    reship: {
      world: sentOrder(),
      args: { lines: [{ sku: 'LAMP', qty: 2 }], value: 1 },
      words: /worth €50.00/,
      stake: 5_000,
    },
    refund: { world: order(), args: { amount: 7_400 }, words: /Refund €74.00 of order ORD-1/, stake: 7_400 },
    credit: { world: order(), args: { amount: 500 }, words: /€5.00 of shop credit/, stake: 500 },
    reissue_refund: {
      world: order({ refunds: [{ ...REFUND, pspStatus: 'failed' }], paymentStatus: 'refund_pending' }),
      args: { refundId: 'RF-1', amount: 13_000 },
      words: /in place of the failed refund RF-1/,
      stake: 13_000,
    },
    chase_refund: {
      world: order({ refunds: [REFUND], paymentStatus: 'refund_pending' }),
      args: { refundId: 'RF-1' },
      words: /about refund RF-1/,
    },
    correct_price: {
      world: order(),
      args: { sku: 'CHAIR', unitPrice: 7_500 },
      words: /€75.00 a piece instead of €80.00/,
    },
    open_carrier_trace: { world: sentOrder(), args: {}, words: /look for the parcel/ },
    open_return: {
      world: sentOrder({ status: 'delivered' }),
      args: { lines: [{ sku: 'CHAIR', qty: 1 }] },
      words: /send back 1 × .*no money moves/,
    },
    file_carrier_claim: { world: sentOrder(), args: { shipmentId: 'SH-1' }, words: /Claim €130.00/ },
  }

test('there is a tool for every kind that changes something outside', () => {
  const kinds = ACTION_KINDS.filter((kind) => !CASE_ONLY_KINDS.has(kind))
  expect(Object.keys(tools).sort()).toEqual([...kinds].sort())
  for (const kind of Object.keys(tools) as (keyof ActionTools)[]) expect(tools[kind].kind).toBe(kind)
})

describe.each(Object.entries(CASES))('%s', (name, { world, args, words, stake }) => {
  const kind = name as keyof ActionTools
  const act = (shop: ShopId, id: Id<'act'> = 'act_1') => ({
    id,
    shop,
    order: bench.id,
    kind,
    args: tools[kind].readArgs(args),
  })

  test('says what it does and what is at stake', () => {
    expect(tools[kind].effect(tools[kind].readArgs(args), world)).toMatch(words)
    const money = tools[kind].atStake(tools[kind].readArgs(args), world)
    expect(money).toEqual(stake === undefined ? null : { amount: stake, currency: 'EUR' })
  })

  test('happens once, is seen, and is undone where the world allows it', async () => {
    const { signal } = bench
    const tool = tools[kind]
    const shop = await bench.shopWith([world])
    const before = await bench.systems.desk.versionedOrder(shop, bench.id, signal)
    expect(await tool.settle(act(shop), signal)).toEqual({ outcome: 'failed', why: 'never_arrived' })
    expect(await tool.verify(act(shop), signal)).toBe(false)
    const first = await tool.run(act(shop), signal)
    expect(first.outcome).toBe('succeeded')
    expect(await tool.run(act(shop), signal)).toEqual(first)
    expect(await tool.settle(act(shop), signal)).toEqual(first)
    expect(await tool.verify(act(shop), signal)).toBe(true)
    expect(tool.undo !== null).toBe(tool.reversible)
    if (!tool.undo) return
    const undone = await tool.undo(act(shop), 'act_2', signal)
    expect(undone.outcome).toBe('succeeded')
    expect(await tool.undo(act(shop), 'act_2', signal)).toEqual(undone)
    expect((await bench.systems.desk.versionedOrder(shop, bench.id, signal))?.value).toEqual(before?.value)
  })

  test('refuses arguments it does not know', () => {
    expect(() => tools[kind].readArgs({ ...args, shop: 'another' })).toThrow(
      expect.objectContaining({ code: 'tools.args.invalid', kind: 'user' }),
    )
  })
})

test('changes the order of its case alone', async () => {
  const shop = await bench.shopWith([order(), order({ id: 'ORD-2' })])
  const action = { id: 'act_1', shop, order: bench.id, kind: 'cancel_order', args: { orderId: 'ORD-2' } } as const
  await expect(tools.cancel_order.run(action, bench.signal)).rejects.toMatchObject({ code: 'tools.args.invalid' })
})

test('refuses when a system moved since the proposal', async () => {
  const shop = await bench.shopWith([order()])
  const action = { id: 'act_1', shop, order: bench.id, kind: 'hold_order', args: {}, reliedOn: { orders: 7 } } as const
  expect(await tools.hold_order.run(action, bench.signal)).toEqual({ outcome: 'failed', why: 'state_moved' })
})
