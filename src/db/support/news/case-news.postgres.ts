import { sql } from 'kysely'
import { type Database, inShop } from '../../database.ts'
import { advance, insertEvents } from '../transcript-rows.ts'
import type { CaseNewsStore, ChangedCase } from './case-news.port.ts'

/** What shoppers are told of their cases, in PostgreSQL. Throws what `inShop` throws. */
export function postgresCaseNews(database: Database): CaseNewsStore {
  return {
    changed: (shop, since, limit, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { rows } = await sql<ChangedCase>`
          select cases.id as "caseId", cases.changed_at as "changedAt", conversations.id as conversation,
            conversations.customer_id as customer, coalesce(sessions.unlocked_orders, '{}') as "unlockedOrders",
            reply.answer ->> 'language' as language
          from cases
          join messages on messages.id = cases.data ->> 'reportedIn' and messages.shop = cases.shop
          join conversations on conversations.id = messages.conversation and conversations.erased_at is null
          left join sessions on sessions.id = conversations.session
          left join messages as reply on reply.reply_to = messages.id
          where cases.shop = ${shop} and cases.source = 'customer' and cases.changed_at > ${since}
            and cases.status in ('resolved', 'escalated', 'failed', 'waiting')
            and not exists (select from case_news where case_id = cases.id and case_news.changed_at >= cases.changed_at)
            and not exists (select from handoffs where handoffs.conversation = conversations.id and status = 'claimed')
          order by cases.changed_at limit ${limit}`.execute(transaction)
        return rows
      }),
    tell: (shop, one, news, at, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const { conversation } = one
        const held = await sql<{ free: boolean }>`
          select erased_at is null and not exists (
            select from handoffs where handoffs.conversation = conversations.id and status = 'claimed') as free
          from conversations where id = ${conversation} for update`.execute(transaction)
        // Taken over in between: told once the person has given it back.
        if (news && !held.rows[0]?.free) return false
        const before = await sql<{ state: string | null }>`
          select state from case_news where case_id = ${one.caseId}`.execute(transaction)
        const isNew = news !== null && before.rows[0]?.state !== news.state
        await sql`
          insert into case_news (shop, case_id, state, changed_at)
          values (${shop}, ${one.caseId}, ${news?.state ?? null}, ${one.changedAt})
          on conflict (case_id) do update set changed_at = greatest(case_news.changed_at, excluded.changed_at),
            state = coalesce(excluded.state, case_news.state)`.execute(transaction)
        if (!news || !isNew) return false
        const { id, text, outcome, route, confidence, traceId } = news.answer
        // What was asked about stands no longer last: an `ok` to the news must confirm nothing.
        await sql`update conversations set memory = memory - 'request' - 'claim' where id = ${conversation}`.execute(
          transaction,
        )
        const { position, lastEvent } = await advance(transaction, conversation, { messages: 1, events: 1 }, at)
        await transaction
          .insertInto('messages')
          .values({
            ...{ id, shop, conversation, position, text, outcome, route, confidence },
            role: 'assistant',
            state: 'sent',
            answer: JSON.stringify({ ...news.answer, conversationId: conversation }),
            trace_id: traceId,
            created_at: at,
          })
          .execute()
        await insertEvents(transaction, shop, conversation, lastEvent, at, [{ kind: 'message', message: id }])
        return true
      }),
  }
}
