import type { Id, SessionId, ShopId } from '#domain/ids.ts'

export type ReplyMailId = Id<'out'>

/** What is to be sent: the replies the shopper has not seen, oldest first, and where they want to be reached. */
export type ReplyMail = {
  id: ReplyMailId
  to: string
  shopName: string
  locale: string
  session: SessionId
  replies: { author: string; text: string }[]
}

/**
 * Replies on their way to shoppers who are not there. A row is made with the reply and says which replies are one e-mail; what it
 * says and where it goes is read when it is sent, so that nothing of it is stored twice.
 */
export type ReplyMails = {
  /** Those whose time has come, with when that was. */
  due(shop: ShopId, at: Date, limit: number, signal: AbortSignal): Promise<{ id: ReplyMailId; sendAt: Date }[]>
  /**
   * Takes one for sending until `until`; somebody who dies with it is followed by another then, with the same replies. Null: taken,
   * ended, or not needed, since the shopper has seen them all (see Readers), wants no mail or was erased.
   */
  take(shop: ShopId, id: ReplyMailId, at: Date, until: Date, signal: AbortSignal): Promise<ReplyMail | null>
  /**
   * What became of it, for good. Adds to the history of the hand-over, and the desk hears of it. `erased`: the conversation was
   * erased after it was taken, so what was sent should be nowhere.
   */
  end(
    shop: ShopId,
    id: ReplyMailId,
    state: 'sent' | 'refused',
    at: Date,
    signal: AbortSignal,
  ): Promise<{ outcome: 'ended' | 'erased' }>
  /** Not sent at `at`, and to be tried again at `sendAt`; given up as `refused`, like `end`, when it was made before `notBefore`. */
  postpone(
    shop: ShopId,
    id: ReplyMailId,
    again: { at: Date; sendAt: Date; notBefore: Date },
    signal: AbortSignal,
  ): Promise<void>
}
