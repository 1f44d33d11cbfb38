import type { Understanding } from '#rag/understand/understanding.port.ts'
import { readMemory } from '../memory.ts'
import type { QuestionState } from '../state.ts'

/** Reads the text with what earlier turns left behind. */
export function understand(understanding: Understanding) {
  return ({ input, progress }: QuestionState) => {
    progress('understanding')
    return {
      question: understanding.read(input.text, { ...readMemory(input.memory), locale: input.audience.locale ?? null }),
    }
  }
}
