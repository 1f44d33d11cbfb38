import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** What documents look like beside each other, and what was found: each row follows from the document versions it names. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    -- One a shop; whoever writes findings holds the row.
    create table finding_passes (
      shop text primary key references shops (id),
      -- The knowledge epoch after which every change has been looked at, with rules of this version.
      epoch bigint not null default -1,
      rules integer not null default 0,
      looked_at timestamptz
    );
    create table content_looks (
      shop text not null references shops (id),
      document_id text not null,
      version integer not null,
      rules integer not null,
      source text not null,
      kind text not null,
      valid_until timestamptz,
      dated_at timestamptz not null,
      -- MinHash values of its passages, one after the other.
      signatures bytea not null,
      -- Hashes of its sentences; a sample of documents in the order of draw tells what most pages repeat.
      sentences bigint[] not null,
      draw integer not null,
      primary key (shop, document_id)
    );
    create index content_looks_by_draw on content_looks (shop, source, kind, draw);
    create index content_looks_by_end on content_looks (shop, valid_until) where valid_until is not null;
    -- What documents may have in common: a description, a statement, a category, a likeness.
    create table content_marks (
      shop text not null references shops (id),
      mark text not null,
      document_id text not null,
      place integer not null,
      value text,
      quote text,
      primary key (shop, mark, document_id, place)
    );
    create index content_marks_by_document on content_marks (shop, document_id);
    create table findings (
      shop text not null references shops (id),
      id text not null,
      kind text not null,
      sources text[] not null,
      -- The mark or the document it comes from.
      origin text not null,
      body text not null,
      found_at timestamptz not null,
      primary key (shop, id)
    );
    create index findings_by_origin on findings (shop, origin);
    create table finding_documents (
      shop text not null references shops (id),
      finding text not null,
      document_id text not null,
      version integer not null,
      primary key (shop, finding, document_id)
    );
    create index finding_documents_by_document on finding_documents (shop, document_id);
    -- After how many days the documents of a source want to be looked at again.
    create table source_limits (
      shop text not null references shops (id),
      source text not null,
      max_age_days integer not null check (max_age_days > 0),
      primary key (shop, source)
    )`.execute(database)
  for (const table of [
    'finding_passes',
    'content_looks',
    'content_marks',
    'findings',
    'finding_documents',
    'source_limits',
  ])
    await isolateByShop(database, table)
}
