import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/**
 * Imports give rejected rows back as they were sent, tell their pace and what to do about each complaint; a dry run remembers which
 * documents would change, so that the answers citing them can be found.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table imports
      add column incomplete boolean not null default false,
      add column rows_per_second double precision,
      add column answers_affected integer,
      -- What stands around the rows of the file: the header of a table, the beginning and the end of a feed.
      add column media_type text,
      add column head bytea,
      add column tail bytea;
    alter table import_errors add column source_column text, add column hint text;
    -- What was sent of a row, where the document as JSON is not it.
    alter table import_rows add column raw bytea;
    alter table import_rows alter column raw set statistics 0;
    create table import_rejects (
      shop text not null,
      import_id text not null,
      line integer not null,
      raw bytea not null,
      primary key (shop, import_id, line)
    );
    create table import_changes (
      shop text not null,
      import_id text not null,
      document_id text not null,
      change text not null check (change in ('updated', 'retired')),
      -- Ids of the passages the document would have then.
      passages text[] not null,
      primary key (shop, import_id, document_id)
    );
    -- Ids that differ from a stored one in nothing but capitals.
    create index documents_by_folded_id on documents (shop, lower(id))`.execute(database)
  for (const table of ['import_rejects', 'import_changes']) await isolateByShop(database, table)
}
