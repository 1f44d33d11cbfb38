import type { RunnableConfig } from '@langchain/core/runnables'
import type { Composer } from '#rag/compose/composer.port.ts'
import { runSignal } from '../../run-signal.ts'
import type { QuestionState } from '../state.ts'

/** Makes the answers that the passages allow. Rejects only when aborted. */
export function compose(composer: Composer) {
  return async ({ question, found, progress }: QuestionState, config: RunnableConfig) => {
    progress('reading')
    return { composition: await composer.compose(question, found, runSignal(config)) }
  }
}
