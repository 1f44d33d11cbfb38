import { type Insertable, type Selectable, sql } from 'kysely'
import { customerId, type ShopId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { lookUpKey, paymentOf, stockOf } from './rows/order-file-rows.ts'
import type { CommerceTables } from './tables.ts'
import type { World, WorldCustomer, WorldOrder, WorldStore } from './world-store.port.ts'

/** Rows a single INSERT carries: PostgreSQL takes 65,535 parameters a statement, eleven a row at most. */
const ROWS_A_STATEMENT = 1_000
const TABLES = [
  'orders',
  'customers',
  'stock',
  'prices',
  'products',
  'effects',
  'settings',
  'faults',
  'events',
] as const

/** Whole worlds in PostgreSQL. Throws what `inShop` throws. */
export function postgresWorldStore(database: Database): WorldStore {
  return {
    load: (shop, world, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        for (const table of TABLES) await transaction.deleteFrom(`sandbox.${table}`).where('shop', '=', shop).execute()
        await insert(transaction, shop, world)
        await transaction
          .insertInto('sandbox.settings')
          .values({ shop, frozen_at: world.now === null ? null : new Date(world.now), refund_confirms_after_ms: null })
          .execute()
      }),
    add: (shop, world, signal) => inShop(database, shop, signal, (transaction) => insert(transaction, shop, world)),
    put: (shop, { orders, customers }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const [orderIds, customerIds] = [orders.map(({ order }) => order.id), customers.map(({ id }) => id)]
        await sql`delete from sandbox.orders where id = any(${orderIds})`.execute(transaction)
        await sql`delete from sandbox.customers where id = any(${customerIds})`.execute(transaction)
        await insert(transaction, shop, { now: null, orders, customers, stock: [], prices: [], products: [] })
      }),
    marks: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<{ path: string; mark: string }>`
          select 'orders/' || id as path, md5(concat_ws('|', body, parcels, payment, records, own)) as mark from sandbox.orders
          union all select 'customers/' || id, md5(concat_ws('|', body, history, own)) from sandbox.customers
          union all select 'products/' || id, md5(body::text) from sandbox.products
          union all select 'stock/' || sku || '@' || location, concat_ws('|', on_hand, reserved, incoming_at, incoming_qty)
            from sandbox.stock
          union all select 'prices/' || sku || '@' || effective_from, list_price::text from sandbox.prices
        `.execute(transaction)
        return new Map(rows.map(({ path, mark }) => [path, mark]))
      }),
    pick: (shop, { orders, customers }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const [some, others] = await Promise.all([
          transaction.selectFrom('sandbox.orders').selectAll().where(sql<boolean>`id = any(${orders})`).execute(),
          transaction.selectFrom('sandbox.customers').selectAll().where(sql<boolean>`id = any(${customers})`).execute(),
        ])
        return { orders: some.map(orderOf), customers: others.map(customerOf) }
      }),
    dump: (shop, signal) => inShop(database, shop, signal, (transaction) => dump(transaction)),
  }
}

async function insert(transaction: DatabaseTransaction, shop: ShopId, world: World): Promise<void> {
  await insertAll(
    transaction,
    'sandbox.orders',
    world.orders.map((one) => orderRow(shop, one)),
  )
  await insertAll(
    transaction,
    'sandbox.customers',
    world.customers.map((one) => customerRow(shop, one)),
  )
  await insertAll(
    transaction,
    'sandbox.stock',
    world.stock.map(({ sku, location, onHand, reserved, incomingAt, incomingQty }) => ({
      ...{ shop, sku, location, reserved },
      on_hand: onHand,
      incoming_at: incomingAt === undefined ? null : new Date(incomingAt),
      incoming_qty: incomingQty ?? null,
    })),
  )
  await insertAll(
    transaction,
    'sandbox.prices',
    world.prices.map(({ sku, listPrice, effectiveFrom }) => ({
      ...{ shop, sku },
      list_price: listPrice,
      effective_from: new Date(effectiveFrom),
    })),
  )
  await insertAll(
    transaction,
    'sandbox.products',
    world.products.map(({ id, body }) => ({ shop, id, body: JSON.stringify(body) })),
  )
}

function orderRow(shop: ShopId, { order, parcels, payment, records, own }: WorldOrder) {
  return {
    shop,
    id: order.id,
    lookup_key: lookUpKey(order.id),
    customer_id: order.customer.id,
    placed_at: new Date(order.placedAt),
    body: JSON.stringify(order),
    parcels: JSON.stringify(parcels),
    payment: JSON.stringify(payment === undefined ? paymentOf(order) : payment),
    records: JSON.stringify(records ?? []),
    own: JSON.stringify(own ?? null),
  }
}

function customerRow(shop: ShopId, { id, body, history, own }: WorldCustomer) {
  return {
    shop,
    id,
    // Shoppers' look-ups find a customer without name and address as if there were none.
    body: JSON.stringify(body ?? null),
    history: JSON.stringify(history ?? null),
    own: JSON.stringify(own ?? null),
  }
}

async function insertAll<Table extends keyof CommerceTables>(
  transaction: DatabaseTransaction,
  table: Table,
  rows: Insertable<CommerceTables[Table]>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
    await transaction
      .insertInto(table)
      .values(rows.slice(from, from + ROWS_A_STATEMENT) as never)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

async function dump(transaction: DatabaseTransaction): Promise<Required<World>> {
  // Ids in the order of their characters, whatever the database sorts texts by.
  const byId = sql`id collate "C"`
  const orders = await transaction.selectFrom('sandbox.orders').selectAll().orderBy(byId).execute()
  const customers = await transaction.selectFrom('sandbox.customers').selectAll().orderBy(byId).execute()
  const stock = await transaction
    .selectFrom('sandbox.stock')
    .selectAll()
    .orderBy(sql`sku collate "C"`)
    .orderBy(sql`location collate "C"`)
    .execute()
  const prices = await transaction
    .selectFrom('sandbox.prices')
    .selectAll()
    .orderBy(sql`sku collate "C"`)
    .orderBy('effective_from')
    .execute()
  const products = await transaction.selectFrom('sandbox.products').selectAll().orderBy(byId).execute()
  const settings = await transaction.selectFrom('sandbox.settings').select('frozen_at').executeTakeFirst()
  return {
    now: settings?.frozen_at?.toISOString() ?? null,
    orders: orders.map(orderOf),
    customers: customers.map(customerOf),
    stock: stock.map(stockOf),
    prices: prices.map((row) => ({
      sku: row.sku,
      listPrice: Number(row.list_price),
      effectiveFrom: row.effective_from.toISOString(),
    })),
    products: products.map(({ id, body }) => ({ id, body })),
  }
}

function orderOf({ body, parcels, payment, records, own }: Selectable<CommerceTables['sandbox.orders']>) {
  return { order: body, parcels, payment, records, own }
}

function customerOf({ id, body, history, own }: Selectable<CommerceTables['sandbox.customers']>) {
  return { id: customerId(id), ...(body === null ? {} : { body }), history, own }
}
