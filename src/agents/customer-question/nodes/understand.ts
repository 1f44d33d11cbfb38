import type { Understanding } from '#rag/understand/understanding.port.ts'
import { readMemory } from '../memory.ts'
import type { QuestionState } from '../state.ts'

/** Reads the text with what earlier turns left behind. */
export function understand(understanding: Understanding) {
  return ({ input, progress }: QuestionState) => {
    progress('understanding')
    const memory = readMemory(input.memory)
    const locale = memory.claim?.language ?? memory.request?.language ?? input.audience.locale ?? null
    const known = input.customer !== null || input.unlockedOrders.length > 0
    return { question: understanding.read(input.text, { ...memory, locale, known }) }
  }
}
