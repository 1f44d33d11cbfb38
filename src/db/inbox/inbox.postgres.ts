import { sql } from 'kysely'
import { Fault } from '#domain/fault.ts'
import type { ShopId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { transactionEffects } from './event-effects.postgres.ts'
import { keepFailure } from './failed-event.ts'
import type { EventOutcome, Inbox, ListedEvent, NewEvent, WaitingEvent } from './inbox.port.ts'

/** The inbox in PostgreSQL. */
export function postgresInbox(database: Database): Inbox {
  return {
    add: (shop, events, at, signal) =>
      inShop(database, shop, signal, (transaction) => addEvents(transaction, shop, events, at)),
    settle: (shop, most, at, work, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const events = await takeWaiting(transaction, shop, most, at)
        if (events.length === 0) return 0
        await keepOutcomes(transaction, shop, await work(events, transactionEffects(transaction, shop, at)), at)
        return events.length
      }),
    failed: (shop, event, problem, lookAgainAt, at, signal) =>
      inShop(database, shop, signal, (transaction) =>
        keepFailure(transaction, shop, event, { from: 'waiting', problem, lookAgainAt, at }),
      ),
    list: (shop, { states, cursor, limit }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        let query = transaction.selectFrom('inbox').selectAll().where('shop', '=', shop).where('state', 'in', states)
        if (cursor !== null) query = query.where('position', '<', readCursor(cursor))
        const rows = await query
          .orderBy('position', 'desc')
          .limit(limit + 1)
          .execute()
        const page = rows.slice(0, limit)
        return { items: page.map(listed), nextCursor: rows.length > limit ? (page.at(-1)?.position ?? null) : null }
      }),
    forget: (shop, states, before, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql`
          delete from inbox where shop = ${shop} and position in (
            select position from inbox where shop = ${shop} and state = any(${states}) and received_at < ${before}
            order by position limit ${limit} for update skip locked)
          returning position`.execute(transaction)
        return rows.length
      }),
  }
}

async function addEvents(transaction: DatabaseTransaction, shop: ShopId, events: NewEvent[], at: Date) {
  const column = <Name extends keyof NewEvent>(name: Name) => events.map((event) => event[name])
  // In one order for everybody: two senders of the same events would otherwise wait for each other.
  const { rows } = await sql<{ state: NewEvent['state'] }>`
    insert into inbox (shop, source, id, type, subject, sequence, stamped_at, received_at, data, state, look_at)
    select ${shop}, source, id, type, subject, sequence, stamped_at, ${at}, data, state, ${at} from unnest(
      ${column('source')}::text[], ${column('id')}::text[], ${column('type')}::text[], ${column('subject')}::text[],
      ${column('sequence')}::text[], ${column('stampedAt')}::text[], ${column('data')}::text[], ${column('state')}::text[]
    ) as fresh (source, id, type, subject, sequence, stamped_at, data, state)
    order by source, id
    on conflict do nothing returning state`.execute(transaction)
  if (rows.some(({ state }) => state === 'waiting')) await sql`select pg_notify('inbox', ${shop})`.execute(transaction)
  return { accepted: rows.length, duplicates: events.length - rows.length }
}

async function takeWaiting(
  transaction: DatabaseTransaction,
  shop: ShopId,
  most: number,
  at: Date,
): Promise<WaitingEvent[]> {
  const rows = await transaction
    .selectFrom('inbox')
    .select(['source', 'id', 'type', 'subject', 'sequence', 'stamped_at', 'data', 'attempts'])
    .where('shop', '=', shop)
    .where('state', '=', 'waiting')
    .where('look_at', '<=', at)
    .orderBy('position')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map(({ stamped_at: stampedAt, ...event }) => ({ ...event, stampedAt }))
}

/** Events that came too early take effect with another one; of those that are settled already only they are touched. */
async function keepOutcomes(
  transaction: DatabaseTransaction,
  shop: ShopId,
  outcomes: EventOutcome[],
  at: Date,
): Promise<void> {
  await sql`
    update inbox set state = settled.state, settled_at = ${at}, problem_code = null, problem_message = null
    from unnest(${outcomes.map(({ source }) => source)}::text[], ${outcomes.map(({ id }) => id)}::text[],
      ${outcomes.map(({ state }) => state)}::text[]) as settled (source, id, state)
    where inbox.shop = ${shop} and inbox.source = settled.source and inbox.id = settled.id
      and inbox.state in ('waiting', 'early')`.execute(transaction)
}

function listed(row: {
  source: string
  id: string
  type: string
  subject: string | null
  sequence: string | null
  state: ListedEvent['state']
  attempts: number
  received_at: Date
  settled_at: Date | null
  problem_code: string | null
  problem_message: string | null
}): ListedEvent {
  const { source, id, type, subject, sequence, state, attempts, problem_code: code } = row
  return {
    ...{ source, id, type, subject, sequence, state, attempts },
    receivedAt: row.received_at,
    settledAt: row.settled_at,
    problem: code === null ? null : { code, message: row.problem_message ?? '' },
  }
}

function readCursor(cursor: string): string {
  if (/^\d{1,18}$/.test(cursor)) return cursor
  throw new Fault({
    kind: 'user',
    code: 'db.cursor.invalid',
    message: 'The cursor is not one of this list.',
    status: 400,
  })
}
