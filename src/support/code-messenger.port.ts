import type { SessionId, ShopId } from '#domain/ids.ts'

/** One message to a shopper's own address, plain text, asked for in `session`. Never logged. */
export type CodeMessage = { shop: ShopId; session: SessionId; to: string; subject: string; text: string }

/** Carries one-time codes to the e-mail on an order. Throws Fault retryable `support.messenger.unreachable`. */
export type CodeMessenger = {
  send(message: CodeMessage, signal: AbortSignal): Promise<void>
}

/** Where messages lie that were written down instead of sent. */
export type MessageOutbox = {
  /** Removes messages from before `before`; gives how many. */
  tidy(before: Date, signal: AbortSignal): Promise<number>
  /** Removes messages that were asked for in one of the sessions or went to one of the addresses; gives how many. */
  forget(whose: { sessions: SessionId[]; addresses: string[] }, signal: AbortSignal): Promise<number>
}
