import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { orderId, type ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import type { FileChange, FileRule, OrderFile, OrderFiles, SandboxSystem, StoredEffect } from './order-files.port.ts'
import { canonicalText } from './rows/canonical-text.ts'
import { fileOf, lookUpKey, orderRow, stockOf, stockRows, versionOf } from './rows/order-file-rows.ts'
import { toldAt, worldTime } from './rows/world-time.ts'
import { writeEvents, writeFile } from './rows/write-file.ts'

/** The sandbox shop's order files in PostgreSQL, schema `sandbox`. Throws what `inShop` throws. */
export function postgresOrderFiles(database: Database, clock: Clock): OrderFiles {
  return {
    file: (shop, order, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await orderRow(transaction, order, false)
        if (!row) return null
        const stock = await stockRows(transaction, shop, skusOf(row.body), false)
        return { file: fileOf(row, stock), at: await worldTime(transaction, shop, clock) }
      }),
    change: (shop, change, rule, signal) =>
      inShop(database, shop, signal, (transaction) => applyOnce(transaction, shop, change, rule, clock)),
    effect: (shop, key, signal) => inShop(database, shop, signal, (transaction) => effectOf(transaction, shop, key)),
    knownReceipts: (shop, receipts, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{ receipt: string }>`select outcome ->> 'receipt' as receipt from sandbox.effects
          where shop = ${shop} and outcome ->> 'receipt' = any(${receipts})`.execute(transaction)
        return new Set(rows.map(({ receipt }) => receipt))
      }),
    unsettled: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('sandbox.orders')
          .select('id')
          .where(
            sql<boolean>`(payment ->> 'refunding')::bigint > 0 or payment ->> 'status' in ('authorized', 'partially_captured')`,
          )
          .orderBy('id')
          .execute()
        return rows.map(({ id }) => orderId(id))
      }),
    stock: (shop, skus, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await stockRows(transaction, shop, skus, false)
        return { value: rows.map(stockOf), version: versionOf(rows) }
      }),
    related: (shop, order, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('sandbox.orders as other')
          .innerJoin('sandbox.orders as own', (join) =>
            join.onRef('own.shop', '=', 'other.shop').onRef('own.customer_id', '=', 'other.customer_id'),
          )
          .select(['other.body', 'other.parcels'])
          .where('own.lookup_key', '=', lookUpKey(order))
          .whereRef('own.id', '<>', 'other.id')
          .orderBy('other.placed_at', 'desc')
          .orderBy('other.id')
          .limit(limit)
          .execute()
        return rows.map(({ body, parcels }) => ({ ...body, shipments: parcels }))
      }),
    history: (shop, customer, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('sandbox.customers')
          .select('history')
          .where('id', '=', customer)
          .executeTakeFirst()
        return row?.history ?? null
      }),
    prices: (shop, skus, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('sandbox.prices')
          .selectAll()
          .where(sql<boolean>`sku = any(${skus})`)
          .orderBy('sku')
          .orderBy('effective_from')
          .execute()
        return rows.map((row) => ({
          sku: row.sku,
          listPrice: Number(row.list_price),
          effectiveFrom: row.effective_from.toISOString(),
        }))
      }),
    orderOfTracking: (shop, tracking, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('sandbox.orders')
          .select('id')
          .where(sql<boolean>`parcels @> ${JSON.stringify([{ tracking }])}::jsonb`)
          .executeTakeFirst()
        return row ? orderId(row.id) : null
      }),
  }
}

async function applyOnce(
  transaction: DatabaseTransaction,
  shop: ShopId,
  change: FileChange,
  rule: FileRule,
  clock: Clock,
): Promise<StoredEffect['outcome']> {
  const { key, system, kind } = change
  const fingerprint = fingerprintOf(change)
  // Two senders of one key wait for each other here, whatever order they name.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shop}\n${key}`}, 0))`.execute(transaction)
  const known = await storedEffect(transaction, shop, key)
  if (known) return known.fingerprint === fingerprint ? known.outcome : { outcome: 'failed', why: 'key_reused' }
  const at = await worldTime(transaction, shop, clock)
  const row = await orderRow(transaction, change.order, true)
  const decided = await decide()
  const outcome: StoredEffect['outcome'] =
    decided.outcome === 'done'
      ? { outcome: 'succeeded', receipt: decided.receipt, at }
      : { outcome: 'failed', why: decided.why }
  await transaction
    .insertInto('sandbox.effects')
    .values({
      shop,
      key,
      system,
      kind,
      order_id: row?.id ?? change.order,
      fingerprint,
      outcome: JSON.stringify(outcome),
      undo: decided.outcome === 'done' ? JSON.stringify(decided.undo ?? null) : 'null',
      at: new Date(at),
    })
    .execute()
  return outcome

  async function decide() {
    if (!row) return { outcome: 'refused', why: 'unknown_order' } as const
    const stock = await stockRows(transaction, shop, [...skusOf(row.body), ...change.skus], true)
    const before = fileOf(row, stock)
    if (change.version !== null && change.version !== versionFor(before, system))
      return { outcome: 'refused', why: 'state_moved' } as const
    const earlier = change.earlier === null ? null : await effectOf(transaction, shop, change.earlier)
    const result = rule(before, at, earlier)
    if (result.file) await writeFile(transaction, shop, before, result.file)
    await writeEvents(transaction, shop, toldAt(at, clock), result.events ?? [])
    return result
  }
}

async function storedEffect(transaction: DatabaseTransaction, shop: ShopId, key: string) {
  return transaction
    .selectFrom('sandbox.effects')
    .selectAll()
    .where('shop', '=', shop)
    .where('key', '=', key)
    .executeTakeFirst()
}

async function effectOf(transaction: DatabaseTransaction, shop: ShopId, key: string): Promise<StoredEffect | null> {
  const row = await storedEffect(transaction, shop, key)
  return row
    ? { key, kind: row.kind, order: orderId(row.order_id), outcome: row.outcome, undo: row.undo ?? null }
    : null
}

function fingerprintOf({ system, kind, order, args, earlier }: FileChange): string {
  return createHash('sha256')
    .update(canonicalText({ system, kind, order: lookUpKey(order), args, earlier }))
    .digest('hex')
}

function versionFor(file: OrderFile, system: SandboxSystem): number {
  if (system === 'payments') return file.paymentVersion
  if (system === 'carriers') return file.parcelsVersion
  return system === 'inventory' ? file.stockVersion : file.orderVersion
}

function skusOf(order: { lines: { sku: string }[] }): string[] {
  return [...new Set(order.lines.map(({ sku }) => sku))]
}
