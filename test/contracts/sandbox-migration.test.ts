import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import { expect, test } from 'vitest'
import { up } from '../../src/db/migrations/0060-sandbox-world.ts'
import { parcel, sentOrder } from '../fixtures/order-builder.ts'
import { sandboxBench } from '../fixtures/sandbox-bench.ts'

const NEW_TABLES = ['stock', 'prices', 'products', 'effects', 'settings', 'faults', 'events']

test('orders from before keep their parcels, and are paid as they say', async () => {
  const bench = await sandboxBench()
  const shop = await bench.shopWith([], [])
  const owner = new Client({ ...bench.connection, ssl: false })
  await owner.connect()
  const migrating = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new Pool({ ...bench.connection, max: 1 }) }),
  })
  try {
    for (const table of NEW_TABLES) await owner.query(`drop table sandbox.${table}`)
    await owner.query(`alter table sandbox.orders drop column parcels, drop column parcels_version, drop column payment,
      drop column payment_version, drop column records, drop column own`)
    await owner.query('alter table sandbox.customers drop column history, drop column own')
    const before = sentOrder()
    await owner.query(`select set_config('app.shop', $1, false)`, [shop])
    await owner.query(
      `insert into sandbox.orders (shop, id, lookup_key, customer_id, placed_at, body) values ($1, $2, $2, $3, $4, $5)`,
      [shop, before.id, before.customer.id, before.placedAt, JSON.stringify(before)],
    )
    await up(migrating)
    const { systems, signal, id, world } = bench
    expect(await world.order(shop, id, signal)).toEqual(before)
    expect((await systems.carriers.parcels(shop, id, signal)).value).toEqual([parcel()])
    expect((await systems.payments.payment(shop, id, signal))?.value).toMatchObject({ captured: 13_000, refunded: 0 })
    const money = { amount: 2_500, currency: 'EUR' }
    expect((await systems.payments.refund({ shop, key: 'a' }, id, money, null, signal)).outcome).toBe('succeeded')
    expect(
      await owner.query(`select 1 from pg_class where oid = 'sandbox.orders'::regclass and not relforcerowsecurity`),
    ).toMatchObject({ rowCount: 0 })
  } finally {
    await owner.end()
    await migrating.destroy()
    await bench.close()
  }
})
