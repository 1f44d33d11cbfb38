import { type Kysely, sql } from 'kysely'

/** A question whose shopper did not want its answer any more, and what it got instead, are `stopped`. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table messages drop constraint messages_state_check;
    alter table messages add constraint messages_state_check
      check (state in ('pending', 'answered', 'silent', 'stopped', 'sent', 'erased'))`.execute(database)
}
