import { type Kysely, sql } from 'kysely'

/** When a synced source was last in step with its file, whatever became of it since; and a shrinking that a person allowed, once. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table synced_sources
      add column in_step_at timestamptz,
      add column allow_retire boolean not null default false`.execute(database)
}
