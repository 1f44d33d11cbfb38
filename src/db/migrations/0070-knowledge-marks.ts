import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/**
 * Marks left in a shop's history by who keeps a copy of its content outside the database. A database that was wiped, restored
 * from before the mark, or is another one does not have it, so the copy is not a copy of this one.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table knowledge_marks (
      shop text not null references shops (id),
      mark text not null default gen_random_uuid()::text,
      -- The copy holds everything up to this epoch, all of it committed before the mark.
      epoch bigint not null,
      place bigint generated always as identity,
      primary key (shop, mark)
    )`.execute(database)
  await isolateByShop(database, 'knowledge_marks')
}
