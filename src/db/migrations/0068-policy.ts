import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** Who decides what: policy in versions, how much is left to Purser, and what is switched off. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table policy_versions (
      shop text not null references shops (id),
      version integer not null,
      policy jsonb not null,
      by jsonb not null,
      note text,
      rolled_back_to integer,
      at timestamptz not null,
      primary key (shop, version)
    );
    create table autonomy_levels (
      shop text not null references shops (id),
      type text not null,
      level text not null check (level in ('off', 'shadow', 'suggest', 'auto')),
      by jsonb not null,
      why text not null,
      at timestamptz not null,
      primary key (shop, type)
    );
    create table kill_switches (
      shop text not null references shops (id),
      scope text not null,
      is_on boolean not null,
      reason text not null,
      by jsonb not null,
      at timestamptz not null,
      primary key (shop, scope)
    )`.execute(database)
  for (const table of ['policy_versions', 'autonomy_levels', 'kill_switches']) await isolateByShop(database, table)
}
