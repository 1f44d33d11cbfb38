import { sql } from 'kysely'
import type { HandoffResolution } from '#domain/answer.ts'
import { Fault } from '#domain/fault.ts'
import type { ConversationId, HandoffId, ShopId } from '#domain/ids.ts'
import { supportHours } from '../access/shops.postgres.ts'
import type { DatabaseTransaction } from '../database.ts'
import { recordEvents } from '../support/transcript-rows.ts'
import { claimer, type HandoffRow, readHandoff } from './handoff-rows.ts'
import type { Claimer, ClaimOutcome, CloseOutcome, HandoffChange, Person } from './handoffs.port.ts'
import { clockOfWaiting, remember } from './open-handoff.ts'

/** See HandoffStore.claim. */
export async function claim(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: HandoffId,
  { operator, ...person }: Claimer,
  takeOver: boolean,
  at: Date,
): Promise<ClaimOutcome> {
  if (operator) await staysOperator(transaction, person.id)
  const row = await lockHandoff(transaction, id)
  if (!row) return { outcome: 'unknown' }
  if (row.status === 'resolved') return { outcome: 'already_resolved', handoff: readHandoff(row) }
  if (row.status === 'claimed') {
    if (row.claimed_by === person.id) return { outcome: 'claimed', handoff: readHandoff(row) }
    if (!takeOver) return { outcome: 'already_claimed', by: claimer(row), handoff: readHandoff(row) }
  }
  const change = row.status === 'claimed' ? 'taken_over' : 'claimed'
  const claimed = { status: 'claimed', claimed_by: person.id, claimed_name: person.name, claimed_at: at } as const
  return {
    outcome: 'claimed',
    handoff: await move(transaction, shop, row, claimed, { change, by: person, note: null, at }),
  }
}

/**
 * Gives back to the queue what a person has who works for the shop no more: each waits for anybody, with a new promise, and the
 * assistant may answer again. In the transaction that removed them, so that neither happens without the other.
 */
export async function releaseAll(
  transaction: DatabaseTransaction,
  shop: ShopId,
  person: string,
  { by, at }: { by: Person; at: Date },
): Promise<void> {
  const held = await transaction
    .selectFrom('handoffs')
    .select('id')
    .where('shop', '=', shop)
    .where('status', '=', 'claimed')
    .where('claimed_by', '=', person)
    // Erasing takes several conversations as well, in this order.
    .orderBy('conversation')
    .execute()
  if (held.length === 0) return
  const hours = await supportHours(transaction, shop)
  for (const { id } of held) {
    const row = await lockHandoff(transaction, id as HandoffId)
    // Closed or taken over meanwhile.
    if (row?.status !== 'claimed' || row.claimed_by !== person) continue
    const clock = await clockOfWaiting(transaction, shop, row.queue, hours, at)
    const free = { ...clock, status: 'waiting', claimed_by: null, claimed_name: null, claimed_at: null } as const
    await move(transaction, shop, row, free, { change: 'released', by, note: null, at })
  }
}

/** See HandoffStore.close. */
export async function close(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: HandoffId,
  person: Person,
  {
    resolution,
    note,
    answerSince,
    at,
  }: { resolution: HandoffResolution; note: string | null; answerSince: Date; at: Date },
): Promise<CloseOutcome> {
  const row = await lockHandoff(transaction, id)
  if (!row) return { outcome: 'unknown' }
  if (row.status === 'resolved')
    return row.resolution === resolution && row.claimed_by === person.id
      ? { outcome: 'closed', handoff: readHandoff(row) }
      : { outcome: 'already_resolved', handoff: readHandoff(row) }
  if (row.status === 'claimed' && row.claimed_by !== person.id)
    return { outcome: 'already_claimed', by: claimer(row), handoff: readHandoff(row) }
  if (resolution === 'resolved') await startNewTopic(transaction, row.conversation)
  else await handBack(transaction, row, answerSince)
  const closed = {
    status: 'resolved',
    resolution,
    // Who closes what nobody had is who had it.
    claimed_by: person.id,
    claimed_name: person.name,
    resolved_at: at,
    expected_at: null,
    look_at: null,
  } as const
  return {
    outcome: 'closed',
    handoff: await move(transaction, shop, row, closed, { change: resolution, by: person, note, at }),
  }
}

/** Nobody removes them before this transaction ends. Before any conversation, since a removal takes them in this order. */
async function staysOperator(transaction: DatabaseTransaction, id: string): Promise<void> {
  const found = await transaction
    .selectFrom('operators')
    .select('id')
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst()
  if (!found)
    throw new Fault({
      kind: 'user',
      status: 401,
      code: 'db.operator.removed',
      message: 'You no longer work for this shop.',
    })
}

/**
 * The hand-over with its row locked, after its conversation: whoever changes either takes them in this order, since the other
 * way round two of them could wait for each other.
 */
export async function lockHandoff(transaction: DatabaseTransaction, id: HandoffId): Promise<HandoffRow | undefined> {
  const found = await transaction
    .selectFrom('conversations')
    .select('conversations.id')
    .where('conversations.id', '=', transaction.selectFrom('handoffs').select('conversation').where('id', '=', id))
    .where('conversations.erased_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return undefined
  return transaction.selectFrom('handoffs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Changes a locked hand-over, with its history and the shopper's event. */
export async function move(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { id, conversation }: Pick<HandoffRow, 'id' | 'conversation'>,
  columns: Partial<HandoffRow>,
  change: HandoffChange,
) {
  const row = await transaction
    .updateTable('handoffs')
    .set(columns as object)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await remember(transaction, shop, id, change)
  await recordEvents(transaction, shop, conversation as ConversationId, change.at, [
    { kind: 'handoff', handoff: id, status: row.status },
  ])
  return readHandoff(row)
}

/** What was remembered of the old topic is gone, and what was said is no longer gone by. */
async function startNewTopic(transaction: DatabaseTransaction, conversation: string): Promise<void> {
  await transaction
    .updateTable('conversations')
    .set((column) => ({ memory: '{}', topic_from: column.ref('messages') }))
    .where('id', '=', conversation)
    .execute()
}

/**
 * The assistant goes on with what it knows, but for what made it give up or ask back: kept, the next word like the last would be
 * handed over again. Messages of this topic that waited for the person in vain are its to answer.
 */
async function handBack(transaction: DatabaseTransaction, { conversation }: HandoffRow, since: Date): Promise<void> {
  await sql`
    update conversations set memory = memory - 'failed' - 'clarified' where id = ${conversation}`.execute(transaction)
  await sql`
    update messages set state = 'pending'
    where conversation = ${conversation} and role = 'shopper' and state = 'silent' and created_at >= ${since}
      and position > (select topic_from from conversations where id = ${conversation})
      and position > coalesce((select max(position) from messages said
        where said.conversation = ${conversation} and said.role = 'person'), 0)`.execute(transaction)
}
