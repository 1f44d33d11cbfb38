import { type Kysely, sql } from 'kysely'

/** A question whose shopper did not want its answer any more, and what it got instead, are `stopped`. Judgements are listed by time. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table messages drop constraint messages_state_check;
    alter table messages add constraint messages_state_check
      check (state in ('pending', 'answered', 'silent', 'stopped', 'sent', 'erased'));
    create index feedback_by_time on feedback (shop, updated_at, id)`.execute(database)
}
