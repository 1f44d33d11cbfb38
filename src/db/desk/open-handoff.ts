import { sql } from 'kysely'
import { waitAt } from '#domain/handoff-wait.ts'
import type { ConversationId, ShopId } from '#domain/ids.ts'
import { afterOpeningTime, expectedReplyBy, type OpeningHours } from '#domain/opening-hours.ts'
import { supportHours } from '../access/shops.postgres.ts'
import type { DatabaseTransaction } from '../database.ts'
import type { HandoffRow } from './handoff-rows.ts'
import type { HandoffChange, NewHandoff, Person } from './handoffs.port.ts'

/** The desk is reminded when this part of the promised time has gone by. */
const REMIND_AFTER = 0.75

/** Opens a hand-over or joins the open one, in a transaction that has locked the conversation. */
export async function openHandoff(
  transaction: DatabaseTransaction,
  shop: ShopId,
  conversation: ConversationId,
  { id, reason, queue, hours, contact, at, ...handoff }: NewHandoff,
): Promise<{ row: HandoffRow; opened: boolean }> {
  const packet = JSON.stringify(handoff.packet)
  const row = await transaction
    .insertInto('handoffs')
    .values({
      ...{ id, shop, conversation, reason, queue, contact, packet },
      ...(await clockOfWaiting(transaction, shop, queue, hours, at)),
      created_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .column('conversation')
        .where('status', '<>', 'resolved')
        .doUpdateSet((column) => ({
          // An address that was left before is still the shopper's.
          packet: sql<string>`jsonb_set(excluded.packet, '{identity,contact}',
            coalesce(to_jsonb(coalesce(excluded.contact, handoffs.contact)), 'null'))`,
          contact: column.fn.coalesce(column.val(contact), column.ref('handoffs.contact')),
        })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  const opened = row.id === id
  if (opened) await remember(transaction, shop, row.id, { change: 'opened', by: null, note: null, at })
  return { row, opened }
}

/**
 * The clock of a claimed hand-over runs from here on where a person had replied to everything, in a transaction that has locked the
 * conversation and stores what the shopper wrote: the same promise as at the first, with a reminder and an escalation of its own.
 * Gives the hand-over, whose shopper is to be told; null where nobody has it, or where a reply is owed already.
 */
export async function oweReply(
  transaction: DatabaseTransaction,
  shop: ShopId,
  conversation: ConversationId,
  at: Date,
): Promise<Pick<HandoffRow, 'id' | 'status'> | null> {
  const answered = await transaction
    .selectFrom('handoffs')
    .select(['id', 'status'])
    .where('conversation', '=', conversation)
    .where('status', '=', 'claimed')
    .where('replied_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  if (!answered) return null
  const clock = clockFrom(at, 0, await supportHours(transaction, shop))
  await transaction.updateTable('handoffs').set(clock).where('id', '=', answered.id).execute()
  return answered
}

/** The clock of a hand-over that waits for anybody from `at` on, behind those of its queue that are due before. */
export async function clockOfWaiting(
  transaction: DatabaseTransaction,
  shop: ShopId,
  queue: string,
  hours: OpeningHours,
  at: Date,
) {
  return clockFrom(at, await waitingBefore(transaction, shop, queue, expectedReplyBy(at, hours)), hours)
}

/** Columns of a promise made at `at`: when it is due, what is told of it, and timers none of which has fired. */
function clockFrom(at: Date, ahead: number, hours: OpeningHours) {
  const dueAt = expectedReplyBy(at, hours)
  const remindAt = afterOpeningTime(at, hours.replyWithinMinutes * REMIND_AFTER, hours)
  const wait = waitAt(at, ahead, dueAt, hours)
  return {
    due_at: dueAt,
    ahead,
    shop_open: wait.open,
    opens_at: wait.opensAt,
    expected_at: wait.expectedAt,
    remind_at: remindAt,
    look_at: remindAt < dueAt ? remindAt : dueAt,
    replied_at: null,
    reminded_at: null,
    escalated_at: null,
    renewed_at: null,
  }
}

async function waitingBefore(
  transaction: DatabaseTransaction,
  shop: ShopId,
  queue: string,
  dueAt: Date,
): Promise<number> {
  const { count } = await transaction
    .selectFrom('handoffs')
    .select((column) => column.fn.countAll<string>().as('count'))
    .where('shop', '=', shop)
    .where('status', '=', 'waiting')
    .where('queue', '=', queue)
    .where('due_at', '<=', dueAt)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Adds to the history of a hand-over whose conversation is locked. */
export async function remember(
  transaction: DatabaseTransaction,
  shop: ShopId,
  handoff: string,
  { change, by, note, at }: Omit<HandoffChange, 'by'> & { by: Person | null },
): Promise<void> {
  await sql`
    insert into handoff_history (shop, handoff, position, change, actor, actor_name, note, at)
    select ${shop}, ${handoff}, coalesce(max(position), 0) + 1, ${change}, ${by?.id ?? null}::text,
      ${by?.name ?? null}::text, ${note}::text, ${at}::timestamptz
    from handoff_history where handoff = ${handoff}`.execute(transaction)
}
