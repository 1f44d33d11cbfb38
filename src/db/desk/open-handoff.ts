import { sql } from 'kysely'
import { waitAt } from '#domain/handoff-wait.ts'
import type { ConversationId, ShopId } from '#domain/ids.ts'
import { afterOpeningTime, expectedReplyBy } from '#domain/opening-hours.ts'
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
  const dueAt = expectedReplyBy(at, hours)
  const remindAt = afterOpeningTime(at, hours.replyWithinMinutes * REMIND_AFTER, hours)
  const wait = waitAt(at, await waitingBefore(transaction, shop, queue, dueAt), dueAt, hours)
  const row = await transaction
    .insertInto('handoffs')
    .values({
      ...{ id, shop, conversation, reason, queue, contact, packet },
      due_at: dueAt,
      ahead: wait.ahead,
      shop_open: wait.open,
      opens_at: wait.opensAt,
      expected_at: wait.expectedAt,
      remind_at: remindAt,
      look_at: remindAt < dueAt ? remindAt : dueAt,
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
