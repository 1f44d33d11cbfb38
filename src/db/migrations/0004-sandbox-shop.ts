import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** The sandbox shop's own schema: its orders and customers, apart from Purser's tables as a real shop's system would be. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create schema sandbox;
    grant usage on schema sandbox to purser_app;
    create table sandbox.orders (
      shop text not null references shops (id),
      id text not null,
      lookup_key text not null,
      customer_id text not null,
      placed_at timestamptz not null,
      state_version integer not null default 1,
      body jsonb not null,
      primary key (shop, id),
      unique (shop, lookup_key)
    );
    create index orders_by_customer on sandbox.orders (shop, customer_id, placed_at desc);
    create table sandbox.customers (
      shop text not null references shops (id),
      id text not null,
      body jsonb not null,
      primary key (shop, id)
    )`.execute(database)
  await isolateByShop(database, 'sandbox.orders')
  await isolateByShop(database, 'sandbox.customers')
}
