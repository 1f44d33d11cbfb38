import { sql } from 'kysely'
import { type Database, inShop } from '../database.ts'
import { lookUpKey, paymentOf } from './rows/order-file-rows.ts'
import type { SandboxWorld } from './sandbox-world.port.ts'

/** Rows a single INSERT carries: PostgreSQL takes 65,535 parameters a statement, eight a row. */
const ROWS_A_STATEMENT = 1_000

/** The sandbox shop in PostgreSQL, schema `sandbox`. Throws what `inShop` throws. */
export function postgresSandboxWorld(database: Database): SandboxWorld {
  return {
    add: (shop, { customers, orders }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        for (const some of slices(customers))
          await transaction
            .insertInto('sandbox.customers')
            .values(some.map((customer) => ({ shop, id: customer.id, body: JSON.stringify(customer) })))
            .onConflict((conflict) => conflict.doNothing())
            .execute()
        for (const some of slices(orders))
          await transaction
            .insertInto('sandbox.orders')
            .values(
              some.map(({ shipments, ...order }) => ({
                shop,
                id: order.id,
                lookup_key: lookUpKey(order.id),
                customer_id: order.customer.id,
                placed_at: new Date(order.placedAt),
                body: JSON.stringify(order),
                parcels: JSON.stringify(shipments),
                payment: JSON.stringify(paymentOf(order)),
              })),
            )
            .onConflict((conflict) => conflict.doNothing())
            .execute()
      }),
    order: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('sandbox.orders')
          .select(['body', 'parcels'])
          .where('lookup_key', '=', lookUpKey(id))
          .executeTakeFirst()
        return row ? { ...row.body, shipments: row.parcels } : null
      }),
    ordersOf: (shop, customer, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('sandbox.orders')
          .select(['body', 'parcels'])
          .where('customer_id', '=', customer)
          .orderBy('placed_at', 'desc')
          .limit(limit)
          .execute()
        return rows.map(({ body, parcels }) => ({ ...body, shipments: parcels }))
      }),
    customer: (shop, id, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('sandbox.customers')
          .select('body')
          .where('id', '=', id)
          .executeTakeFirst()
        return row?.body ?? null
      }),
    customers: (shop, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('sandbox.customers')
          .select('body')
          .orderBy('id')
          // A world may know no more of somebody than an id.
          .where(sql<boolean>`body <> 'null'`)
          .limit(limit)
          .execute()
        return rows.map(({ body }) => body)
      }),
  }
}

function slices<Row>(rows: Row[]): Row[][] {
  const count = Math.ceil(rows.length / ROWS_A_STATEMENT)
  return Array.from({ length: count }, (_, at) => rows.slice(at * ROWS_A_STATEMENT, (at + 1) * ROWS_A_STATEMENT))
}
