import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/**
 * The sandbox shop grows up: beside each order its parcels, its payment and what was done about it, each with a version of its
 * own; stock by place, prices, products; effects by key; a clock, faults and an outbox of what happened.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sandbox.orders
      add column parcels jsonb not null default '[]',
      add column parcels_version integer not null default 1,
      -- Null: as the order's own payment status says.
      add column payment jsonb,
      add column payment_version integer not null default 1,
      add column records jsonb not null default '[]',
      -- What a shop keeps of an order that no port knows of.
      add column own jsonb;
    alter table sandbox.customers add column history jsonb, add column own jsonb;
    create index orders_by_tracking on sandbox.orders using gin (parcels jsonb_path_ops);
    create table sandbox.stock (
      shop text not null references shops (id),
      sku text not null,
      location text not null,
      on_hand integer not null check (on_hand >= 0),
      reserved integer not null check (reserved >= 0),
      incoming_at timestamptz,
      incoming_qty integer,
      version integer not null default 1,
      primary key (shop, sku, location)
    );
    create table sandbox.prices (
      shop text not null references shops (id),
      sku text not null,
      effective_from timestamptz not null,
      list_price bigint not null,
      primary key (shop, sku, effective_from)
    );
    create table sandbox.products (
      shop text not null references shops (id),
      id text not null,
      body jsonb not null,
      primary key (shop, id)
    );
    -- Every change that was asked for, with the answer it got.
    create table sandbox.effects (
      shop text not null references shops (id),
      key text not null,
      system text not null,
      kind text not null,
      order_id text not null,
      fingerprint text not null,
      outcome jsonb not null,
      undo jsonb,
      at timestamptz not null,
      primary key (shop, key)
    );
    create index effects_by_order on sandbox.effects (shop, order_id);
    create index effects_by_receipt on sandbox.effects (shop, (outcome ->> 'receipt'));
    create table sandbox.settings (
      shop text not null references shops (id),
      -- The world's time stands still here when set; else it is ours plus the offset.
      frozen_at timestamptz,
      offset_ms bigint not null default 0,
      refund_confirms_after_ms bigint,
      primary key (shop)
    );
    create table sandbox.faults (
      shop text not null references shops (id),
      id bigint generated always as identity,
      system text not null,
      operation text not null,
      fault text not null,
      share real not null,
      times_left integer,
      latency_ms integer not null,
      primary key (shop, id)
    );
    create table sandbox.events (
      shop text not null references shops (id),
      position bigint generated always as identity,
      event text not null,
      primary key (shop, position)
    )`.execute(database)
  // An owner that is no superuser would see nothing otherwise.
  await sql`alter table sandbox.orders no force row level security`.execute(database)
  await sql`update sandbox.orders set parcels = coalesce(body -> 'shipments', '[]'), body = body - 'shipments'`.execute(
    database,
  )
  await sql`alter table sandbox.orders force row level security`.execute(database)
  for (const table of ['stock', 'prices', 'products', 'effects', 'settings', 'faults', 'events'])
    await isolateByShop(database, `sandbox.${table}`)
}
