import { type Kysely, sql } from 'kysely'

/** What reports and retention look for, found without reading every conversation of the shop. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create index messages_by_reply_time on messages (shop, created_at) where role = 'assistant';
    create index conversations_by_age on conversations (shop, updated_at) where erased_at is null`.execute(database)
}
