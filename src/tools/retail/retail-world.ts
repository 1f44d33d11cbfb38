import type { World, WorldCustomer, WorldOrder } from '#db/commerce/world-store.port.ts'
import { customerId, orderId } from '#domain/ids.ts'
import {
  itemsOf,
  paymentOf,
  type RetailAddress,
  type RetailItem,
  type RetailMethod,
  type RetailOwn,
  type RetailPayment,
  type RetailVariant,
} from './retail-order.ts'

/** The shop's files as they are written: amounts are decimal units with two places. */
export type RetailFiles = {
  orders: RetailOrder[]
  customers: RetailCustomer[]
  products: { product_id: string; name: string; variants: Record<string, RetailVariant> }[]
}
export type RetailOrder = {
  order_id: string
  user_id: string
  address: RetailAddress
  items: RetailItem[]
  status: string
  fulfillments: { tracking_id: string[]; item_ids: string[] }[]
  payment_history: RetailPayment[]
  [request: string]: unknown
}
export type RetailCustomer = {
  user_id: string
  payment_methods: Record<string, RetailMethod>
  [detail: string]: unknown
}

const CURRENCY = 'USD'
/** The files name no day; every order was placed before the world's own. */
const PLACED_AT = '2024-01-01T00:00:00.000Z'
const PROMISED_BY = '2024-01-15T00:00:00.000Z'

/** The sandbox world of these files: amounts become minor units, what only this shop knows becomes its orders' `own`. */
export function retailWorld({ orders, customers, products }: RetailFiles): World {
  return {
    now: '2024-05-15T15:00:00.000Z',
    orders: orders.map(orderIn),
    customers: customers.map(customerIn),
    stock: [],
    prices: [],
    products: products.map((product) => ({
      id: product.product_id,
      body: {
        ...product,
        variants: Object.fromEntries(
          Object.entries(product.variants).map(([id, variant]) => [id, { ...variant, price: cents(variant.price) }]),
        ),
      },
    })),
  }
}

/** The same files again, from a world: what `retailWorld` was given, and what was done since. */
export function retailFiles({ orders, customers }: World): Omit<RetailFiles, 'products'> {
  return { orders: orders.map(orderOut), customers: customers.map(customerOut) }
}

function orderIn({
  order_id,
  user_id,
  address,
  items,
  status,
  fulfillments,
  payment_history,
  ...requests
}: RetailOrder) {
  const history = payment_history.map((one) => ({ ...one, amount: cents(one.amount) }))
  const lines = items.map(({ item_id, name, price }) => ({ sku: item_id, name, qty: 1, unitPrice: cents(price) }))
  const own: RetailOwn = {
    products: [...new Set(items.map(({ product_id }) => product_id))],
    items: items.map(({ product_id, options }) => ({ product_id, options })),
    payment_history: history,
    requests: withAmount(requests, cents),
  }
  const place = { currency: CURRENCY, placedAt: PLACED_AT }
  return {
    order: {
      ...place,
      id: orderId(order_id),
      status,
      paymentStatus: 'captured',
      total: lines.reduce((sum, { unitPrice }) => sum + unitPrice, 0),
      customer: { id: customerId(user_id) },
      lines,
      shippingAddress: addressIn(address),
      shippingMethod: 'standard',
      promisedBy: PROMISED_BY,
      refunds: [],
    },
    parcels: fulfillments.map(({ tracking_id, item_ids }, at) => ({
      id: `${order_id}-${at + 1}`,
      carrier: '',
      tracking: tracking_id.join(' '),
      status: status === 'delivered' ? 'delivered' : 'in_transit',
      events: [],
      lines: item_ids.map((sku) => ({ sku, qty: 1 })),
    })),
    payment: paymentOf(place, own),
    own,
  } satisfies WorldOrder
}

function orderOut({ order, parcels, ...rest }: WorldOrder): RetailOrder {
  const own = rest.own as RetailOwn
  const items = itemsOf({ order } as Parameters<typeof itemsOf>[0], own)
  return {
    order_id: order.id,
    user_id: order.customer.id,
    address: addressOut(order.shippingAddress),
    items: items.map((item) => ({ ...item, price: units(item.price) })),
    status: order.status,
    fulfillments: parcels.map(({ tracking, lines }) => ({
      tracking_id: tracking.split(' '),
      item_ids: (lines ?? []).map(({ sku }) => sku),
    })),
    payment_history: own.payment_history.map((one) => ({ ...one, amount: units(one.amount) })),
    ...withAmount(own.requests, units),
  }
}

function customerIn({ user_id, ...own }: RetailCustomer): WorldCustomer {
  return { id: customerId(user_id), own: withBalances(own, cents) }
}

function customerOut({ id, own }: WorldCustomer): RetailCustomer {
  return { user_id: id, ...withBalances(own as { payment_methods: Record<string, RetailMethod> }, units) }
}

function addressIn({ address1, address2, city, state, country, zip }: RetailAddress) {
  return { name: '', line1: address1, line2: address2, city, region: state, postalCode: zip, country }
}

function addressOut(address: WorldOrder['order']['shippingAddress']): RetailAddress {
  const { line1: address1, line2: address2 = '', city, region: state = '', country, postalCode: zip } = address
  return { address1, address2, city, state, country, zip }
}

function withBalances<Own extends { payment_methods: Record<string, RetailMethod> }>(
  own: Own,
  change: (amount: number) => number,
): Own {
  const methods = Object.entries(own.payment_methods).map(([id, method]) => [
    id,
    method.balance === undefined ? method : { ...method, balance: change(method.balance) },
  ])
  return { ...own, payment_methods: Object.fromEntries(methods) }
}

/** The one amount among what the tools write. */
function withAmount(requests: Record<string, unknown>, change: (amount: number) => number): Record<string, unknown> {
  const { exchange_price_difference: difference } = requests
  return typeof difference === 'number' ? { ...requests, exchange_price_difference: change(difference) } : requests
}

/** Two places are exact in hundredths; 0.29 × 100 alone is not. */
const cents = (amount: number) => Math.round(amount * 100)
const units = (amount: number) => amount / 100
