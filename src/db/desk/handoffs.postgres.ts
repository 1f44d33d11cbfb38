import { sql } from 'kysely'
import type { HandoffId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { lockOwned, messageRows, readMessages, recordEvents } from '../support/transcript-rows.ts'
import { materialOf } from './handoff-material.ts'
import { claim, close } from './handoff-moves.ts'
import { afterCursor, RANK, readHandoff, URGENCY, writeCursor } from './handoff-rows.ts'
import type { HandoffChange, HandoffDetail, HandoffStore } from './handoffs.port.ts'
import { openHandoff } from './open-handoff.ts'
import { reply } from './person-replies.ts'

/** Hand-overs in PostgreSQL; the partial unique index keeps one open per conversation. */
export function postgresHandoffs(database: Database, clock: Clock): HandoffStore {
  return {
    open: (owner, conversation, handoff, signal) =>
      inShop(database, owner.shop, signal, async (transaction) => {
        const found = await lockOwned(transaction, owner, conversation)
        if (!found) return null
        const { row, opened } = await openHandoff(transaction, owner.shop, conversation, handoff)
        // Also when it joined: how to be reached may be new, and so is what the desk should read.
        if (opened || handoff.contact !== null)
          await recordEvents(transaction, owner.shop, conversation, handoff.at, [
            { kind: 'handoff', handoff: row.id, status: row.status },
          ])
        return readHandoff(row)
      }),
    material: (shop, conversation, signal) =>
      inShop(database, shop, signal, (transaction) => materialOf(transaction, conversation)),
    get: (shop, id, signal) =>
      inShop(database, shop, signal, (transaction) => detail(transaction, shop, id, clock.now())),
    list: (shop, { status, cursor, limit }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('handoffs')
          .selectAll()
          .$if(status !== null, (query) => query.where('status', '=', status ?? 'waiting'))
          .$if(cursor !== null, (query) =>
            query.where(sql<boolean>`(${RANK}, ${URGENCY}, id) > ${afterCursor(cursor ?? '')}`),
          )
          .orderBy(RANK)
          .orderBy(URGENCY)
          .orderBy('id')
          .limit(limit + 1)
          .execute()
        const items = rows.slice(0, limit)
        const last = items.at(-1)
        return { items: items.map(readHandoff), nextCursor: rows.length > limit && last ? writeCursor(last) : null }
      }),
    claim: (shop, id, person, { takeOver, at }, signal) =>
      inShop(database, shop, signal, (transaction) => claim(transaction, shop, id, person, takeOver, at)),
    reply: (shop, id, person, said, signal) =>
      inShop(database, shop, signal, (transaction) => reply(transaction, shop, id, person, said)),
    close: (shop, id, person, closing, signal) =>
      inShop(database, shop, signal, (transaction) => close(transaction, shop, id, person, closing)),
  }
}

async function detail(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: HandoffId,
  now: Date,
): Promise<HandoffDetail | null> {
  const row = await transaction
    .selectFrom('handoffs')
    .selectAll()
    .where('shop', '=', shop)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const rows = await messageRows(transaction)
    .select('messages.seen_at')
    .where('messages.conversation', '=', row.conversation)
    .execute()
  const messages = await readMessages(transaction, rows, now)
  const history = await transaction
    .selectFrom('handoff_history')
    .selectAll()
    .where('handoff', '=', id)
    .orderBy('position')
    .execute()
  return {
    ...readHandoff(row),
    messages: messages.map((message, index) => ({ ...message, seenAt: rows[index]?.seen_at ?? null })),
    history: history.map(({ change, actor, actor_name, note, at }) => ({
      change: change as HandoffChange['change'],
      by: actor === null ? null : { id: actor, name: actor_name ?? '' },
      note,
      at,
    })),
  }
}
