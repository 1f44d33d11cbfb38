import { type Selectable, sql } from 'kysely'
import { withRequests } from '#domain/approvals/older-policy.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { addManyToOutbox } from '../../background/outbox.postgres.ts'
import { type Database, inShop } from '../../database.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { ApprovalTables } from '../tables.ts'
import { moveLevel } from './levels.ts'
import type { KillSwitch, PolicyStore, PolicyVersion } from './policy.port.ts'
import { agreement, budgetUses, judgements } from './policy-figures.ts'

/** Policies, levels and switches in PostgreSQL. */
export function postgresPolicies(database: Database, clock: Clock, ids: Ids): PolicyStore {
  return {
    current: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('policy_versions')
          .selectAll()
          .where('shop', '=', shop)
          .orderBy('version', 'desc')
          .limit(1)
          .executeTakeFirst()
        return row ? readVersion(row) : null
      }),
    version: (shop, version, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('policy_versions')
          .selectAll()
          .where('shop', '=', shop)
          .where('version', '=', version)
          .executeTakeFirst()
        return row ? readVersion(row) : null
      }),
    versions: (shop, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('policy_versions')
          .select(['version', 'by', 'note', 'at', 'rolled_back_to'])
          .where('shop', '=', shop)
          .orderBy('version', 'desc')
          .limit(limit)
          .execute()
        return rows.map(({ rolled_back_to, ...row }) => ({ ...row, rolledBackTo: rolled_back_to }))
      }),
    put: (shop, { policy, ifMatch, by, note, rolledBackTo }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        // One writer at a time; without it two would make the same next version, and one of them fail.
        await sql`select pg_advisory_xact_lock(hashtextextended(${shop}, 13))`.execute(transaction)
        const newest = await transaction
          .selectFrom('policy_versions')
          .select('version')
          .where('shop', '=', shop)
          .orderBy('version', 'desc')
          .limit(1)
          .executeTakeFirst()
        const before = newest?.version ?? 0
        if (ifMatch !== null && ifMatch !== before) return { outcome: 'moved' as const }
        const at = clock.now()
        const version = before + 1
        await transaction
          .insertInto('policy_versions')
          .values({
            shop,
            version,
            policy: JSON.stringify(policy),
            by: JSON.stringify(by),
            note,
            rolled_back_to: rolledBackTo,
            at,
          })
          .execute()
        const details = { version, rolledBackTo }
        await appendAudit(
          transaction,
          shop,
          [{ by, what: 'policy_stored', subject: `policy:${version}`, caseId: null, details }],
          at,
        )
        return { outcome: 'stored' as const, version: { version, policy, by, note, at, rolledBackTo } }
      }),
    judgements: (shop, since, limit, signal) =>
      inShop(database, shop, signal, (transaction) => judgements(transaction, shop, since, limit)),
    levels: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('autonomy_levels')
          .selectAll()
          .where('shop', '=', shop)
          .orderBy('type')
          .execute()
        return rows.map(({ type, level, by, why, at }) => ({ type: type as ExceptionType, level, by, why, at }))
      }),
    setLevel: (shop, { type, from, level, by, why, details }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const at = clock.now()
        if (!(await moveLevel(transaction, shop, type, from, { level, by, why, at }))) return false
        const note = {
          by,
          what: 'autonomy_set',
          subject: `type:${type}`,
          caseId: null,
          details: { ...details, level, why },
        }
        await appendAudit(transaction, shop, [note], at)
        return true
      }),
    agreement: (shop, sample, signal) =>
      inShop(database, shop, signal, (transaction) => agreement(transaction, shop, sample)),
    switches: (shop, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('kill_switches')
          .selectAll()
          .where('shop', '=', shop)
          .orderBy('scope')
          .execute()
        return rows.map(({ scope, is_on, reason, by, at }) => ({
          scope: scope as KillSwitch['scope'],
          on: is_on,
          reason,
          by,
          at,
        }))
      }),
    setSwitch: (shop, { scope, on, reason, by }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const at = clock.now()
        const set = { is_on: on, reason, by: JSON.stringify(by), at }
        await transaction
          .insertInto('kill_switches')
          .values({ shop, scope, ...set })
          .onConflict((conflict) => conflict.columns(['shop', 'scope']).doUpdateSet(set))
          .execute()
        if (!on) {
          const held = await transaction
            .selectFrom('actions')
            .select('case_id')
            .distinct()
            .where('shop', '=', shop)
            .where('state', '=', 'authorised')
            .execute()
          const knocks = held.map(({ case_id: caseId }) => ({ id: ids.make('out'), payload: { shop, caseId } }))
          await addManyToOutbox(transaction, shop, 'act', knocks, at)
        }
        const what = on ? 'switched_off' : 'switched_on'
        await appendAudit(transaction, shop, [{ by, what, subject: scope, caseId: null, details: { reason } }], at)
        return { scope, on, reason, by, at }
      }),
    budgets: (shop, day, signal) => inShop(database, shop, signal, (transaction) => budgetUses(transaction, shop, day)),
  }
}

function readVersion(row: Selectable<ApprovalTables['policy_versions']>): PolicyVersion {
  const { version, policy, by, note, at, rolled_back_to } = row
  return { version, policy: withRequests(policy), by, note, at, rolledBackTo: rolled_back_to }
}
