import { sql } from 'kysely'
import { type DocumentId, documentId, type MessageId } from '#domain/ids.ts'
import { type Database, inShop } from '../database.ts'
import type { UnansweredReason, UnansweredReport } from './unanswered.port.ts'

/** Unanswered questions read from what was stored with each answer: its outcome, its trace, and what the shopper thought of it. */
export function postgresUnanswered(database: Database): UnansweredReport {
  return {
    questions: (shop, { since, settledBefore, limit }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const reason = sql<UnansweredReason | null>`case
          when reply.outcome = 'handed_off' and reply.trace ->> 'handoffReason' in ('low_confidence', 'out_of_scope')
            then reply.trace ->> 'handoffReason'
          when reply.outcome = 'declined' then 'declined'
          when feedback.helpful = false then 'unhelpful'
          when reply.outcome = 'clarify' and reply.created_at < ${settledBefore} and not exists (
            select from messages later where later.conversation = reply.conversation and later.position > reply.position
              and later.role = 'shopper') then 'clarification_ignored'
          end`
        const rows = await transaction
          .selectFrom('messages as reply')
          .innerJoin('messages as question', 'question.id', 'reply.reply_to')
          .innerJoin('conversations', 'conversations.id', 'reply.conversation')
          .leftJoin('feedback', 'feedback.message', 'reply.id')
          .leftJoin('sessions', 'sessions.id', 'question.session')
          .select(['question.id', 'question.text', 'question.created_at', 'sessions.locale'])
          .select([
            reason.as('reason'),
            sql<string[]>`jsonb_path_query_array(reply.trace, '$.passages[0 to 4].documentId')`.as('documents'),
          ])
          .where('reply.role', '=', 'assistant')
          .where('reply.created_at', '>=', since)
          .where('reply.state', '<>', 'erased')
          .where('question.state', '<>', 'erased')
          .where('conversations.erased_at', 'is', null)
          .where(sql<boolean>`${reason} is not null`)
          .where(
            sql<boolean>`not exists (select from dismissed_questions where shop = ${shop} and message = question.id)`,
          )
          .orderBy('question.created_at', 'desc')
          .orderBy('question.id', 'desc')
          .limit(limit)
          .execute()
        return rows.flatMap(({ id, text, locale, created_at, reason: why, documents }) =>
          why === null
            ? []
            : [
                {
                  id: id as MessageId,
                  text,
                  locale,
                  askedAt: created_at,
                  reason: why,
                  documents: [...new Set(documents ?? [])].map(documentId),
                },
              ],
        )
      }),
    async dismiss(shop, messages, at, signal) {
      await inShop(database, shop, signal, (transaction) =>
        sql`insert into dismissed_questions (shop, message, dismissed_at)
          select ${shop}, id, ${at} from messages where shop = ${shop} and id = any(${messages})
          on conflict (message) do nothing`.execute(transaction),
      )
    },
    async titles(shop, ids, signal) {
      if (ids.length === 0) return new Map()
      const rows = await inShop(database, shop, signal, (transaction) =>
        transaction
          .selectFrom('documents')
          .innerJoin('document_versions as version', (join) =>
            join
              .onRef('version.shop', '=', 'documents.shop')
              .onRef('version.document_id', '=', 'documents.id')
              .onRef('version.version', '=', 'documents.version'),
          )
          .select(['documents.id', 'version.title'])
          .where('documents.id', 'in', ids)
          .where('documents.retired_at', 'is', null)
          .execute(),
      )
      return new Map(rows.map(({ id, title }): [DocumentId, string] => [documentId(id), title]))
    },
  }
}
