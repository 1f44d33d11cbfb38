import { type Selectable, sql } from 'kysely'
import { Fault } from '#domain/fault.ts'
import type { ConversationId, HandoffId, ShopId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import type { SupportTables } from '../support/tables.ts'
import { ownedBy, recordEvents } from '../support/transcript-rows.ts'
import type { Handoff, HandoffPacket, HandoffStore, NewHandoff } from './handoffs.port.ts'

/** Hand-overs in PostgreSQL; the partial unique index keeps one open per conversation. */
export function postgresHandoffs(database: Database): HandoffStore {
  return {
    open: (owner, conversation, handoff, signal) =>
      inShop(database, owner.shop, signal, async (transaction) => {
        const found = await transaction
          .selectFrom('conversations')
          .select('id')
          .where('conversations.id', '=', conversation)
          .where(ownedBy(owner))
          .forUpdate()
          .executeTakeFirst()
        if (!found) return null
        const { row, opened } = await openHandoff(transaction, owner.shop, conversation, handoff)
        if (opened)
          await recordEvents(transaction, owner.shop, conversation, handoff.at, [
            { kind: 'handoff', handoff: row.id, status: row.status },
          ])
        return read(row)
      }),
    list: (shop, { status, cursor, limit }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const from = cursor === null ? null : readCursor(cursor)
        const rows = await transaction
          .selectFrom('handoffs')
          .selectAll()
          .$if(status !== null, (query) => query.where('status', '=', status ?? 'waiting'))
          .$if(from !== null, (query) =>
            query.where(
              sql<boolean>`(${RANK}, due_at, id) > (${from?.rank ?? 0}, ${from?.due ?? null}::timestamptz, ${from?.id ?? ''})`,
            ),
          )
          .orderBy(RANK)
          .orderBy('due_at')
          .orderBy('id')
          .limit(limit + 1)
          .execute()
        const items = rows.slice(0, limit)
        const last = items.at(-1)
        return { items: items.map(read), nextCursor: rows.length > limit && last ? writeCursor(last) : null }
      }),
    claim: (shop, id, person, at, signal) =>
      move(database, shop, id, ['waiting'], { status: 'claimed', claimed_by: person, claimed_at: at }, at, signal),
    resolve: (shop, id, at, signal) =>
      move(database, shop, id, ['waiting', 'claimed'], { status: 'resolved', resolved_at: at }, at, signal),
  }
}

/** Opens a hand-over or joins the open one, in a transaction that has locked the conversation. */
export async function openHandoff(
  transaction: DatabaseTransaction,
  shop: ShopId,
  conversation: ConversationId,
  handoff: NewHandoff,
) {
  const packet = JSON.stringify(handoff.packet)
  const row = await transaction
    .insertInto('handoffs')
    .values({
      id: handoff.id,
      shop,
      conversation,
      reason: handoff.reason,
      queue: handoff.queue,
      due_at: handoff.dueAt,
      contact: handoff.contact,
      packet,
      created_at: handoff.at,
    })
    .onConflict((conflict) =>
      conflict
        .column('conversation')
        .where('status', '<>', 'resolved')
        .doUpdateSet((column) => ({
          packet,
          contact: column.fn.coalesce(column.val(handoff.contact), column.ref('handoffs.contact')),
        })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return { row, opened: row.id === handoff.id }
}

type Move = { status: 'claimed'; claimed_by: string; claimed_at: Date } | { status: 'resolved'; resolved_at: Date }

function move(
  database: Database,
  shop: ShopId,
  id: HandoffId,
  from: Handoff['status'][],
  change: Move,
  at: Date,
  signal: AbortSignal,
): Promise<Handoff | null> {
  return inShop(database, shop, signal, async (transaction) => {
    // The conversation is locked before its hand-over, here as in `open`: the other way round two of them could wait for each other.
    const found = await transaction
      .selectFrom('conversations')
      .select('conversations.id')
      .where('conversations.id', '=', transaction.selectFrom('handoffs').select('conversation').where('id', '=', id))
      .forUpdate()
      .executeTakeFirst()
    if (!found) return null
    const row = await transaction
      .updateTable('handoffs')
      .set(change)
      .where('id', '=', id)
      .where('status', 'in', from)
      .returningAll()
      .executeTakeFirst()
    if (!row) return null
    if (change.status === 'resolved')
      await transaction.updateTable('conversations').set({ memory: '{}' }).where('id', '=', row.conversation).execute()
    await recordEvents(transaction, shop, row.conversation as ConversationId, at, [
      { kind: 'handoff', handoff: row.id, status: row.status },
    ])
    return read(row)
  })
}

const RANK = sql<number>`case status when 'waiting' then 0 when 'claimed' then 1 else 2 end`
const RANKS: Record<string, number> = { waiting: 0, claimed: 1, resolved: 2 }

function writeCursor(row: { status: string; due_at: Date; id: string }): string {
  return Buffer.from([RANKS[row.status], row.due_at.toISOString(), row.id].join(' ')).toString('base64url')
}

const CURSOR = /^([012]) (\d{4}-\d\d-\d\dT[\d:.]+Z) (hnd_[\w-]+)$/

function readCursor(cursor: string): { rank: number; due: string; id: string } {
  const [, rank, due, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!rank || !due || Number.isNaN(Date.parse(due)) || !id)
    throw new Fault({
      kind: 'user',
      code: 'db.cursor.invalid',
      message: 'The cursor is not one of a previous page.',
      errors: [{ path: 'cursor', message: 'unknown cursor' }],
    })
  return { rank: Number(rank), due, id }
}

function read(row: Selectable<SupportTables['handoffs']>): Handoff {
  return {
    id: row.id as HandoffId,
    conversation: row.conversation as ConversationId,
    reason: row.reason,
    status: row.status,
    queue: row.queue,
    dueAt: row.due_at,
    contact: row.contact,
    packet: row.packet as HandoffPacket,
    claimedBy: row.claimed_by,
    claimedAt: row.claimed_at,
    resolvedAt: row.resolved_at,
    createdAt: row.created_at,
  }
}
