import { type Kysely, sql } from 'kysely'

/** How often a case was reported, so that who ends it knows whether they have read everything; and whether an open one was blanked. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table cases add column reports integer not null default 1;
    -- Since when an open case whose customer asked to be forgotten holds nothing from before; null: that is still owed.
    alter table cases add column erased_at timestamptz;
    create index cases_to_erase on cases (shop, id) where forget and erased_at is null and status <> 'resolved'`.execute(
    database,
  )
}
