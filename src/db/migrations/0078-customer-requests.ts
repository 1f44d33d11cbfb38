import { type Kysely, sql } from 'kysely'
import { isolateByShop } from '../row-security.ts'

/**
 * Customers may ask for changes themselves. Policies stored before that say nothing of such cases: a person decides each, until
 * the shop says otherwise; what was decided by those versions is not touched, none of it was of this type. And what of a case its
 * customer was told in the conversation it came from, so that it is told once.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    -- An owner that is no superuser would change nothing otherwise.
    alter table policy_versions no force row level security;
    update policy_versions set policy = jsonb_set(
      jsonb_set(
        jsonb_set(policy, '{actions,open_return}', '{"mode": "approve", "basis": "money", "autoMax": null, "neverAbove": null}'),
        '{types,customer_request}', '{"mode": "approve", "minConfidence": 0, "actions": {}}'),
      '{autonomy,start,customer_request}', '"suggest"')
    where not policy -> 'types' ? 'customer_request';
    alter table policy_versions force row level security`.execute(database)
  await sql`
    create table case_news (
      shop text not null references shops (id),
      case_id text primary key references cases (id),
      -- What was told last; null where nothing was.
      state text,
      -- The change of the case up to which it was looked at.
      changed_at timestamptz not null
    );
    create index cases_by_customers on cases (shop, changed_at) where source = 'customer'`.execute(database)
  await isolateByShop(database, 'case_news')
}
