import { type Selectable, sql } from 'kysely'
import { type SessionId, shopId } from '#domain/ids.ts'
import { type Database, type DatabaseTransaction, inShop } from '../../database.ts'
import { remember } from '../open-handoff.ts'
import type { DeskTables } from '../tables.ts'
import type { ReplyMail, ReplyMailId, ReplyMails } from './reply-mails.port.ts'

/** Whether a text the shopper left as their contact is an address a mail can go to; a telephone number is none. */
const ADDRESS = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:"]+$/

/** Reply mails in PostgreSQL. A row being sent is held by its `send_at`, which lies ahead meanwhile. */
export function postgresReplyMails(database: Database): ReplyMails {
  return {
    due: (shop, at, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const rows = await transaction
          .selectFrom('reply_mails')
          .select(['id', 'send_at'])
          .where('shop', '=', shop)
          .where('state', 'in', ['waiting', 'sending'])
          .where('send_at', '<=', at)
          .orderBy('send_at')
          .orderBy('id')
          .limit(limit)
          .execute()
        return rows.map(({ id, send_at }) => ({ id: id as ReplyMailId, sendAt: send_at }))
      }),
    take: (shop, id, at, until, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await lockMail(transaction, id)
        if (!row || row.send_at > at) return null
        const mail = await mailOf(transaction, row)
        await transaction
          .updateTable('reply_mails')
          .set(mail ? { state: 'sending', send_at: until } : { state: 'not_needed', ended_at: at })
          .where('id', '=', id)
          .execute()
        return mail
      }),
    end: (shop, id, state, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const row = await lockMail(transaction, id)
        if (row) await endMail(transaction, row, state, at)
        return { outcome: row || (await isThere(transaction, id)) ? 'ended' : 'erased' }
      }),
    async postpone(shop, id, { at, sendAt, notBefore }, signal) {
      await inShop(database, shop, signal, async (transaction) => {
        const row = await lockMail(transaction, id)
        if (!row) return
        if (row.created_at < notBefore) return endMail(transaction, row, 'refused', at)
        await transaction.updateTable('reply_mails').set({ send_at: sendAt }).where('id', '=', id).execute()
      })
    },
  }
}

type MailRow = Selectable<DeskTables['reply_mails']>

/** The conversation first, as everywhere; undefined when the mail has ended or is erased. */
async function lockMail(transaction: DatabaseTransaction, id: ReplyMailId): Promise<MailRow | undefined> {
  await transaction
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', transaction.selectFrom('reply_mails').select('conversation').where('id', '=', id))
    .forUpdate()
    .executeTakeFirst()
  return transaction
    .selectFrom('reply_mails')
    .selectAll()
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'sending'])
    .forUpdate()
    .executeTakeFirst()
}

/** Erasing removes the row; ending keeps it. */
async function isThere(transaction: DatabaseTransaction, id: ReplyMailId): Promise<boolean> {
  const row = await transaction.selectFrom('reply_mails').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

/** Nobody else is told: to the shopper nothing has changed. */
async function endMail(
  transaction: DatabaseTransaction,
  { id, shop, conversation, handoff }: MailRow,
  state: 'sent' | 'refused',
  at: Date,
): Promise<void> {
  await transaction.updateTable('reply_mails').set({ state, ended_at: at }).where('id', '=', id).execute()
  const change = state === 'sent' ? 'emailed' : 'not_emailed'
  await remember(transaction, shopId(shop), handoff, { change, by: null, note: null, at })
  await sql`
    select pg_notify('desk', json_build_object('shop', shop, 'handoff', id, 'conversation', ${conversation}::text,
      'status', status)::text)
    from handoffs where id = ${handoff}`.execute(transaction)
}

async function mailOf(
  transaction: DatabaseTransaction,
  { id, shop, conversation, handoff }: MailRow,
): Promise<ReplyMail | null> {
  const about = await transaction
    .selectFrom('conversations')
    .innerJoin('handoffs', (join) => join.on('handoffs.id', '=', handoff))
    .innerJoin('shops', 'shops.id', 'conversations.shop')
    .leftJoin('sessions', 'sessions.id', 'conversations.session')
    .select(['handoffs.contact', 'customer_email', 'locale', 'shops.name', 'default_locale'])
    .select(['conversations.session', sql<string | null>`packet -> 'identity' ->> 'email'`.as('packet_email')])
    .where('conversations.id', '=', conversation)
    .where('conversations.shop', '=', shop)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  const to = [about?.contact, about?.customer_email, about?.packet_email].find((each) => each && ADDRESS.test(each))
  if (!about || !to) return null
  const replies = await transaction
    .selectFrom('messages')
    .select(['author', 'text'])
    .where('reply_mail', '=', id)
    .where('state', '<>', 'erased')
    .where('seen_at', 'is', null)
    .orderBy('position')
    .execute()
  if (replies.length === 0) return null
  return {
    id: id as ReplyMailId,
    to,
    shopName: about.name,
    locale: about.locale ?? about.default_locale,
    session: about.session as SessionId,
    replies: replies.map(({ author, text }) => ({ author: author ?? '', text })),
  }
}
