import type { SessionId } from '#domain/ids.ts'
import type { Owner, Transcript } from './conversations.port.ts'

/** Everything we keep of a shopper, as JSON for them to take away. Times are ISO 8601 UTC once written out. */
export type PersonalDataExport = {
  sessions: {
    id: string
    customer: { id: string; name: string | null; email: string | null } | null
    locale: string | null
    region: string | null
    createdAt: Date
    unlockedOrders: string[]
    /** Which version of the privacy notice they agreed to, and when. */
    consent: { version: string; at: Date } | null
  }[]
  conversations: Transcript[]
  handoffs: {
    id: string
    conversationId: string
    reason: string
    status: string
    contact: string | null
    /** What people of the shop noted when they closed it. */
    notes: string[]
    createdAt: Date
  }[]
}

export type ErasedCounts = { conversations: number; messages: number; handoffs: number; feedback: number }

/** A shopper's right to see and to erase: for an anonymous session its own data, for a proven customer that of all their sessions. */
export type PersonalData = {
  exportAll(owner: Owner, signal: AbortSignal): Promise<PersonalDataExport>
  /**
   * Blanks every text, answer, trace, name and contact in one transaction; that there was a conversation, and its counts, stay.
   * Responses kept for an Idempotency-Key go too, also of requests that are still running; but for the one whose hashed key is
   * `ownKey`, which this erasure runs under.
   */
  erase(owner: Owner, at: Date, ownKey: string | null, signal: AbortSignal): Promise<ErasedCounts>
  /** The owner's sessions, and the e-mail addresses known from them. */
  reachedAt(owner: Owner, signal: AbortSignal): Promise<{ sessions: SessionId[]; addresses: string[] }>
}
