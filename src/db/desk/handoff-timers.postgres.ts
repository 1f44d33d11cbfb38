import { sql } from 'kysely'
import { type HandoffWait, waitAt, worthTelling } from '#domain/handoff-wait.ts'
import type { ConversationId, HandoffId, ShopId } from '#domain/ids.ts'
import { expectedReplyBy, type OpeningHours, openingAt } from '#domain/opening-hours.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { recordEvents } from '../support/transcript-rows.ts'
import { lockHandoff, move } from './handoff-moves.ts'
import type { HandoffRow } from './handoff-rows.ts'
import type { HandoffTimers, TimerOutcome } from './handoff-timers.port.ts'
import { remember } from './open-handoff.ts'

/** Timers in PostgreSQL: each is a column that is set once, under the lock every change of a hand-over takes. */
export function postgresHandoffTimers(database: Database): HandoffTimers {
  return {
    due: (shop, at, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('handoffs')
          .select(['id', 'look_at'])
          .where('shop', '=', shop)
          .where('look_at', '<=', at)
          .orderBy('look_at')
          .orderBy('id')
          .limit(limit)
          .execute()
        return rows.flatMap(({ id, look_at }) => (look_at ? [{ id: id as HandoffId, lookAt: look_at }] : []))
      }),
    fire: (shop, id, hours, at, signal) =>
      inShop(database, shop, signal, (transaction) => fire(transaction, shop, id, hours, at)),
    async retell(shop, hours, at, signal) {
      const stale = await inShop(database, shop, signal, (transaction) => staleWaits(transaction, shop, hours, at))
      let told = 0
      for (const { id, wait } of stale)
        if (await inShop(database, shop, signal, (transaction) => tell(transaction, shop, id, wait, at))) told += 1
      return told
    },
  }
}

async function fire(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: HandoffId,
  hours: OpeningHours,
  at: Date,
): Promise<TimerOutcome> {
  const row = await lockHandoff(transaction, id)
  // Replied to, closed, or done by another who came first.
  if (!row?.look_at || row.look_at > at) return 'nothing'
  if (row.due_at > at) return remind(transaction, shop, row, at)
  const { expectedAt } = waitAt(at, row.status === 'waiting' ? row.ahead : 0, expectedReplyBy(at, hours), hours)
  const renewed = { expected_at: expectedAt, renewed_at: at, look_at: expectedAt }
  if (row.escalated_at === null) {
    const escalated = { change: 'escalated', by: null, note: null, at } as const
    await move(transaction, shop, row, { ...renewed, escalated_at: at }, escalated)
    return 'escalated'
  }
  await transaction.updateTable('handoffs').set(renewed).where('id', '=', id).execute()
  await tellShopper(transaction, shop, row, at)
  return 'renewed'
}

/** The desk alone hears of it: to the shopper nothing has changed. */
async function remind(
  transaction: DatabaseTransaction,
  shop: ShopId,
  row: HandoffRow,
  at: Date,
): Promise<TimerOutcome> {
  const first = row.reminded_at === null
  await transaction
    .updateTable('handoffs')
    .set({ look_at: row.due_at, ...(first ? { reminded_at: at } : {}) })
    .where('id', '=', row.id)
    .execute()
  if (!first) return 'nothing'
  await remember(transaction, shop, row.id, { change: 'reminded', by: null, note: null, at })
  const { id: handoff, conversation, status } = row
  await sql`select pg_notify('desk', ${JSON.stringify({ shop, handoff, conversation, status })})`.execute(transaction)
  return 'reminded'
}

type StaleWait = { id: HandoffId; wait: HandoffWait }

/** Whom something else would be told now than they were; their places are counted in the order the desk is shown. */
async function staleWaits(
  transaction: DatabaseTransaction,
  shop: ShopId,
  hours: OpeningHours,
  at: Date,
): Promise<StaleWait[]> {
  const rows = await transaction
    .selectFrom('handoffs')
    .select(['id', 'queue', 'due_at', 'renewed_at', 'ahead', 'shop_open', 'opens_at'])
    .where('shop', '=', shop)
    .where('status', '=', 'waiting')
    .orderBy('queue')
    .orderBy('due_at')
    .orderBy('id')
    .execute()
  const { open, opensAt } = openingAt(at, hours)
  const places = new Map<string, number>()
  return rows.flatMap((row): StaleWait[] => {
    const ahead = places.get(row.queue) ?? 0
    places.set(row.queue, ahead + 1)
    const same =
      open === row.shop_open && opensAt?.getTime() === row.opens_at?.getTime() && !worthTelling(row.ahead, ahead)
    if (same) return []
    const promisedAt = row.renewed_at ? expectedReplyBy(row.renewed_at, hours) : row.due_at
    return [{ id: row.id as HandoffId, wait: waitAt(at, ahead, promisedAt, hours) }]
  })
}

async function tell(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: HandoffId,
  { ahead, open, opensAt, expectedAt }: HandoffWait,
  at: Date,
): Promise<boolean> {
  const row = await lockHandoff(transaction, id)
  if (row?.status !== 'waiting') return false
  // Another process was first with the same.
  const same = row.ahead === ahead && row.shop_open === open && row.opens_at?.getTime() === opensAt?.getTime()
  if (same) return false
  await sql`select set_config('purser.desk_sleeps', 'yes', true)`.execute(transaction)
  await transaction
    .updateTable('handoffs')
    .set({
      ...{ ahead, shop_open: open, opens_at: opensAt, expected_at: expectedAt },
      // Once escalated, the next timer is the time that was told.
      ...(row.escalated_at ? { look_at: expectedAt } : {}),
    })
    .where('id', '=', id)
    .execute()
  await tellShopper(transaction, shop, row, at)
  return true
}

async function tellShopper(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { id, conversation, status }: HandoffRow,
  at: Date,
): Promise<void> {
  await recordEvents(transaction, shop, conversation as ConversationId, at, [{ kind: 'handoff', handoff: id, status }])
}
