import type { ProgressStage } from '#agents/customer-question/customer-question.port.ts'
import type { Owner } from '#db/support/conversations.port.ts'
import type { Answer } from '#domain/answer.ts'
import type { ConversationId, ShopId } from '#domain/ids.ts'

/** `id` is where a broken stream is taken up again. The texts of all deltas joined are the answer's text. */
export type AnswerEvent = { id: string } & (
  | { event: 'progress'; data: { stage: ProgressStage } }
  | { event: 'delta'; data: { text: string } }
  | { event: 'answer'; data: Answer }
)

export type Asked =
  | {
      outcome: 'accepted'
      /** The one answer, whoever produces it. Rejects like `events`. */
      answer(signal: AbortSignal): Promise<Answer>
      /**
       * Progress, the checked text, the answer; after `lastEventId` exactly what is missing. Ending it early stops nothing.
       * Throws Fault retryable when the answer could not be stored: the question is kept, asking again with the same
       * `clientMessageId` continues; `support.message.erased` (user, 410) when the shopper erased it meanwhile.
       */
      events(lastEventId: string | null, signal: AbortSignal): AsyncIterable<AnswerEvent>
    }
  | { outcome: 'other_text' }
  | { outcome: 'unknown_conversation' }

/** Questions of shoppers, each answered exactly once, in order. */
export type Questions = {
  /** Resolves once the question is stored, card numbers and passwords masked; the answer follows by itself. */
  ask(
    owner: Owner,
    conversation: ConversationId,
    question: { text: string; clientMessageId: string; traceId: string },
    signal: AbortSignal,
  ): Promise<Asked>
  /**
   * Ends the answering of a question by the shopper's own id of it, whichever process is at it. `stopped` also when it was
   * before; `too_late` when it has its answer or a person has it; null when the owner has no such question.
   */
  stop(
    owner: Owner,
    conversation: ConversationId,
    clientMessageId: string,
    signal: AbortSignal,
  ): Promise<'stopped' | 'too_late' | null>
  /**
   * Takes up every question of the shop that nobody is answering, as after a crash, and gives how many conversations had one
   * once they are answered. One that waited over 15 minutes is handed to a person. Throws Fault retryable when the database
   * is away and the signal's reason; calling it again goes on.
   */
  resume(shop: ShopId, signal: AbortSignal): Promise<number>
  /** Resolves when no answer is being made any more. Aborting the room's lifetime first makes that soon. */
  idle(signal: AbortSignal): Promise<void>
}
