import type {
  Answer,
  Feedback,
  HandoffNotice,
  MyData,
  ProgressStage,
  Receipt,
  WidgetConfig,
} from '../api-client/shapes.ts'

/** One line of the conversation as it is shown, oldest first. `key` stays the same as long as the line is there. */
export type Entry =
  | { kind: 'shopper'; key: string; text: string; at: Date; state: 'queued' | 'sending' | 'sent' | 'failed' }
  /**
   * `text` only ever grows. `working`: no text yet, `stages` says what is being done, in order. `stopped`: the shopper
   * stopped it, what was shown stays. `answer` is there once it is complete. `silent` answers are no entries.
   */
  | {
      kind: 'assistant'
      key: string
      text: string
      at: Date
      state: 'working' | 'streaming' | 'done' | 'stopped'
      stages: ProgressStage[]
      answer: Answer | null
      feedback: Feedback | null
    }
  | { kind: 'person'; key: string; text: string; at: Date; name: string | null }
  /** A change of the hand-over, told as a line of its own: waiting, claimed (by whom), returned to the assistant, resolved. */
  | { kind: 'handoff'; key: string; at: Date; notice: HandoffNotice }

/** What is wrong at the moment, in the order of how much it says. Each is shown plainly with what is kept and what to do. */
export type Failure =
  | { what: 'offline' }
  | { what: 'rate_limited'; until: Date }
  /** No or no usable answer from the server: away (503 and network), broken (500), too slow, or unreadable. */
  | { what: 'unreachable' | 'server' | 'timeout' | 'malformed'; retryAt: Date | null; traceId: string | null }
  /** The shop does not let this page open sessions, or the key is unknown: nothing the shopper can do. */
  | { what: 'not_allowed'; code: string }

/** Proving that an order is the shopper's; `code` once an e-mail is on its way. */
export type OrderProof =
  | { step: 'none' }
  | { step: 'ask' }
  | { step: 'sending' }
  | { step: 'code'; expiresAt: Date; refused: boolean }
  | { step: 'checking' }
  | { step: 'unlocked'; orderId: string }

export type ChatState = {
  /** `consent`: nothing is sent or stored until the notice was accepted. `unavailable`: see `failure`. */
  phase: 'loading' | 'consent' | 'ready' | 'unavailable'
  config: WidgetConfig | null
  entries: Entry[]
  connection: 'online' | 'offline' | 'reconnecting'
  failure: Failure | null
  /** An answer is being made. */
  busy: boolean
  /** The open hand-over, or null. */
  handoff: HandoffNotice | null
  proof: OrderProof
  customer: { name: string | null } | null
  draft: string
  /** Lines that came while the panel was closed. */
  unread: number
  /**
   * Why the lines that were here are gone, until something is sent: `expired` (this browser was not seen for too long, or
   * the shop's retention ended), `identity` (somebody else is signed in now), `erased` (the shopper wished it).
   */
  begunAnew: null | 'expired' | 'identity' | 'erased'
}

/**
 * The conversation of this browser with the shop: everything but pixels. `state` is replaced, never changed in place, and
 * every listener is told after each change. Methods resolve when what they did is in `state`; they never reject for what
 * `state.failure` can say.
 */
export type Chat = {
  readonly state: ChatState
  subscribe(listener: () => void): () => void
  /** Reads the shop's settings and what this browser kept, and goes on where it was. Calling it again does nothing. */
  start(): Promise<void>
  /** Whether the panel is open and seen; live updates are followed only then. */
  seen(visible: boolean): void
  acceptPrivacy(): Promise<void>
  /** Queues while offline. Empty text and text over 4,000 characters are refused with `false`. Card numbers and passwords are masked before it leaves. */
  send(text: string): Promise<boolean>
  setDraft(text: string): void
  /** Tries again what failed; with a key that one message. */
  retry(key?: string): Promise<void>
  stop(): Promise<void>
  askForPerson(wish: { reason?: string; contact?: string }): Promise<void>
  rate(key: string, feedback: { helpful: boolean; reason?: string; comment?: string }): Promise<void>
  askForProof(): void
  proveOrder(claim: { orderNumber: string; email: string }): Promise<void>
  enterCode(code: string): Promise<void>
  cancelProof(): void
  /** Rejects with an Error when it cannot be had; `state.failure` says why. So does `eraseMyData`. */
  myData(): Promise<MyData>
  /** Erases on the server and in this browser, and begins anew. */
  eraseMyData(): Promise<Receipt>
  /** Begins another conversation; the old one stays on the server. */
  startOver(): Promise<void>
  dispose(): void
}
