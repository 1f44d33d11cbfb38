import {
  type CustomerRequest,
  isRequestKind,
  type RequestKind,
  readRequest,
} from '#domain/exceptions/customer-request.ts'
import { type ExceptionType, isExceptionType } from '#domain/exceptions/exception-type.ts'
import { type OrderId, orderId } from '#domain/ids.ts'
import type { Clarification } from '#rag/compose/composer.port.ts'
import type { Language, Remembered } from '#rag/understand/understanding.port.ts'
import type { ConversationMemory } from './customer-question.port.ts'
import { readShown } from './shown.ts'

/** What the agent keeps between turns, read back from stored JSON field by field: an old or foreign shape is no memory. */
export type TurnMemory = Remembered & {
  /** Whether the turn before ended in a question back. */
  clarified: boolean
  /** Whether the turn before asked for proof that an order is theirs. */
  proofAsked: boolean
  /** What was asked back and has not been answered since; see topicOf. */
  openTopic: string | null
  /** The last question that could not be answered, in bare words. */
  failed: string | null
  /** How many texts in a row nothing could be made of. */
  unread: number
  /** Several orders were shown last, none of them picked. */
  several: boolean
  claim: PendingClaim | null
  request: PendingRequest | null
  /** The order of the report that was passed on with the turn before. */
  reported: OrderId | null
}

/** What the shopper may report with their next message: by a yes, or by the order where `order` is null. */
export type PendingClaim = {
  type: ExceptionType
  words: string
  order: OrderId | null
  /** When it was asked whether to, ISO 8601; null while it was not. A reply written before that is none. */
  asked: string | null
  /** What it was told in; a `NL-100234` or `ok` does not say. */
  language: Language
}

/** What a shopper wants done, and what is still to be said by their next message: which order, the details, or a yes. */
export type PendingRequest = {
  kind: RequestKind
  words: string
  asks: 'order' | 'details' | 'confirm'
  order: OrderId | null
  /** Whole once a yes is asked for. */
  request: CustomerRequest | null
  /** When it was asked whether to, ISO 8601; null while it was not. A reply written before that is none. */
  asked: string | null
  language: Language
}

export function readMemory(stored: ConversationMemory): TurnMemory {
  return {
    question: text(stored.question),
    product: text(stored.product),
    clarified: stored.clarified === true,
    proofAsked: stored.proofAsked === true,
    openTopic: text(stored.openTopic),
    failed: text(stored.failed),
    list: text(stored.list),
    pair: Array.isArray(stored.pair) ? stored.pair.filter((title) => typeof title === 'string') : [],
    shown: readShown(stored.shown),
    order: text(stored.order),
    unread: typeof stored.unread === 'number' ? stored.unread : 0,
    several: stored.several === true,
    claim: claimOf(stored.claim),
    request: requestOf(stored.request),
    reported: typeof stored.reported === 'string' ? orderId(stored.reported) : null,
  }
}

/** Two questions back are about the same topic when they offer the same choices, however they were arrived at. */
export function topicOf({ options }: Clarification): string {
  return options
    .map(({ label }) => label)
    .sort()
    .join('\n')
}

/** Plain words of a question, so that the same one typed twice is seen as the same. */
export function bare(question: string): string {
  return question
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function claimOf(stored: unknown): PendingClaim | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { type, words, order, asked, language } = stored as Record<string, unknown>
  if (typeof type !== 'string' || !isExceptionType(type) || typeof words !== 'string') return null
  return {
    type,
    words,
    order: typeof order === 'string' ? orderId(order) : null,
    asked: text(asked),
    language: language === 'de' ? 'de' : 'en',
  }
}

function requestOf(stored: unknown): PendingRequest | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { kind, words, asks, order, request, asked, language } = stored as Record<string, unknown>
  if (!isRequestKind(kind) || typeof words !== 'string') return null
  if (asks !== 'order' && asks !== 'details' && asks !== 'confirm') return null
  return {
    kind,
    words,
    asks,
    order: typeof order === 'string' ? orderId(order) : null,
    request: readRequest(request),
    asked: text(asked),
    language: language === 'de' ? 'de' : 'en',
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : null)
