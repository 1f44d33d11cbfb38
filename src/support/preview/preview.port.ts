import type { AgentAnswer } from '#agents/customer-question/customer-question.port.ts'
import type { Audience } from '#domain/document.ts'
import type { ShopId } from '#domain/ids.ts'

/** What a shopper would have been told, and why. `passages` are what was found, best first, with the scores it was ranked by. */
export type Preview = Pick<
  AgentAnswer,
  | 'outcome'
  | 'route'
  | 'text'
  | 'language'
  | 'citations'
  | 'products'
  | 'options'
  | 'related'
  | 'confidence'
  | 'gate'
  | 'cache'
  | 'handoffReason'
> & { passages: PreviewPassage[]; latencyMs: number }
export type PreviewPassage = {
  documentId: string
  chunkId: string
  title: string
  url: string | null
  score: number
  scores: Record<string, number | null>
}

/** The assistant, asked by somebody of the shop. */
export type Previews = {
  /**
   * Answers as an anonymous shopper of this audience would be answered, at the start of a conversation. Nothing is stored, handed over or
   * counted. Throws what CustomerQuestion.answer throws, and Fault retryable `support.preview.slow` over 20 s.
   */
  ask(shop: ShopId, question: string, audience: Audience, signal: AbortSignal): Promise<Preview>
}
