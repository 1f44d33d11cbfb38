import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** Unanswered questions that somebody has dealt with, or does not want to answer. Goes with the question it is about. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table dismissed_questions (
      shop text not null references shops (id),
      message text primary key references messages (id) on delete cascade,
      dismissed_at timestamptz not null
    )`.execute(database)
  await isolateByShop(database, 'dismissed_questions')
}
