import type { RunnableConfig } from '@langchain/core/runnables'
import type { Audience } from '#domain/document.ts'
import type { Retrieval } from '#rag/retrieval.port.ts'
import { runSignal } from '../../run-signal.ts'
import type { QuestionState } from '../state.ts'

// Ten passages hold the right one nearly always; the composer reads fewer and the gate compares the rest.
const PASSAGES = 10

/** Finds the passages the answer may rest on. Throws what Retrieval.search throws. */
export function retrieve(retrieval: Retrieval) {
  return async ({ input, question, progress }: QuestionState, config: RunnableConfig) => {
    progress('searching')
    const audience = spokenIn(input.audience, question.speech)
    const query = { shop: input.shop, text: question.text, audience, limit: PASSAGES, at: input.at }
    return { found: await retrieval.search(query, runSignal(config)) }
  }
}

// Someone who writes German on the English page is answered from the German content; what the shop does not have in a language, it
// has in its leading one.
function spokenIn(audience: Audience, speech: string): Audience {
  if (!audience.locale || audience.locale.toLowerCase().startsWith(speech)) return audience
  return { ...audience, locale: speech }
}
