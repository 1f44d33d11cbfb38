import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** Sentences that most pages of a source repeat, and which documents are to be cut anew because that changed. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table boilerplate (
      shop text not null references shops (id),
      source text not null,
      kind text not null,
      -- As content_looks.sentences has it.
      sentence bigint not null,
      -- Its words, lower case, as they are looked for in a text.
      words text not null,
      -- The one document whose passages keep it, so that what it says can still be found.
      keeper text not null,
      primary key (shop, source, kind, sentence)
    );
    create table recuts (
      shop text not null references shops (id),
      document_id text not null,
      primary key (shop, document_id)
    )`.execute(database)
  for (const table of ['boilerplate', 'recuts']) await isolateByShop(database, table)
}
