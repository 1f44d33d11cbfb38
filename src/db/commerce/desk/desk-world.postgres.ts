import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { customerId, type ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, type DatabaseTransaction, inShop } from '../../database.ts'
import { canonicalText } from '../rows/canonical-text.ts'
import { fileOf } from '../rows/order-file-rows.ts'
import { worldTime } from '../rows/world-time.ts'
import { writeFile } from '../rows/write-file.ts'
import type { DeskDecided, DeskOutcome, DeskRequest, DeskState, DeskWorld } from './desk-world.port.ts'

/** A desk's world in PostgreSQL, schema `sandbox`. Throws what `inShop` throws. */
export function postgresDeskWorld(database: Database, clock: Clock): DeskWorld {
  return {
    change: (shop, request, rule, signal) =>
      inShop(database, shop, signal, (transaction) => applyOnce(transaction, shop, request, rule, clock)),
    look: (shop, about, signal) => inShop(database, shop, signal, (transaction) => stateOf(transaction, about, false)),
    products: (shop, signal) =>
      inShop(database, shop, signal, (transaction) =>
        transaction.selectFrom('sandbox.products').select(['id', 'body']).orderBy('id').execute(),
      ),
    customers: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction.selectFrom('sandbox.customers').select(['id', 'own']).orderBy('id').execute()
        return rows.map(({ id, own }) => ({ id: customerId(id), own }))
      }),
  }
}

async function applyOnce(
  transaction: DatabaseTransaction,
  shop: ShopId,
  request: DeskRequest,
  rule: (state: DeskState) => DeskDecided,
  clock: Clock,
): Promise<DeskOutcome> {
  const { key, kind, args, order } = request
  const fingerprint = createHash('sha256').update(canonicalText({ kind, args })).digest('hex')
  // Two senders of one key wait for each other here.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${shop}\n${key}`}, 0))`.execute(transaction)
  const known = await transaction
    .selectFrom('sandbox.effects')
    .select(['fingerprint', 'outcome'])
    .where('key', '=', key)
    .executeTakeFirst()
  if (known) return known.fingerprint === fingerprint ? known.outcome : { outcome: 'failed', why: 'key_reused' }
  const at = await worldTime(transaction, shop, clock)
  const state = await stateOf(transaction, request, true)
  const decided = rule(state)
  if (decided.outcome === 'done') {
    if (state.file && decided.file) await writeFile(transaction, shop, state.file, decided.file)
    if (state.customer && decided.own)
      await transaction
        .updateTable('sandbox.customers')
        .set({ own: JSON.stringify(decided.own) })
        .where('shop', '=', shop)
        .where('id', '=', state.customer.id)
        .execute()
  }
  const outcome: DeskOutcome =
    decided.outcome === 'done'
      ? { outcome: 'succeeded', receipt: decided.receipt, at }
      : { outcome: 'failed', why: decided.why }
  await transaction
    .insertInto('sandbox.effects')
    .values({
      ...{ shop, key, system: 'desk', kind, order_id: order ?? '', fingerprint },
      outcome: JSON.stringify(outcome),
      at: new Date(at),
    })
    .execute()
  return outcome
}

/** The order before its customer: everybody locks in this order. */
async function stateOf(
  transaction: DatabaseTransaction,
  about: { order: string | null; customer: string | null },
  lock: boolean,
): Promise<DeskState> {
  const byId = transaction
    .selectFrom('sandbox.orders')
    .selectAll()
    .where('id', '=', about.order ?? '')
  const row = about.order === null ? undefined : await (lock ? byId.forUpdate() : byId).executeTakeFirst()
  const wanted = row?.customer_id ?? about.customer
  const byCustomer = transaction
    .selectFrom('sandbox.customers')
    .select(['id', 'own'])
    .where('id', '=', wanted ?? '')
  const customer = wanted === null ? undefined : await (lock ? byCustomer.forUpdate() : byCustomer).executeTakeFirst()
  const { products: ids = [] } = (row?.own ?? {}) as { products?: string[] }
  const products =
    ids.length === 0
      ? []
      : await transaction
          .selectFrom('sandbox.products')
          .select(['id', 'body'])
          .where(sql<boolean>`id = any(${ids})`)
          .execute()
  return {
    file: row ? fileOf(row, []) : null,
    customer: customer ? { id: customerId(customer.id), own: customer.own } : null,
    products,
  }
}
