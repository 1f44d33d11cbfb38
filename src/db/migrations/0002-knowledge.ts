import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

const TABLES = [
  'knowledge_epochs',
  'documents',
  'document_versions',
  'chunks',
  'vectors',
  'imports',
  'import_rows',
  'import_errors',
  'outbox',
  'leases',
]

/**
 * The shop's content with its history, its vectors, imports and what they were sent, the outbox, and leases on background work.
 * Documents and passages are JSON in text columns: PostgreSQL's jsonb refuses texts (a NUL, a lone surrogate) that shops do send.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    -- Counts a shop's committed changes. Every writer holds its row until the commit, so epochs are in commit order and gapless.
    create table knowledge_epochs (
      shop text primary key references shops (id),
      epoch bigint not null
    );
    create table documents (
      shop text not null references shops (id),
      id text not null,
      source text not null,
      kind text not null,
      version integer not null,
      content_hash text not null,
      retired_at timestamptz,
      primary key (shop, id)
    );
    create index documents_by_source on documents (shop, source) where retired_at is null;
    create table document_versions (
      shop text not null,
      document_id text not null,
      version integer not null,
      content_hash text not null,
      title text not null,
      body text not null,
      stored_at timestamptz not null,
      primary key (shop, document_id, version)
    );
    -- An id is made of document and content, so a passage that comes back is the same row again.
    create table chunks (
      shop text not null,
      id text not null,
      document_id text not null,
      document_version integer not null,
      content_hash text not null,
      current boolean not null,
      changed_epoch bigint not null,
      updated_at text not null,
      body text not null,
      primary key (shop, id)
    );
    create index chunks_by_document on chunks (shop, document_id);
    create index chunks_by_epoch on chunks (shop, changed_epoch);
    create index chunks_by_content on chunks (shop, content_hash) where current;
    create table vectors (
      shop text not null,
      model text not null,
      content_hash text not null,
      scale real not null,
      components bytea not null,
      primary key (shop, model, content_hash)
    );
    alter table vectors alter column components set storage plain`.execute(database)
  await sql`
    create table imports (
      shop text not null references shops (id),
      id text not null,
      source text not null,
      mode text not null check (mode in ('upsert', 'replace')),
      dry_run boolean not null,
      allow_retire boolean not null,
      status text not null check (status in ('receiving', 'running', 'done', 'failed', 'cancelled')),
      -- The last row of the file that is done with; a batch moves it in its own transaction.
      cursor integer not null default 0,
      total integer,
      read integer not null default 0,
      unchanged integer not null default 0,
      created integer not null default 0,
      updated integer not null default 0,
      retired integer not null default 0,
      rejected integer not null default 0,
      duplicates integer not null default 0,
      problem_code text,
      problem_message text,
      started_at timestamptz not null,
      touched_at timestamptz not null,
      finished_at timestamptz,
      primary key (shop, id)
    );
    create index imports_by_status on imports (shop, status, touched_at);
    -- The upload, row by row, kept until the import has ended.
    create table import_rows (
      shop text not null,
      import_id text not null,
      line integer not null,
      document_id text not null,
      -- The line of the same document further down, which counts instead.
      superseded_by integer,
      body text not null,
      primary key (shop, import_id, line)
    );
    create index import_rows_by_document on import_rows (shop, import_id, document_id, line);
    create table import_errors (
      shop text not null,
      import_id text not null,
      line integer not null,
      part integer not null,
      document_id text,
      code text not null,
      message text not null,
      field text,
      value text,
      primary key (shop, import_id, line, part)
    )`.execute(database)
  await sql`
    create table outbox (
      shop text not null references shops (id),
      id text not null,
      name text not null,
      payload text not null,
      created_at timestamptz not null,
      primary key (shop, id)
    );
    create table leases (
      shop text not null references shops (id),
      name text not null,
      holder text not null,
      until timestamptz not null,
      primary key (shop, name)
    )`.execute(database)
  for (const table of TABLES) await isolateByShop(database, table)
}
