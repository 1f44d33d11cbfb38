import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** People of the shop who work in the console, their one-time sign-in codes and their sessions (both hashed). All of it goes with its operator. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table operators (
      id text primary key,
      shop text not null references shops (id),
      name text not null,
      role text not null check (role in ('viewer', 'agent', 'approver', 'admin')),
      owner boolean not null default false,
      created_at timestamptz not null,
      last_sign_in_at timestamptz,
      unique (shop, id)
    );
    -- Who holds a conversation is shown by name, so two of one name would be one.
    create unique index operators_by_name on operators (shop, lower(name));
    create unique index operators_owner on operators (shop) where owner;
    create table operator_codes (
      proof text primary key,
      shop text not null,
      operator text not null,
      expires_at timestamptz not null,
      foreign key (shop, operator) references operators (shop, id) on delete cascade
    );
    create index operator_codes_by_operator on operator_codes (shop, operator);
    create table operator_sessions (
      id text primary key,
      shop text not null,
      operator text not null,
      proof text not null unique,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      ends_at timestamptz not null,
      foreign key (shop, operator) references operators (shop, id) on delete cascade
    );
    create index operator_sessions_by_operator on operator_sessions (shop, operator)`.execute(database)
  await isolateByShop(database, 'operators')
  for (const table of ['operator_codes', 'operator_sessions'])
    await sql`
      alter table ${sql.table(table)} enable row level security;
      alter table ${sql.table(table)} force row level security;
      create policy by_shop_or_proof on ${sql.table(table)}
        using (shop = current_setting('app.shop', true) or proof = current_setting('app.proof', true))
        with check (shop = current_setting('app.shop', true));
      grant select, insert, update, delete on ${sql.table(table)} to purser_app`.execute(database)
}
