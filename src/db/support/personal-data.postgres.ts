import { sql } from 'kysely'
import type { SessionId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { eraseCaseData } from '../approvals/cases/erase-cases.ts'
import type { DatabaseTransaction } from '../database.ts'
import { type Database, inShop } from '../database.ts'
import { eraseEventData } from '../inbox/erase-events.ts'
import type { Owner } from './conversations.port.ts'
import type { ErasedCounts, PersonalData } from './personal-data.port.ts'
import { ownedBy, readTranscript } from './transcript-rows.ts'

/** Export and erasure in PostgreSQL, each in one transaction over everything support keeps of a shopper. */
export function postgresPersonalData(database: Database, clock: Clock, ids: Ids): PersonalData {
  return {
    exportAll: (owner, signal) =>
      inShop(database, owner.shop, signal, async (transaction) => {
        const sessions = await sessionRows(transaction, owner)
        const conversations = await transaction
          .selectFrom('conversations')
          .selectAll()
          .where(ownedBy(owner))
          .orderBy('created_at')
          .execute()
        const transcripts = []
        for (const conversation of conversations)
          transcripts.push(await readTranscript(transaction, conversation, clock.now()))
        const handoffs = await transaction
          .selectFrom('handoffs')
          .select(['id', 'conversation as conversationId', 'reason', 'status', 'contact', 'created_at as createdAt'])
          .select((column) =>
            column
              .selectFrom('handoff_history')
              .select(sql<string[]>`coalesce(array_agg(note order by position), '{}')`.as('notes'))
              .whereRef('handoff', '=', 'handoffs.id')
              .where('note', 'is not', null)
              .as('notes'),
          )
          .where('conversation', 'in', [NONE, ...conversations.map(({ id }) => id)])
          .orderBy('created_at')
          .execute()
        return {
          sessions: sessions.map((row) => ({
            id: row.id,
            customer:
              row.customer_id === null
                ? null
                : { id: row.customer_id, name: row.customer_name, email: row.customer_email },
            locale: row.locale,
            region: row.region,
            createdAt: row.created_at,
            unlockedOrders: row.unlocked_orders,
            consent:
              row.consent_version === null || row.consent_at === null
                ? null
                : { version: row.consent_version, at: row.consent_at },
          })),
          conversations: transcripts,
          handoffs: handoffs.map(({ notes, ...handoff }) => ({ ...handoff, notes: notes ?? [] })),
        }
      }),
    erase: (owner, at, ownKey, signal) =>
      inShop(database, owner.shop, signal, async (transaction) => {
        const rows = await sessionRows(transaction, owner)
        const sessions = [NONE, ...rows.map(({ id }) => id)]
        // Locked like any other change of a conversation, so an answer being stored is either before this (and erased) or after (and refused).
        const conversations = await transaction
          .selectFrom('conversations')
          .select('id')
          .where(ownedBy(owner))
          .orderBy('id')
          .forUpdate()
          .execute()
        const blanked = [NONE, ...conversations.map(({ id }) => id)]
        const counts = await eraseConversations(transaction, blanked, at)
        await transaction
          .updateTable('sessions')
          .set({ customer_name: null, customer_email: null, unlocked_orders: [] })
          .where('id', 'in', sessions)
          .execute()
        await eraseEventData(transaction, owner.shop, {
          customers: rows.flatMap((row) => row.customer_id ?? []),
          addresses: rows.flatMap((row) => row.customer_email ?? []),
        })
        const theirs = {
          customers: rows.flatMap((row) => row.customer_id ?? []),
          orders: rows.flatMap((row) => row.unlocked_orders),
        }
        await transaction.deleteFrom('identity_challenges').where('session', 'in', sessions).execute()
        await transaction
          .deleteFrom('idempotency_keys')
          .where('caller', 'in', sessions)
          .where((where) => where.or([where('caller', '<>', owner.session), where('proof', '<>', ownKey ?? NONE)]))
          .execute()
        await eraseCaseData(transaction, owner.shop, theirs, { at, ids })
        return { conversations: conversations.length, ...counts }
      }),
    reachedAt: (owner, signal) =>
      inShop(database, owner.shop, signal, async (transaction) => {
        const rows = await sessionRows(transaction, owner)
        const contacts = await transaction
          .selectFrom('handoffs')
          .select('contact')
          .where('conversation', 'in', transaction.selectFrom('conversations').select('id').where(ownedBy(owner)))
          .execute()
        return {
          sessions: rows.map(({ id }) => id as SessionId),
          addresses: [
            ...rows.map(({ customer_email }) => customer_email),
            ...contacts.map(({ contact }) => contact),
          ].filter((address) => address !== null),
        }
      }),
  }
}

/** Blanks what was said in these conversations, in a transaction that has locked them; rows and counts stay. */
export async function eraseConversations(
  transaction: DatabaseTransaction,
  ids: string[],
  at: Date,
): Promise<Omit<ErasedCounts, 'conversations'>> {
  const feedback = await transaction
    .updateTable('feedback')
    .set({ reason: null, comment: null, updated_at: at })
    .where('message', 'in', transaction.selectFrom('messages').select('id').where('conversation', 'in', ids))
    .executeTakeFirst()
  const messages = await transaction
    .updateTable('messages')
    .set({
      ...{ state: 'erased', text: '', answer: null, trace: null, client_message_id: null, session: null },
      ...{ author: null, desk_message_id: null, seen_at: null },
    })
    .where('conversation', 'in', ids)
    .executeTakeFirst()
  // A note may say what the shopper said; who of the shop did what and when stays.
  await transaction
    .updateTable('handoff_history')
    .set({ note: null })
    .where('handoff', 'in', transaction.selectFrom('handoffs').select('id').where('conversation', 'in', ids))
    .execute()
  await transaction.deleteFrom('reply_mails').where('conversation', 'in', ids).execute()
  // The desk shows open ones, and must not go on to.
  await sql`
    select pg_notify('desk', json_build_object('shop', shop, 'handoff', id, 'conversation', conversation,
      'status', 'resolved')::text)
    from handoffs where conversation = any(${ids}) and status <> 'resolved'`.execute(transaction)
  const handoffs = await transaction
    .updateTable('handoffs')
    .set((column) => ({
      packet: '{}',
      contact: null,
      status: 'resolved',
      resolution: column.fn.coalesce('resolution', column.val('resolved' as const)),
      expected_at: null,
      look_at: null,
      resolved_at: column.fn.coalesce('resolved_at', column.val(at)),
    }))
    .where('conversation', 'in', ids)
    .executeTakeFirst()
  await transaction
    .updateTable('conversations')
    .set({
      erased_at: at,
      memory: '{}',
      customer_id: null,
      creation_key: null,
      answering_by: null,
      answering_until: null,
    })
    .where('id', 'in', ids)
    .execute()
  return {
    messages: Number(messages.numUpdatedRows),
    handoffs: Number(handoffs.numUpdatedRows),
    feedback: Number(feedback.numUpdatedRows),
  }
}

/** Stands in lists that may be empty: `in ()` is not SQL. */
const NONE = ''

function sessionRows(transaction: DatabaseTransaction, owner: Owner) {
  return transaction
    .selectFrom('sessions')
    .selectAll()
    .where((where) =>
      where.or([
        where('id', '=', owner.session),
        ...(owner.customer === null ? [] : [where('customer_id', '=', owner.customer)]),
      ]),
    )
    .orderBy('created_at')
    .execute()
}
