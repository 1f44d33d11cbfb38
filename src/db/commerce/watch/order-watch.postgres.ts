import { sql } from 'kysely'
import { type Database, inShop } from '../../database.ts'
import { fileOf, stockRows } from '../rows/order-file-rows.ts'
import type { OrderWatch } from './order-watch.port.ts'

/** The sandbox's orders, page by page. Throws what `inShop` throws. */
export function postgresOrderWatch(database: Database): OrderWatch {
  return {
    orders: (shop, after, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        let query = transaction.selectFrom('sandbox.orders').selectAll().where('shop', '=', shop)
        if (after !== null) query = query.where('id', '>', after)
        const rows = await query
          .where(sql<boolean>`body ->> 'status' <> 'cancelled'`)
          .orderBy('id')
          .limit(limit)
          .execute()
        const skus = [...new Set(rows.flatMap(({ body }) => body.lines.map(({ sku }) => sku)))]
        const stock = await stockRows(transaction, shop, skus, false)
        return rows.map((row) => {
          const own = new Set(row.body.lines.map(({ sku }) => sku))
          const {
            order,
            parcels,
            payment,
            stock: shelves,
          } = fileOf(
            row,
            stock.filter(({ sku }) => own.has(sku)),
          )
          return { order, parcels, payment, stock: shelves }
        })
      }),
  }
}
