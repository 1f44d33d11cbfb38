import type { Composer } from '#rag/compose/composer.port.ts'
import type { QuestionState } from '../state.ts'

/** Makes the answers that the passages allow. */
export function compose(composer: Composer) {
  return ({ question, found, progress }: QuestionState) => {
    progress('reading')
    return { composition: composer.compose(question, found) }
  }
}
