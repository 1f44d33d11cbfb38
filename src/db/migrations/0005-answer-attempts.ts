import { type Kysely, sql } from 'kysely'

/** How often a conversation's oldest question was begun, so that one which ends its process every time is not begun for ever. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table conversations add column answering_question text;
    alter table conversations add column answering_attempts integer not null default 0`.execute(database)
}
