import type { OrderFile } from '#db/commerce/order-files.port.ts'
import type { PaymentState } from '#domain/order.ts'

/** What this shop calls an address. */
export type RetailAddress = {
  address1: string
  address2: string
  city: string
  state: string
  country: string
  zip: string
}
export type RetailItem = {
  name: string
  product_id: string
  item_id: string
  /** What was paid, minor units. */
  price: number
  options: Record<string, string>
}
/** `amount` in minor units. */
export type RetailPayment = { transaction_type: 'payment' | 'refund'; amount: number; payment_method_id: string }
/** `balance` in minor units; gift cards alone have one. */
export type RetailMethod = { source: string; id: string; balance?: number; [detail: string]: unknown }
export type RetailVariant = { item_id: string; options: Record<string, string>; available: boolean; price: number }

/** What this shop keeps of an order beside what every shop does. `products` are the lines' products, for whoever reads them. */
export type RetailOwn = {
  products: string[]
  items: { product_id: string; options: Record<string, string> }[]
  payment_history: RetailPayment[]
  /** What the tools write: `cancel_reason`, `return_items`, … Amounts in minor units. */
  requests: Record<string, unknown>
}

export const itemsOf = ({ order }: OrderFile, own: RetailOwn): RetailItem[] =>
  order.lines.map(({ sku, name, unitPrice }, at) => ({
    name,
    product_id: own.items[at]?.product_id ?? '',
    item_id: sku,
    price: unitPrice,
    options: own.items[at]?.options ?? {},
  }))

export const ownOf = (file: OrderFile): RetailOwn => file.own as RetailOwn

/** The order after a change of what this shop keeps, with the payment as the history says. */
export function withOwn(
  file: OrderFile,
  change: { own?: Partial<RetailOwn>; order?: Partial<OrderFile['order']> },
): OrderFile {
  const own = { ...ownOf(file), ...change.own }
  return { ...file, own, order: { ...file.order, ...change.order }, payment: paymentOf(file.order, own) }
}

/** The lines as items say; each line is one unit, as this shop writes them. */
export function withItems(file: OrderFile, items: RetailItem[]): OrderFile {
  const lines = items.map(({ item_id: sku, name, price: unitPrice }) => ({ sku, name, qty: 1, unitPrice }))
  const own = {
    items: items.map(({ product_id, options }) => ({ product_id, options })),
    products: [...new Set(items.map(({ product_id }) => product_id))],
  }
  return withOwn(file, { own, order: { lines, total: items.reduce((sum, { price }) => sum + price, 0) } })
}

/** This shop's payments as every payment provider would tell them. */
export function paymentOf(
  { currency, placedAt }: Pick<OrderFile['order'], 'currency' | 'placedAt'>,
  { payment_history: history }: Pick<RetailOwn, 'payment_history'>,
): PaymentState {
  const sum = (type: RetailPayment['transaction_type']) =>
    history.filter((one) => one.transaction_type === type).reduce((all, { amount }) => all + amount, 0)
  const captured = sum('payment')
  return {
    status: captured > 0 ? 'captured' : 'pending',
    currency,
    authorized: captured,
    captured,
    refunded: sum('refund'),
    refunding: 0,
    expiresAt: null,
    method: history[0]?.payment_method_id ?? '',
    attempts: [],
    captures: history.flatMap(({ transaction_type, amount }, at) =>
      transaction_type === 'payment' ? [{ id: `CP-${at + 1}`, amount, at: placedAt }] : [],
    ),
    refunds: history.flatMap(({ transaction_type, amount }, at) =>
      transaction_type === 'refund' ? [{ id: `RF-${at + 1}`, amount, status: 'succeeded', createdAt: placedAt }] : [],
    ),
    disputed: false,
  }
}
