import type { UnansweredReason } from '#db/reports/unanswered.port.ts'
import type { DocumentId, ShopId } from '#domain/ids.ts'
import type { Preview } from '../preview/preview.port.ts'

/** Questions that ask for the same and were not answered. */
export type Gap = {
  /** The same as long as the group's words are. */
  id: string
  /** The words the group is about, in their base forms. */
  words: string[]
  count: number
  /** Of them in the newer half of the window: more than half of `count` means it is growing. */
  recent: number
  firstAskedAt: Date
  lastAskedAt: Date
  /** As asked, the newest first, different ones, at most five of at most 300 characters; cards, passwords, e-mail addresses and long numbers are masked. */
  examples: string[]
  /** Each question counts under one reason. */
  reasons: Partial<Record<UnansweredReason, number>>
  /** What retrieval found nearest, the most often found first; `title` is null when the document is gone. */
  nearestDocuments: { documentId: DocumentId; title: string | null; questions: number }[]
}

/** A question of a group asked again now. */
export type AskedAgain = { question: string; locale: string | null; preview: Preview }

export type Gaps = {
  /**
   * What shoppers asked in the last `days` and content did not answer (the newest 2,000 questions), the most asked first. `cursor` is the last page's
   * `nextCursor`; throws Fault user `support.cursor.invalid` for any other.
   */
  list(
    shop: ShopId,
    page: { days: number; limit: number; cursor: string | null },
    signal: AbortSignal,
  ): Promise<{ items: Gap[]; nextCursor: string | null }>
  /**
   * Asks the different questions of a group again, the newest first, at most ten, each as a shopper of its locale would be answered now;
   * nothing is stored. Null when there is no such group in the last `days`. Throws what Previews.ask throws.
   */
  askAgain(
    shop: ShopId,
    gap: { id: string; days: number },
    signal: AbortSignal,
  ): Promise<{ answered: number; items: AskedAgain[] } | null>
  /**
   * Takes the group's questions off the list; whoever asks the like later is listed anew. Gives how many they were, null when there is
   * no such group in the last `days`.
   */
  dismiss(shop: ShopId, gap: { id: string; days: number }, signal: AbortSignal): Promise<number | null>
}

/** The words that carry a question's meaning, in base forms that synonyms share; each once. Never throws. */
export type QuestionWords = (text: string, locale: string | null) => string[]
