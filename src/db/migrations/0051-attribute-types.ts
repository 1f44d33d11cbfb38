import { type Kysely, sql } from 'kysely'

/** What kind of value each attribute of a product has, to be compared with the others of its source: `measure kg|weight`. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table content_looks add column attribute_types text[] not null default '{}'`.execute(database)
}
