import { sql } from 'kysely'
import type { AutonomyLevel } from '#domain/approvals/policy.ts'
import type { Actor } from '#domain/approvals/proposal.ts'
import type { ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../../database.ts'

/** Refusals that say nothing about whether the action was right: somebody else was quicker. */
const NO_ERROR = ['state_moved', 'never_arrived']

/** Null where none was set: the policy's start level holds. */
export async function levelOf(
  transaction: DatabaseTransaction,
  shop: ShopId,
  type: string,
): Promise<AutonomyLevel | null> {
  const row = await transaction
    .selectFrom('autonomy_levels')
    .select('level')
    .where('shop', '=', shop)
    .where('type', '=', type)
    .executeTakeFirst()
  return row?.level ?? null
}

export async function setLevel(
  transaction: DatabaseTransaction,
  shop: ShopId,
  type: string,
  { level, by, why, at }: { level: AutonomyLevel; by: Actor; why: string; at: Date },
): Promise<void> {
  const set = { level, by: JSON.stringify(by), why, at }
  await transaction
    .insertInto('autonomy_levels')
    .values({ shop, type, ...set })
    .onConflict((conflict) => conflict.columns(['shop', 'type']).doUpdateSet(set))
    .execute()
}

/** The same only where `from` is what is set (null: nothing); whether it was. Of two at once the second sees what the first one set. */
export async function moveLevel(
  transaction: DatabaseTransaction,
  shop: ShopId,
  type: string,
  from: AutonomyLevel | null,
  { level, by, why, at }: { level: AutonomyLevel; by: Actor; why: string; at: Date },
): Promise<boolean> {
  const set = { level, by: JSON.stringify(by), why, at }
  const moved = await transaction
    .insertInto('autonomy_levels')
    .values({ shop, type, ...set })
    .onConflict((conflict) => {
      const columns = conflict.columns(['shop', 'type'])
      return from === null ? columns.doNothing() : columns.doUpdateSet(set).where('autonomy_levels.level', '=', from)
    })
    .returning('level')
    .executeTakeFirst()
  return moved !== undefined
}

/** See LockedCase.errorsSince. */
export async function errorsSince(
  transaction: DatabaseTransaction,
  shop: ShopId,
  type: string,
  since: Date,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from actions
    where shop = ${shop} and type = ${type} and state in ('failed', 'undone') and settled_at >= ${since} and automatic
      and undo_of is null and coalesce(why, '') <> all(${NO_ERROR})`.execute(transaction)
  return rows[0]?.n ?? 0
}
