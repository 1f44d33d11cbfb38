import type { Remembered } from '#rag/understand/understanding.port.ts'
import type { ConversationMemory } from './customer-question.port.ts'

/** What the agent keeps between turns, read back from stored JSON field by field: an old or foreign shape is no memory. */
export type TurnMemory = Remembered & {
  /** Whether the turn before ended in a question back. */
  clarified: boolean
  /** The last question that could not be answered, in bare words. */
  failed: string | null
}

export function readMemory(stored: ConversationMemory): TurnMemory {
  return {
    question: text(stored.question),
    product: text(stored.product),
    clarified: stored.clarified === true,
    failed: text(stored.failed),
  }
}

/** Plain words of a question, so that the same one typed twice is seen as the same. */
export function bare(question: string): string {
  return question
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const text = (value: unknown) => (typeof value === 'string' ? value : null)
