import { sql } from 'kysely'
import type { DatabaseTransaction } from '../../database.ts'
import type { OrderFile, WorldEvent } from '../order-files.port.ts'
import { canonicalText } from './canonical-text.ts'

/** Writes what differs between the two, each part with its next version. Both are of one order. */
export async function writeFile(
  transaction: DatabaseTransaction,
  shop: string,
  before: OrderFile,
  after: OrderFile,
): Promise<void> {
  const moved = (one: unknown, other: unknown) => canonicalText(one) !== canonicalText(other)
  const order = moved(before.order, after.order)
    ? // The payment too: a row that had none would have its payment told by the changed order.
      {
        body: JSON.stringify(after.order),
        state_version: before.orderVersion + 1,
        payment: JSON.stringify(after.payment),
      }
    : {}
  const parcels = moved(before.parcels, after.parcels)
    ? { parcels: JSON.stringify(after.parcels), parcels_version: before.parcelsVersion + 1 }
    : {}
  const payment = moved(before.payment, after.payment)
    ? { payment: JSON.stringify(after.payment), payment_version: before.paymentVersion + 1 }
    : {}
  const records = moved(before.records, after.records) ? { records: JSON.stringify(after.records) } : {}
  const own = moved(before.own, after.own) ? { own: JSON.stringify(after.own) } : {}
  const columns = { ...order, ...parcels, ...payment, ...records, ...own }
  if (Object.keys(columns).length > 0)
    await transaction
      .updateTable('sandbox.orders')
      .set(columns)
      .where('shop', '=', shop)
      .where('id', '=', before.order.id)
      .execute()
  for (const [at, place] of after.stock.entries()) {
    if (!moved(before.stock[at], place)) continue
    await transaction
      .updateTable('sandbox.stock')
      .set((row) => ({ on_hand: place.onHand, reserved: place.reserved, version: row('version', '+', 1) }))
      .where('shop', '=', shop)
      .where('sku', '=', place.sku)
      .where('location', '=', place.location)
      .execute()
  }
}

/** Puts what happened into the sandbox's outbox, as CloudEvents without an id: the row's position is the id. Knocks on `sandbox`. */
export async function writeEvents(
  transaction: DatabaseTransaction,
  shop: string,
  at: string,
  events: WorldEvent[],
): Promise<void> {
  if (events.length === 0) return
  await transaction
    .insertInto('sandbox.events')
    .values(
      events.map(({ type, subject, sequence, data }) => ({
        shop,
        event: JSON.stringify({ type, subject, time: at, data, ...(sequence === null ? {} : { sequence }) }),
      })),
    )
    .execute()
  await sql`select pg_notify('sandbox', ${shop})`.execute(transaction)
}
