import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/**
 * What happened, in a chain of hashes a shop. The application may add to it and read it, and nothing else. Everything that is
 * hashed is text or a whole number, so that nothing is lost between writing and checking.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_entries (
      shop text not null references shops (id),
      seq bigint not null,
      at text not null,
      by_id text not null,
      by_name text not null,
      by_role text,
      what text not null,
      subject text not null,
      case_id text,
      details text not null,
      previous text not null,
      hash text not null,
      primary key (shop, seq)
    );
    create index audit_entries_of_case on audit_entries (shop, case_id, seq) where case_id is not null;
    create table audit_heads (
      shop text primary key references shops (id),
      seq bigint not null,
      hash text not null
    )`.execute(database)
  for (const table of ['audit_entries', 'audit_heads']) await isolateByShop(database, table)
  await sql`
    revoke update, delete on audit_entries from purser_app;
    revoke delete on audit_heads from purser_app`.execute(database)
}
