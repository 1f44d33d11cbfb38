import { type Kysely, sql } from 'kysely'

/**
 * Policies stored before customers could ask for changes themselves say nothing of such cases: a person decides each, until the
 * shop says otherwise. What was decided by those versions is not touched; none of it was of this type.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    update policy_versions set policy = jsonb_set(
      jsonb_set(policy, '{types,customer_request}', '{"mode": "approve", "minConfidence": 0, "actions": {}}'),
      '{autonomy,start,customer_request}', '"suggest"')
    where not policy -> 'types' ? 'customer_request'`.execute(database)
}
