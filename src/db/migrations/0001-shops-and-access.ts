import { type Kysely, sql } from 'kysely'

/** Shops, the application's role, row-level security, and what proves who is calling (keys and sessions, hashed). */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'purser_app') then create role purser_app nologin nosuperuser nobypassrls; end if;
    exception when duplicate_object or unique_violation then null;
    end $$`.execute(database)
  await sql`
    create table shops (
      id text primary key,
      name text not null,
      default_locale text not null default 'en',
      currency text not null default 'EUR',
      settings jsonb not null default '{}',
      created_at timestamptz not null default now()
    );
    grant select, insert, update on shops to purser_app`.execute(database)
  await sql`
    create table api_keys (
      id text primary key,
      shop text not null references shops (id),
      scope text not null check (scope in ('ingest', 'events', 'read', 'admin')),
      name text not null,
      proof text not null unique,
      created_at timestamptz not null,
      revoked_at timestamptz
    );
    create table public_keys (
      shop text not null references shops (id),
      proof text primary key,
      origins text[] not null default '{}',
      identity_secret text not null
    );
    create table sessions (
      id text primary key,
      shop text not null references shops (id),
      proof text not null unique,
      customer_id text,
      customer_name text,
      locale text,
      region text,
      channel text,
      unlocked_orders text[] not null default '{}',
      created_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index sessions_by_expiry on sessions (expires_at)`.execute(database)
  for (const table of ['api_keys', 'public_keys', 'sessions']) {
    // A row is seen inside its shop, or by whoever shows the secret whose hash it stores.
    await sql`
      alter table ${sql.table(table)} enable row level security;
      alter table ${sql.table(table)} force row level security;
      create policy by_shop_or_proof on ${sql.table(table)}
        using (shop = current_setting('app.shop', true) or proof = current_setting('app.proof', true))
        with check (shop = current_setting('app.shop', true));
      grant select, insert, update, delete on ${sql.table(table)} to purser_app`.execute(database)
  }
}
