import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** What was proposed for a case, in revisions, and what people decided. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table proposals (
      shop text not null references shops (id),
      id text primary key,
      case_id text not null references cases (id),
      order_id text not null,
      type text not null,
      revision integer not null,
      hash text not null,
      -- Of the same without revision, policy and times: whether a new plan is another one.
      content_hash text not null,
      state text not null check (state in ('standing', 'released', 'approved', 'rejected', 'escalated', 'sent_back',
        'superseded', 'expired', 'blocked', 'waiting', 'failed')),
      shown jsonb not null,
      ruling jsonb not null,
      verdict text not null,
      policy_version integer not null,
      -- Everything the ruling was computed from, so that it can be computed again.
      inputs jsonb not null,
      at_stake bigint,
      currency text not null,
      proposed_by jsonb not null,
      edited_from text references proposals (id),
      created_at timestamptz not null,
      expires_at timestamptz not null,
      settled_at timestamptz,
      unique (case_id, revision)
    );
    create unique index proposals_one_standing on proposals (case_id) where state = 'standing';
    create index proposals_standing on proposals (shop, expires_at) where state = 'standing';
    create index proposals_of_order on proposals (shop, order_id) where state in ('approved', 'released');
    create index proposals_by_time on proposals (shop, created_at);
    create table decisions (
      shop text not null references shops (id),
      id text primary key,
      proposal text not null references proposals (id),
      case_id text not null references cases (id),
      hash text not null,
      decision text not null check (decision in ('approve', 'edit', 'reject', 'escalate', 'ask')),
      by_id text not null,
      by_name text not null,
      by_role text,
      reason_code text,
      note text,
      final boolean not null,
      took_ms integer,
      evidence_opened integer,
      at timestamptz not null
    );
    -- One word is the last one, and nobody approves twice.
    create unique index decisions_one_final on decisions (proposal) where final;
    create unique index decisions_one_a_person on decisions (proposal, by_id) where decision = 'approve';
    create index decisions_of_case on decisions (case_id, at);
    create index decisions_by_time on decisions (shop, at)`.execute(database)
  for (const table of ['proposals', 'decisions']) await isolateByShop(database, table)
}
