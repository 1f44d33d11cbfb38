import type { Clarification } from '#rag/compose/composer.port.ts'
import type { Remembered } from '#rag/understand/understanding.port.ts'
import type { ConversationMemory } from './customer-question.port.ts'

/** What the agent keeps between turns, read back from stored JSON field by field: an old or foreign shape is no memory. */
export type TurnMemory = Remembered & {
  /** Whether the turn before ended in a question back. */
  clarified: boolean
  /** What was asked back and has not been answered since; see topicOf. */
  openTopic: string | null
  /** The last question that could not be answered, in bare words. */
  failed: string | null
}

export function readMemory(stored: ConversationMemory): TurnMemory {
  return {
    question: text(stored.question),
    product: text(stored.product),
    clarified: stored.clarified === true,
    openTopic: text(stored.openTopic),
    failed: text(stored.failed),
    list: text(stored.list),
    pair: Array.isArray(stored.pair) ? stored.pair.filter((title) => typeof title === 'string') : [],
    order: text(stored.order),
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

const text = (value: unknown) => (typeof value === 'string' ? value : null)
