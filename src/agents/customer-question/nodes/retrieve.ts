import type { RunnableConfig } from '@langchain/core/runnables'
import type { Retrieval } from '#rag/retrieval.port.ts'
import { runSignal } from '../../run-signal.ts'
import type { QuestionState } from '../state.ts'

// Ten passages hold the right one nearly always; the composer reads fewer and the gate compares the rest.
const PASSAGES = 10

/** Finds the passages the answer may rest on. Throws what Retrieval.search throws. */
export function retrieve(retrieval: Retrieval) {
  return async ({ input, question, progress }: QuestionState, config: RunnableConfig) => {
    progress('searching')
    const audience = question.region ? { ...input.audience, region: question.region } : input.audience
    const query = { shop: input.shop, text: question.text, audience, limit: PASSAGES, at: input.at }
    return { found: await retrieval.search(query, runSignal(config)) }
  }
}
