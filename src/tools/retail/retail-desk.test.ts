import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresDeskWorld } from '#db/commerce/desk/desk-world.postgres.ts'
import { postgresWorldStore } from '#db/commerce/world-store.postgres.ts'
import type { ShopId } from '#domain/ids.ts'
import { type SandboxBench, sandboxBench } from '../../../test/fixtures/sandbox-bench.ts'
import { retailDesk } from './retail-desk.ts'
import { type RetailFiles, type RetailOrder, retailFiles, retailWorld } from './retail-world.ts'

let bench: SandboxBench
beforeAll(async () => {
  bench = await sandboxBench()
})
afterAll(() => bench.close())

const HOME = { address1: '1 Elm St', address2: '', city: 'Denver', state: 'CO', country: 'USA', zip: '80279' }
const AWAY = { ...HOME, address1: '2 Oak St' }
const mug = (item_id: string, price: number, available = true) => ({
  item_id,
  options: { color: item_id },
  available,
  price,
})

function orderOf(change: Partial<RetailOrder> = {}): RetailOrder {
  return {
    order_id: '#W1',
    user_id: 'ann_1',
    address: HOME,
    items: [
      { name: 'Mug', product_id: 'P1', item_id: 'red', price: 10.29, options: { color: 'red' } },
      { name: 'Mug', product_id: 'P1', item_id: 'red', price: 10.29, options: { color: 'red' } },
    ],
    status: 'pending',
    fulfillments: [],
    payment_history: [{ transaction_type: 'payment', amount: 20.58, payment_method_id: 'gift_1' }],
    ...change,
  }
}

const FILES: RetailFiles = {
  orders: [orderOf(), orderOf({ order_id: '#W2', status: 'delivered' })],
  customers: [
    {
      user_id: 'ann_1',
      name: { first_name: 'Ann', last_name: 'Ito' },
      address: HOME,
      payment_methods: {
        gift_1: { source: 'gift_card', id: 'gift_1', balance: 0.5 },
        card_1: { source: 'credit_card', id: 'card_1', brand: 'visa' },
        paypal_1: { source: 'paypal', id: 'paypal_1' },
      },
    },
  ],
  products: [
    {
      product_id: 'P1',
      name: 'Mug',
      variants: {
        red: mug('red', 10.29),
        blue: mug('blue', 10.7),
        gold: mug('gold', 99.99),
        gone: mug('gone', 1, false),
      },
    },
    { product_id: 'P2', name: 'Cup', variants: { cup: mug('cup', 5) } },
  ],
}

async function open() {
  const shop: ShopId = await bench.shopWith([])
  const store = postgresWorldStore(bench.database)
  await store.load(shop, retailWorld(FILES), bench.signal)
  const desk = retailDesk(postgresDeskWorld(bench.database, bench.clock))
  const files = async () => retailFiles(await store.dump(shop, bench.signal))
  let calls = 0
  const call = async (name: string, args: unknown, key = `k${++calls}`) => {
    const outcome = await desk.call(shop, key, name, args, bench.signal)
    return outcome.outcome === 'refused' ? outcome.rule : 'done'
  }
  return { shop, call, files }
}

test('the world is the files again, to the cent', async () => {
  const { files } = await open()
  expect(await files()).toEqual({ orders: FILES.orders, customers: FILES.customers })
})

const MIT = { order_id: '#W1', item_ids: ['red'], new_item_ids: ['blue'], payment_method_id: 'card_1' }
const EXC = { ...MIT, order_id: '#W2' }

describe('refuses by the rule that is broken, and changes nothing', () => {
  test.each([
    ['CAN-1', 'cancel_pending_order', { order_id: 'W1', reason: 'no longer needed' }],
    ['CAN-2', 'cancel_pending_order', { order_id: '#W2', reason: 'no longer needed' }],
    ['CAN-3', 'cancel_pending_order', { order_id: '#W1', reason: 'because' }],
    ['MAD-1', 'modify_pending_order_address', { order_id: '#w1', ...AWAY }],
    ['MAD-2', 'modify_pending_order_address', { order_id: '#W2', ...AWAY }],
    ['MPY-1', 'modify_pending_order_payment', { order_id: '#W9', payment_method_id: 'card_1' }],
    ['MPY-2', 'modify_pending_order_payment', { order_id: '#W2', payment_method_id: 'card_1' }],
    ['MPY-3', 'modify_pending_order_payment', { order_id: '#W1', payment_method_id: 'card_2' }],
    ['MPY-5', 'modify_pending_order_payment', { order_id: '#W1', payment_method_id: 'gift_1' }],
    ['MIT-1', 'modify_pending_order_items', { ...MIT, order_id: '#W9' }],
    ['MIT-2', 'modify_pending_order_items', { ...MIT, order_id: '#W2' }],
    [
      'MIT-3',
      'modify_pending_order_items',
      { ...MIT, item_ids: ['red', 'red', 'red'], new_item_ids: ['blue', 'blue', 'blue'] },
    ],
    ['MIT-4', 'modify_pending_order_items', { ...MIT, new_item_ids: ['blue', 'blue'] }],
    ['MIT-5', 'modify_pending_order_items', { ...MIT, new_item_ids: ['red'] }],
    ['MIT-6', 'modify_pending_order_items', { ...MIT, new_item_ids: ['cup'] }],
    ['MIT-7', 'modify_pending_order_items', { ...MIT, new_item_ids: ['gone'] }],
    ['MIT-8', 'modify_pending_order_items', { ...MIT, payment_method_id: 'card_2' }],
    ['MIT-9', 'modify_pending_order_items', { ...MIT, new_item_ids: ['gold'], payment_method_id: 'gift_1' }],
    ['RET-1', 'return_delivered_order_items', { order_id: '#W9', item_ids: ['red'], payment_method_id: 'gift_1' }],
    ['RET-2', 'return_delivered_order_items', { order_id: '#W1', item_ids: ['red'], payment_method_id: 'gift_1' }],
    ['RET-3', 'return_delivered_order_items', { order_id: '#W2', item_ids: ['red'], payment_method_id: 'card_2' }],
    ['RET-4', 'return_delivered_order_items', { order_id: '#W2', item_ids: ['red'], payment_method_id: 'paypal_1' }],
    ['RET-5', 'return_delivered_order_items', { order_id: '#W2', item_ids: ['blue'], payment_method_id: 'gift_1' }],
    ['EXC-1', 'exchange_delivered_order_items', { ...EXC, order_id: '#W9' }],
    ['EXC-2', 'exchange_delivered_order_items', { ...EXC, order_id: '#W1' }],
    ['EXC-3', 'exchange_delivered_order_items', { ...EXC, item_ids: ['blue'] }],
    ['EXC-4', 'exchange_delivered_order_items', { ...EXC, new_item_ids: [] }],
    ['EXC-5', 'exchange_delivered_order_items', { ...EXC, new_item_ids: ['cup'] }],
    ['EXC-6', 'exchange_delivered_order_items', { ...EXC, new_item_ids: ['gone'] }],
    ['EXC-7', 'exchange_delivered_order_items', { ...EXC, payment_method_id: 'card_2' }],
    ['EXC-8', 'exchange_delivered_order_items', { ...EXC, new_item_ids: ['gold'], payment_method_id: 'gift_1' }],
    ['MUA-1', 'modify_user_address', { user_id: 'ann', ...AWAY }],
  ])('%s', async (rule, name, args) => {
    const { call, files } = await open()
    expect(await call(name, args)).toBe(rule)
    expect(await files()).toEqual({ orders: FILES.orders, customers: FILES.customers })
  })
})

test('a cancelled order gives everything back, the gift card’s at once', async () => {
  const { call, files } = await open()
  expect(await call('cancel_pending_order', { order_id: '#W1', reason: 'ordered by mistake' })).toBe('done')
  const { orders, customers } = await files()
  expect(orders[0]).toMatchObject({ status: 'cancelled', cancel_reason: 'ordered by mistake' })
  expect(orders[0]?.payment_history[1]).toEqual({
    transaction_type: 'refund',
    amount: 20.58,
    payment_method_id: 'gift_1',
  })
  expect(customers[0]?.payment_methods.gift_1?.balance).toBe(21.08)
})

test('items are changed once, each line with its own price and options', async () => {
  const { call, files } = await open()
  expect(await call('modify_pending_order_items', { ...MIT, payment_method_id: 'gift_1' })).toBe('done')
  const [first] = (await files()).orders
  expect(first).toMatchObject({
    status: 'pending (item modified)',
    items: [{ item_id: 'blue', price: 10.7, options: { color: 'blue' } }, { item_id: 'red' }],
  })
  expect(first?.payment_history[1]).toEqual({ transaction_type: 'payment', amount: 0.41, payment_method_id: 'gift_1' })
  expect((await files()).customers[0]?.payment_methods.gift_1?.balance).toBe(0.09)
  expect(await call('modify_pending_order_items', { ...MIT, item_ids: ['red'] })).toBe('MIT-2')
  expect(await call('modify_pending_order_payment', { order_id: '#W1', payment_method_id: 'card_1' })).toBe('MPY-4')
})

test('a request repeated under its key is done once', async () => {
  const { call, files } = await open()
  const args = { order_id: '#W1', payment_method_id: 'card_1' }
  expect(await call('modify_pending_order_payment', args, 'same')).toBe('done')
  expect(await call('modify_pending_order_payment', args, 'same')).toBe('done')
  expect(await call('modify_pending_order_payment', { ...args, order_id: '#W2' }, 'same')).toBe('key_reused')
  expect((await files()).orders[0]?.payment_history).toHaveLength(3)
})

test('an exchange and a return are asked for, and move nothing', async () => {
  const { call, files } = await open()
  expect(await call('exchange_delivered_order_items', EXC)).toBe('done')
  expect((await files()).orders[1]).toMatchObject({
    status: 'exchange requested',
    exchange_items: ['red'],
    exchange_new_items: ['blue'],
    exchange_price_difference: 0.41,
    payment_history: [{ amount: 20.58 }],
  })
  expect(
    await call('return_delivered_order_items', { order_id: '#W2', item_ids: ['red'], payment_method_id: 'gift_1' }),
  ).toBe('RET-2')
})

test('throws on a tool or arguments it does not know', async () => {
  const { call } = await open()
  await expect(call('sell_everything', {})).rejects.toMatchObject({ code: 'tools.args.invalid' })
  await expect(call('cancel_pending_order', { order_id: '#W1' })).rejects.toMatchObject({ code: 'tools.args.invalid' })
})
