import { type Kysely, sql } from 'kysely'

/** Finds the cases of an order, the newest decisions of an exception type and the audit of one kind or person by themselves. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create index cases_by_order on cases (shop, order_id, changed_at desc);
    create index audit_entries_by_what on audit_entries (shop, what, seq);
    create index audit_entries_by_person on audit_entries (shop, by_id, seq);
    -- An owner that is no superuser would see nothing otherwise.
    alter table decisions no force row level security;
    alter table proposals no force row level security;
    alter table decisions add column type text;
    update decisions set type = proposals.type from proposals where proposals.id = decisions.proposal;
    alter table decisions alter column type set not null;
    alter table decisions force row level security;
    alter table proposals force row level security;
    create index decisions_last_words on decisions (shop, type, at desc, id desc) where final and decision <> 'ask'`.execute(
    database,
  )
}
