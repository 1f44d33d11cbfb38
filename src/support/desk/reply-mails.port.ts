import type { ReplyMailId } from '#db/desk/mail/reply-mails.port.ts'
import type { ShopId } from '#domain/ids.ts'

/** Sends what people replied to shoppers who were not there. */
export type ReplyMailing = {
  /**
   * Sends one e-mail at `at`, unless the shopper has read it all meanwhile. Called again for the same one it is still one message. What
   * did not leave is tried again later, up to three days. Throws only what the database throws, and the signal's reason.
   */
  send(
    shop: ShopId,
    id: ReplyMailId,
    at: Date,
    signal: AbortSignal,
  ): Promise<'sent' | 'refused' | 'later' | 'not_needed'>
}
