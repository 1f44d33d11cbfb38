import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** Everything that is changed outside, and what of a day's budgets it took. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table actions (
      shop text not null references shops (id),
      id text primary key,
      case_id text not null references cases (id),
      proposal text not null references proposals (id),
      order_id text not null,
      type text not null,
      position integer not null,
      kind text not null,
      args jsonb not null,
      effect text not null,
      amount bigint,
      currency text,
      reversible boolean not null,
      relied_on jsonb not null,
      state text not null check
        (state in ('authorised', 'sending', 'succeeded', 'failed', 'unknown', 'cancelled', 'undone')),
      authorised_by text not null,
      automatic boolean not null,
      customer_id text,
      budget_day text not null,
      not_before timestamptz not null,
      -- Whose sender may still be at it.
      sending_until timestamptz,
      receipt text,
      happened_at text,
      why text,
      shows boolean,
      undo_of text references actions (id),
      undoable_until timestamptz,
      attempts integer not null default 0,
      authorised_at timestamptz not null,
      settled_at timestamptz
    );
    create unique index actions_once on actions (proposal, position) where undo_of is null;
    create unique index actions_undone_once on actions (undo_of) where undo_of is not null and state <> 'failed';
    create index actions_of_order on actions (shop, order_id);
    create index actions_of_case on actions (case_id, authorised_at, position);
    create index actions_to_send on actions (shop, not_before) where state = 'authorised';
    create index actions_unsettled on actions (shop, sending_until) where state in ('sending', 'unknown');
    create index actions_gone_wrong on actions (shop, type, settled_at) where state in ('failed', 'undone');
    create table budget_uses (
      shop text not null references shops (id),
      day text not null,
      per text not null check (per in ('customer', 'type', 'shop')),
      key text not null,
      -- '' counts actions, whatever their currency.
      currency text not null,
      automatic bigint not null default 0,
      total bigint not null default 0,
      primary key (shop, day, per, key, currency),
      check (automatic >= 0 and total >= automatic)
    )`.execute(database)
  for (const table of ['actions', 'budget_uses']) await isolateByShop(database, table)
}
