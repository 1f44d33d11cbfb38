import { type Kysely, sql } from 'kysely'

/** To which privacy notice a shopper agreed and when; a number for each state of a shop's settings, so that two editors notice each other. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sessions
      add column consent_version text,
      add column consent_at timestamptz,
      add constraint consent_is_whole check ((consent_version is null) = (consent_at is null));
    alter table shops add column revision int not null default 1`.execute(database)
}
