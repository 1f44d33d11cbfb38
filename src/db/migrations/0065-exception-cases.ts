import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** Exceptions of orders, each a case; those with one cause are an incident. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table incidents (
      shop text not null references shops (id),
      id text primary key,
      cause_key text not null,
      reason text not null,
      opened_at timestamptz not null,
      unique (shop, cause_key)
    );
    create table cases (
      shop text not null references shops (id),
      id text primary key,
      order_id text not null,
      type text not null,
      status text not null check
        (status in ('investigating', 'awaiting_approval', 'executing', 'waiting', 'resolved', 'escalated', 'failed')),
      customer_id text,
      source text not null,
      detail text not null,
      data jsonb not null,
      incident text references incidents (id),
      cause_key text,
      opened_at timestamptz not null,
      changed_at timestamptz not null,
      due_by timestamptz not null,
      look_again_at timestamptz,
      summary text not null,
      cause text,
      confidence double precision,
      at_stake bigint,
      currency text,
      risk double precision not null check (risk between 0 and 1),
      -- What a list is ordered by: the published score at one fixed moment, see domain/approvals/priority.ts.
      rank double precision not null,
      reason text,
      round integer not null default 1,
      words text[] not null,
      reminded_at timestamptz,
      escalated_at timestamptz,
      lapsed_at timestamptz,
      -- Whose customer asked to be forgotten while it was open: blanked when it is resolved.
      forget boolean not null default false,
      blanked_at timestamptz
    );
    create unique index cases_one_open on cases (shop, order_id, type) where status <> 'resolved';
    create index cases_by_rank on cases (shop, rank desc, id) where status <> 'resolved';
    create index cases_by_opening on cases (shop, opened_at, id) where status <> 'resolved';
    create index cases_by_deadline on cases (shop, due_by, id) where status <> 'resolved';
    create index cases_by_change on cases (shop, changed_at desc, id);
    create index cases_by_incident on cases (shop, incident) where incident is not null;
    create index cases_by_cause on cases (shop, cause_key) where cause_key is not null;
    create index cases_by_customer on cases (shop, customer_id) where customer_id is not null;
    create index cases_to_blank on cases (shop, changed_at) where status = 'resolved' and blanked_at is null;
    create index cases_waiting on cases (shop, look_again_at) where status = 'waiting';
    create index cases_by_words on cases using gin (array_to_tsvector(words));
    -- Every report once, so that a detection that finds the same again is no news.
    create table case_reports (
      shop text not null references shops (id),
      case_id text not null references cases (id),
      proof text not null,
      source text not null,
      detail text not null,
      at timestamptz not null,
      primary key (case_id, proof)
    )`.execute(database)
  for (const table of ['incidents', 'cases', 'case_reports']) await isolateByShop(database, table)
}
