import { type Kysely, sql } from 'kysely'

/** When a person's message was seen, told by the page that showed it. What was only sent to a page is not known to be read. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table messages add column seen_at timestamptz;
    drop table conversation_readers`.execute(database)
}
