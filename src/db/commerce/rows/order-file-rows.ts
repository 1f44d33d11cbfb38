import { type Selectable, sql } from 'kysely'
import type { OrderId } from '#domain/ids.ts'
import type { PaymentState, StockAt } from '#domain/order.ts'
import type { DatabaseTransaction } from '../../database.ts'
import type { OrderFile, StoredOrder } from '../order-files.port.ts'
import type { CommerceTables } from '../tables.ts'

type OrderRow = Selectable<CommerceTables['sandbox.orders']>
type StockRow = Selectable<CommerceTables['sandbox.stock']>

/** An authorisation holds for seven days. Source: card schemes' usual limit, e.g. Stripe's "Place a hold". */
const AUTHORISED_FOR_MS = 7 * 86_400_000

/** How a shopper's spelling of an order id is compared. */
export function lookUpKey(id: OrderId | string): string {
  return id.replace(/[\s#]/g, '').toUpperCase()
}

/** The order's row, locked when it is to be changed. */
export async function orderRow(
  transaction: DatabaseTransaction,
  order: OrderId,
  lock: boolean,
): Promise<OrderRow | undefined> {
  const query = transaction.selectFrom('sandbox.orders').selectAll().where('lookup_key', '=', lookUpKey(order))
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

/** Rows of the SKUs, by SKU and place: everybody locks in this order, which is that of the characters and no language's. */
export async function stockRows(
  transaction: DatabaseTransaction,
  shop: string,
  skus: string[],
  lock: boolean,
): Promise<StockRow[]> {
  if (skus.length === 0) return []
  const query = transaction
    .selectFrom('sandbox.stock')
    .selectAll()
    .where('shop', '=', shop)
    .where(sql<boolean>`sku = any(${skus})`)
    .orderBy(sql`sku collate "C"`)
    .orderBy(sql`location collate "C"`)
  return (lock ? query.forUpdate() : query).execute()
}

/** What the rows say of one order. */
export function fileOf(row: OrderRow, stock: StockRow[]): OrderFile {
  return {
    order: row.body,
    orderVersion: row.state_version,
    parcels: row.parcels,
    parcelsVersion: row.parcels_version,
    payment: row.payment ?? paymentOf(row.body),
    paymentVersion: row.payment_version,
    records: row.records,
    own: row.own,
    stock: stock.map(stockOf),
    stockVersion: versionOf(stock),
  }
}

export function stockOf(row: StockRow): StockAt {
  return {
    sku: row.sku,
    location: row.location,
    onHand: row.on_hand,
    reserved: row.reserved,
    ...(row.incoming_at ? { incomingAt: row.incoming_at.toISOString() } : {}),
    ...(row.incoming_qty === null ? {} : { incomingQty: row.incoming_qty }),
  }
}

export function versionOf(stock: { version: number }[]): number {
  return stock.reduce((sum, { version }) => sum + version, 0)
}

/** The payment an order's own words imply, for worlds that say no more of it. Null when nothing was ever asked of a provider. */
export function paymentOf(order: StoredOrder): PaymentState | null {
  const status = STATUS[order.paymentStatus]
  if (!status) return null
  const refunds = order.refunds.map((refund) => ({ ...refund, status: refund.pspStatus ?? refund.status }))
  const captured = status === 'captured' ? order.total : 0
  const authorized = captured > 0 || status === 'authorized' ? order.total : 0
  const sum = (wanted: string) =>
    refunds.filter((refund) => refund.status === wanted).reduce((all, { amount }) => all + amount, 0)
  return {
    status,
    currency: order.currency,
    authorized,
    captured,
    refunded: sum('succeeded'),
    refunding: sum('pending'),
    expiresAt: status === 'authorized' ? new Date(Date.parse(order.placedAt) + AUTHORISED_FOR_MS).toISOString() : null,
    method: 'card',
    attempts: authorized > 0 ? [{ id: `PA-${order.id}-1`, at: order.placedAt, status: 'authorized' }] : [],
    captures: captured > 0 ? [{ id: `CP-${order.id}-1`, amount: captured, at: order.placedAt }] : [],
    refunds,
    disputed: false,
  }
}

const STATUS: Record<string, PaymentState['status']> = {
  pending: 'pending',
  authorized: 'authorized',
  captured: 'captured',
  partially_captured: 'partially_captured',
  refunded: 'captured',
  partially_refunded: 'captured',
  refund_pending: 'captured',
  failed: 'failed',
  voided: 'voided',
}
