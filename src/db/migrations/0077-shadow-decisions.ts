import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/** What Purser would have done by itself about cases that people took, and what was done instead: kinds and amounts, nobody's words. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table shadow_decisions (
      shop text not null references shops (id),
      case_id text primary key references cases (id),
      proposal text not null references proposals (id),
      type text not null,
      -- The verdict policy would have given the type at level auto.
      verdict text not null check (verdict in ('auto', 'approval', 'escalate', 'wait')),
      would jsonb not null,
      did jsonb,
      agreed boolean,
      at timestamptz not null,
      compared_at timestamptz
    );
    create index shadow_decisions_compared on shadow_decisions (shop, type, compared_at desc, case_id desc)
      where compared_at is not null and verdict = 'auto'`.execute(database)
  await isolateByShop(database, 'shadow_decisions')
}
