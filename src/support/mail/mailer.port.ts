import type { SessionId, ShopId } from '#domain/ids.ts'

/**
 * One message to a person's own address, plain text. Never logged. `key` names what it says: sent again with the same key it is
 * one message, as far as the way allows. `session`: the shopper's session that asked for it, so that erasing finds it.
 */
export type Mail = { shop: ShopId; to: string; subject: string; text: string; key: string; session?: SessionId }

/** `refused`: nobody takes mail for this address, or the message itself was turned down for good; again would not help. */
export type MailOutcome = { outcome: 'sent' } | { outcome: 'refused' }

/** `outbox`: messages are written down on this machine, none leaves it. `why` names no person and no secret. */
export type MailState = { state: 'ready' } | { state: 'outbox'; folder: string } | { state: 'down'; why: string }

/** Carries messages to shoppers: one-time codes, and what a person replied. */
export type Mailer = {
  /**
   * Hands the message over. A repeated key is one message: the outbox keeps one file, mail servers and readers know it by its
   * Message-ID. Throws Fault retryable `support.mailer.unreachable` when it may not have left (so send it again), Fault operator
   * `support.mailer.login_refused`, `support.mailer.insecure` or `support.mailer.sender_refused` when a setting stands in the
   * way, and the signal's reason when aborted.
   */
  send(mail: Mail, signal: AbortSignal): Promise<MailOutcome>
  /** Takes back what was handed over with this key, for somebody erased meanwhile. False where it has left, as with a mail server. Throws like `send`. */
  recall(mail: Pick<Mail, 'shop' | 'key'>, signal: AbortSignal): Promise<boolean>
  /** Whether messages would leave now: connects and signs in, sends nothing. Throws the signal's reason alone. */
  check(signal: AbortSignal): Promise<MailState>
}

/** Where messages lie that were written down instead of sent. */
export type MessageOutbox = {
  /** Removes messages from before `before`; gives how many. */
  tidy(before: Date, signal: AbortSignal): Promise<number>
  /** Removes messages that were asked for in one of the sessions or went to one of the addresses; gives how many. */
  forget(whose: { sessions: SessionId[]; addresses: string[] }, signal: AbortSignal): Promise<number>
}
