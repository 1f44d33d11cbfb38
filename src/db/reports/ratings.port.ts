import type { AnswerOutcome, AnswerRoute, Citation } from '#domain/answer.ts'
import type { ConversationId, MessageId, ShopId } from '#domain/ids.ts'

/** What made an answer: the way from question to answer, and the data its gate was fitted on. */
export type AnswerVersions = { pipeline: string; weights: string }

/** What a shopper thinks of an answer, with all that is needed to judge it again. */
export type Rating = {
  id: string
  message: MessageId
  conversation: ConversationId
  helpful: boolean
  reason: string | null
  comment: string | null
  /** When it was given or last changed. */
  at: Date
  /** Null where nothing was asked: what a person wrote by themselves. */
  question: { text: string; locale: string | null; at: Date } | null
  answer: {
    by: 'assistant' | 'person'
    text: string
    outcome: AnswerOutcome | null
    route: AnswerRoute | null
    language: string | null
    confidence: number | null
    at: Date
  }
  /** As of now: a page that was corrected since says `changed`. */
  citations: Citation[]
  /** Null for a person's words, and for answers stored before versions were. */
  versions: AnswerVersions | null
}

/** Shoppers' judgements, for evaluation. Of erased and expired conversations nothing is left to judge. */
export type RatingReport = {
  /** The newest first. Throws Fault user `db.cursor.invalid`. */
  list(
    shop: ShopId,
    page: { helpful: boolean | null; cursor: string | null; limit: number },
    signal: AbortSignal,
  ): Promise<{ items: Rating[]; nextCursor: string | null }>
}
