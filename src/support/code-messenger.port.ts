import type { ShopId } from '#domain/ids.ts'

/** One message to a shopper's own address, plain text. Never logged. */
export type CodeMessage = { shop: ShopId; to: string; subject: string; text: string }

/** Carries one-time codes to the e-mail on an order. Throws Fault retryable `support.messenger.unreachable`. */
export type CodeMessenger = {
  send(message: CodeMessage, signal: AbortSignal): Promise<void>
}
