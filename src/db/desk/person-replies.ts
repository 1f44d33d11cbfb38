import type { ConversationId, HandoffId, MessageId, ShopId } from '#domain/ids.ts'
import type { DatabaseTransaction } from '../database.ts'
import type { TranscriptMessage } from '../support/conversations.port.ts'
import { advance, insertEvents, type NewEvent } from '../support/transcript-rows.ts'
import { lockHandoff } from './handoff-moves.ts'
import { claimer, type HandoffRow, readHandoff } from './handoff-rows.ts'
import type { NewReply, Person, ReplyOutcome } from './handoffs.port.ts'
import { remember } from './open-handoff.ts'

/** See HandoffStore.reply. The message, its events, its place in an e-mail and the end of the timers are one. */
export async function reply(
  transaction: DatabaseTransaction,
  shop: ShopId,
  id: HandoffId,
  person: Person,
  said: NewReply,
): Promise<ReplyOutcome> {
  const row = await lockHandoff(transaction, id)
  if (!row) return { outcome: 'unknown' }
  const before = await transaction
    .selectFrom('messages')
    .select(['id', 'text', 'author', 'created_at'])
    .where('conversation', '=', row.conversation)
    .where('desk_message_id', '=', said.clientMessageId)
    .executeTakeFirst()
  const conversation = row.conversation as ConversationId
  if (before) {
    if (before.text !== said.text) return { outcome: 'other_text' }
    const message = messageOf(
      before.id as MessageId,
      said.clientMessageId,
      before.text,
      before.author,
      before.created_at,
    )
    return { outcome: 'stored', message, conversation }
  }
  if (row.status === 'resolved') return { outcome: 'already_resolved', handoff: readHandoff(row) }
  if (row.status !== 'claimed' || row.claimed_by !== person.id)
    return { outcome: 'not_claimed', by: claimer(row), handoff: readHandoff(row) }
  await store(transaction, shop, row, person, said)
  return {
    outcome: 'stored',
    message: messageOf(said.id, said.clientMessageId, said.text, person.name, said.at),
    conversation,
  }
}

async function store(
  transaction: DatabaseTransaction,
  shop: ShopId,
  row: HandoffRow,
  person: Person,
  { id, clientMessageId, text, mail, at }: NewReply,
): Promise<void> {
  const conversation = row.conversation as ConversationId
  const first = row.replied_at === null
  const events: NewEvent[] = [
    { kind: 'message', message: id },
    ...(first ? [{ kind: 'handoff' as const, handoff: row.id, status: row.status }] : []),
  ]
  const { position, lastEvent } = await advance(transaction, conversation, { messages: 1, events: events.length }, at)
  await transaction
    .insertInto('messages')
    .values({
      ...{ id, conversation, position, shop, text },
      role: 'person',
      state: 'sent',
      author: person.name,
      desk_message_id: clientMessageId,
      reply_mail: await mailFor(transaction, shop, row, mail, at),
      created_at: at,
    })
    .execute()
  if (first) {
    await transaction
      .updateTable('handoffs')
      .set({ replied_at: at, expected_at: null, look_at: null })
      .where('id', '=', row.id)
      .execute()
    await remember(transaction, shop, row.id, { change: 'replied', by: person, note: null, at })
  }
  await insertEvents(transaction, shop, conversation, lastEvent, at, events)
}

/** The e-mail that waits to be sent takes this reply too; without one a new one waits. */
async function mailFor(
  transaction: DatabaseTransaction,
  shop: ShopId,
  { id: handoff, conversation }: HandoffRow,
  { id, sendAt }: NewReply['mail'],
  at: Date,
): Promise<string> {
  const waiting = await transaction
    .insertInto('reply_mails')
    .values({ id, shop, conversation, handoff, state: 'waiting', send_at: sendAt, created_at: at })
    // Not `do nothing`: an update gives the row that is there.
    .onConflict((conflict) => conflict.column('handoff').where('state', '=', 'waiting').doUpdateSet({ handoff }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return waiting.id
}

function messageOf(
  id: MessageId,
  clientMessageId: string,
  text: string,
  author: string | null,
  at: Date,
): TranscriptMessage {
  return { id, role: 'person', state: 'sent', text, author, clientMessageId, at, answer: null, feedback: null }
}
