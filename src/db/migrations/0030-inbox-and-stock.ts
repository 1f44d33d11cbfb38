import { type Kysely, sql } from 'kysely'
import { tryReadJson } from '#domain/foreign-json.ts'
import { isolateByShop } from '../row-security.ts'

const PAGE = 1_000

/** Events that were taken in, what is known from them and its order, live stock, and documents by SKU. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table inbox (
      shop text not null references shops (id),
      source text not null,
      id text not null,
      position bigint generated always as identity,
      type text not null,
      subject text,
      sequence text,
      -- UTC with nine decimals: as the sender said, else when it came.
      stamped_at text not null,
      received_at timestamptz not null,
      data text,
      state text not null check (state in ('waiting', 'applied', 'superseded', 'early', 'unhandled', 'parked')),
      attempts integer not null default 0,
      look_at timestamptz not null,
      settled_at timestamptz,
      problem_code text,
      problem_message text,
      primary key (shop, source, id)
    );
    create index inbox_to_settle on inbox (shop, position) where state = 'waiting';
    create index inbox_by_state on inbox (shop, state, position);
    create index inbox_by_age on inbox (shop, received_at);
    -- For each thing that events tell of, the newest word on each of its facts, as JSON.
    create table event_facts (
      shop text not null references shops (id),
      key text not null,
      facts text not null,
      primary key (shop, key)
    );
    create table stock (
      shop text not null references shops (id),
      sku text not null,
      -- Empty: the shop has one place.
      location text not null,
      available integer not null,
      version integer not null,
      changed_at timestamptz not null,
      primary key (shop, sku, location)
    );
    alter table documents add column sku text;
    create index documents_by_sku on documents (shop, sku) where sku is not null`.execute(database)
  await fillSkus(database)
  for (const table of ['inbox', 'event_facts', 'stock']) await isolateByShop(database, table)
}

async function fillSkus(database: Kysely<unknown>): Promise<void> {
  // An owner that is no superuser would see nothing otherwise.
  await sql`alter table documents no force row level security;
    alter table document_versions no force row level security`.execute(database)
  for (let after = ['', '']; ; ) {
    const { rows } = await sql<{ shop: string; id: string; body: string }>`
      select documents.shop, documents.id, versions.body from documents
      join document_versions as versions on versions.shop = documents.shop and versions.document_id = documents.id
        and versions.version = documents.version
      where (documents.shop, documents.id) > (${after[0]}, ${after[1]})
      order by documents.shop, documents.id limit ${PAGE}`.execute(database)
    const found = rows.flatMap(({ shop, id, body }) => {
      const { sku } = (tryReadJson(body) ?? {}) as { sku?: string }
      return typeof sku === 'string' && !sku.includes('\0') && sku.isWellFormed() ? [{ shop, id, sku }] : []
    })
    await sql`update documents set sku = found.sku from unnest(${found.map(({ shop }) => shop)}::text[],
        ${found.map(({ id }) => id)}::text[], ${found.map(({ sku }) => sku)}::text[]) as found (shop, id, sku)
      where documents.shop = found.shop and documents.id = found.id`.execute(database)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) break
    after = [last.shop, last.id]
  }
  await sql`alter table documents force row level security;
    alter table document_versions force row level security`.execute(database)
}
