import { sql } from 'kysely'
import type { CaseRow } from '#domain/approvals/case.ts'
import { withRequests } from '#domain/approvals/older-policy.ts'
import type { ActionId, CaseId, ProposalId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { addToOutbox } from '../../background/outbox.postgres.ts'
import { type Database, type DatabaseTransaction, inShop } from '../../database.ts'
import { appendAudit } from '../audit/append-audit.ts'
import { readCase, type StoredCase } from '../cases/case-rows.ts'
import { blankCases, eraseOpenCase } from '../cases/erase-cases.ts'
import { errorsSince, levelOf, setLevel } from '../policy/levels.ts'
import { actionChange, actionColumns, readAction } from './action-rows.ts'
import { caseColumns } from './case-columns.ts'
import { book, lockBudgets, readCounters } from './counters.ts'
import type { AuditNote, LockedCase, LockedCases, StoredProposal } from './locked-case.port.ts'
import { insertProposal, readDecision, readProposal } from './proposal-rows.ts'

const RESTS = new Set(['waiting', 'escalated', 'failed'])

/** Cases under their row's lock, in PostgreSQL. */
export function postgresLockedCases(database: Database, clock: Clock, ids: Ids): LockedCases {
  return {
    inCase: (shop, id, signal, work) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await transaction
          .selectFrom('cases')
          .selectAll()
          .where('shop', '=', shop)
          .where('id', '=', id)
          .forNoKeyUpdate()
          .executeTakeFirst()
        if (!row) return null
        const notes: AuditNote[] = []
        const now = clock.now()
        const result = await work(lockedCase(transaction, shop, row, now, ids, notes))
        await appendAudit(
          transaction,
          shop,
          notes.map((note) => ({ ...note, caseId: id })),
          now,
        )
        return result
      }),
    caseOfAction: (shop, id, signal) => ownerOf(database, shop, 'actions', id, signal),
    caseOfProposal: (shop, id, signal) => ownerOf(database, shop, 'proposals', id, signal),
  }
}

function ownerOf(
  database: Database,
  shop: ShopId,
  table: 'actions' | 'proposals',
  id: ActionId | ProposalId,
  signal: AbortSignal,
): Promise<CaseId | null> {
  return inShop(database, shop, signal, async (transaction) => {
    const row = await transaction
      .selectFrom(table)
      .select('case_id')
      .where('shop', '=', shop)
      .where('id', '=', id)
      .executeTakeFirst()
    return (row?.case_id ?? null) as CaseId | null
  })
}

function lockedCase(
  transaction: DatabaseTransaction,
  shop: ShopId,
  stored: StoredCase,
  now: Date,
  ids: Ids,
  notes: AuditNote[],
): LockedCase {
  let row: CaseRow = readCase(stored, now)
  let raw = stored
  const proposals = () => transaction.selectFrom('proposals').selectAll().where('case_id', '=', stored.id)
  const one = async (
    found: Promise<Parameters<typeof readProposal>[0] | undefined>,
  ): Promise<StoredProposal | null> => {
    const proposal = await found
    return proposal ? readProposal(proposal) : null
  }
  const knock: LockedCase['knock'] = (name, payload) =>
    addToOutbox(transaction, { id: ids.make('out'), shop, name, payload }, now)
  return {
    shop,
    get row() {
      return row
    },
    now,
    get owesErasure() {
      return raw.forget && raw.erased_at === null
    },
    async policy() {
      const found = await transaction
        .selectFrom('policy_versions')
        .select(['version', 'policy'])
        .where('shop', '=', shop)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
      return found ? { ...found, policy: withRequests(found.policy) } : null
    },
    async policyVersion(version) {
      const found = await transaction
        .selectFrom('policy_versions')
        .select('policy')
        .where('shop', '=', shop)
        .where('version', '=', version)
        .executeTakeFirst()
      return found ? withRequests(found.policy) : null
    },
    newest: () => one(proposals().orderBy('revision', 'desc').limit(1).executeTakeFirst()),
    current: () =>
      one(proposals().where('state', '<>', 'superseded').orderBy('revision', 'desc').limit(1).executeTakeFirst()),
    byHash: (hash) => one(proposals().where('hash', '=', hash).orderBy('revision', 'desc').limit(1).executeTakeFirst()),
    byId: (id) => one(proposals().where('id', '=', id).executeTakeFirst()),
    async decisions(proposal) {
      const rows = await transaction
        .selectFrom('decisions')
        .selectAll()
        .where('case_id', '=', stored.id)
        .where('proposal', '=', proposal)
        .orderBy('at')
        .execute()
      return rows.map(readDecision)
    },
    async lockOrder(order) {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${shop}\n${order}`}, 7))`.execute(transaction)
    },
    counters: (about) => readCounters(transaction, shop, stored.type, about),
    insertProposal: (proposal) => insertProposal(transaction, shop, stored.type, proposal),
    async setState(id, state) {
      await transaction
        .updateTable('proposals')
        .set({ state, settled_at: state === 'standing' ? null : now })
        .where('id', '=', id)
        .execute()
    },
    async renew(id, draft) {
      await transaction
        .updateTable('proposals')
        .set({ shown: JSON.stringify(draft) })
        .where('id', '=', id)
        .execute()
    },
    async insertDecision(proposal, { id, decision, by, final, at, reasonCode, note, tookMs, evidenceOpened }) {
      await transaction
        .insertInto('decisions')
        .values({
          shop,
          id,
          proposal: proposal.id,
          case_id: stored.id,
          type: stored.type,
          hash: proposal.hash,
          decision,
          by_id: by.id,
          by_name: by.name,
          by_role: by.role,
          reason_code: reasonCode ?? null,
          note: note ?? null,
          final,
          took_ms: tookMs ?? null,
          evidence_opened: evidenceOpened ?? null,
          at,
        })
        .execute()
    },
    async change(change) {
      raw = { ...raw, ...caseColumns(raw, change, now) }
      const { shop: _, id: __, data: ___, ...columns } = raw
      const { at_stake, ...rest } = columns
      await transaction
        .updateTable('cases')
        .set({ ...rest, at_stake: at_stake === null ? null : Number(at_stake) })
        .where('id', '=', stored.id)
        .execute()
      row = readCase(raw, now)
      if (raw.status === 'resolved' && raw.forget) await blankCases(transaction, [stored.id], now)
      // What was under way when its customer was to be forgotten has ended.
      if (raw.forget && raw.erased_at === null && RESTS.has(change.status ?? ''))
        await knock('triage', { shop, caseId: stored.id, why: 'erased' })
    },
    async erase() {
      raw = { ...raw, ...(await eraseOpenCase(transaction, raw, now)) }
      row = readCase(raw, now)
    },
    async actions() {
      const rows = await transaction
        .selectFrom('actions')
        .selectAll()
        .where('case_id', '=', stored.id)
        .orderBy('authorised_at')
        .orderBy('position')
        .orderBy('id')
        .execute()
      return rows.map(readAction)
    },
    async insertActions(actions) {
      if (actions.length === 0) return
      await transaction
        .insertInto('actions')
        .values(actions.map((action) => actionColumns(action, shop, stored.id, stored.type)))
        .execute()
    },
    async setAction(id, change) {
      await transaction.updateTable('actions').set(actionChange(change)).where('id', '=', id).execute()
    },
    errorsSince: (since) => errorsSince(transaction, shop, stored.type, since),
    level: () => levelOf(transaction, shop, stored.type),
    setLevel: (level, by, why) => setLevel(transaction, shop, stored.type, { level, by, why, at: now }),
    async pausedBy(kind) {
      const found = await transaction
        .selectFrom('kill_switches')
        .select(['scope', 'reason'])
        .where('shop', '=', shop)
        .where('is_on', '=', true)
        .where('scope', 'in', ['shop', `action:${kind}`, `type:${stored.type}`])
        .orderBy('scope')
        .limit(1)
        .executeTakeFirst()
      return found ?? null
    },
    lockBudgets: (day, bookings) => lockBudgets(transaction, shop, day, bookings),
    book: (day, bookings) => book(transaction, shop, day, bookings),
    note: (note) => {
      notes.push(note)
    },
    knock,
  }
}
