import { sql } from 'kysely'
import type { Citation } from '#domain/answer.ts'
import { Fault } from '#domain/fault.ts'
import type { ConversationId, MessageId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type Database, type DatabaseTransaction, inShop } from '../database.ts'
import { isInstant } from '../instant.ts'
import { citedAsOf } from '../support/cited-passages.ts'
import type { AnswerVersions, Rating, RatingReport } from './ratings.port.ts'

/** Judgements read with the messages they are about; the clock says how their citations stand. */
export function postgresRatings(database: Database, clock: Clock): RatingReport {
  return {
    list: (shop, { helpful, cursor, limit }, signal) =>
      inShop(database, shop, signal, async (transaction) => {
        const from = cursor === null ? null : readCursor(cursor)
        const rows = await ratingRows(transaction)
          .$if(helpful !== null, (query) => query.where('feedback.helpful', '=', helpful))
          .$if(from !== null, (query) =>
            query.where(
              sql<boolean>`(feedback.updated_at, feedback.id) < (${from?.at ?? null}::timestamptz, ${from?.id ?? ''})`,
            ),
          )
          .orderBy('feedback.updated_at', 'desc')
          .orderBy('feedback.id', 'desc')
          .limit(limit + 1)
          .execute()
        const items = rows.slice(0, limit).map(readRating)
        const last = items.at(-1)
        return {
          items: await citedAsOf(transaction, items, clock.now()),
          nextCursor: rows.length > limit && last ? writeCursor(last) : null,
        }
      }),
  }
}

function ratingRows(transaction: DatabaseTransaction) {
  return transaction
    .selectFrom('feedback')
    .innerJoin('messages as reply', 'reply.id', 'feedback.message')
    .innerJoin('conversations', 'conversations.id', 'reply.conversation')
    .leftJoin('messages as question', 'question.id', 'reply.reply_to')
    .leftJoin('sessions', 'sessions.id', 'question.session')
    .select(['feedback.id', 'feedback.helpful', 'feedback.reason', 'feedback.comment', 'feedback.updated_at'])
    .select(['reply.id as message', 'reply.conversation', 'reply.role', 'reply.text', 'reply.outcome', 'reply.route'])
    .select(['reply.confidence', 'reply.created_at', 'reply.answer'])
    .select(['question.text as asked', 'question.created_at as asked_at', 'sessions.locale'])
    .select(sql<AnswerVersions | null>`reply.trace -> 'versions'`.as('versions'))
    .where('reply.state', '<>', 'erased')
    .where('conversations.erased_at', 'is', null)
}

function readRating(row: Awaited<ReturnType<ReturnType<typeof ratingRows>['executeTakeFirstOrThrow']>>): Rating {
  return {
    id: row.id,
    message: row.message as MessageId,
    conversation: row.conversation as ConversationId,
    helpful: row.helpful,
    reason: row.reason,
    comment: row.comment,
    at: row.updated_at,
    question:
      row.asked === null || row.asked_at === null ? null : { text: row.asked, locale: row.locale, at: row.asked_at },
    answer: {
      by: row.role === 'person' ? 'person' : 'assistant',
      text: row.text,
      outcome: row.outcome,
      route: row.route,
      language: row.answer?.language ?? null,
      confidence: row.confidence,
      at: row.created_at,
    },
    citations: (row.answer?.citations ?? []).map(
      (citation): Citation => ({
        ...citation,
        language: citation.language ?? null,
      }),
    ),
    versions: row.versions,
  }
}

const writeCursor = ({ at, id }: Rating) => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')

function readCursor(cursor: string): { at: string; id: string } {
  const [, at, id] =
    /^([1-9]\d{3}-\d\d-\d\dT[\d:.]+Z) (fbk_[\w-]+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (!at || !isInstant(at) || !id)
    throw new Fault({
      kind: 'user',
      code: 'db.cursor.invalid',
      message: 'The cursor is not one of a previous page.',
      errors: [{ path: 'cursor', message: 'unknown cursor' }],
    })
  return { at, id }
}
