import type { HandoffReason, HandoffResolution, HandoffStatus, OrderCard } from '#domain/answer.ts'
import type { HandoffWait } from '#domain/handoff-wait.ts'
import type { ConversationId, HandoffId, MessageId, OrderId, ShopId } from '#domain/ids.ts'
import type { OpeningHours } from '#domain/opening-hours.ts'
import type { Owner, TranscriptMessage } from '../support/conversations.port.ts'

/** What was found for the question, whether or not it was said. */
export type RetrievedPassage = {
  documentId: string
  title: string | null
  url: string | null
  quote: string | null
  /** 0–1 within its search; null where it was cited. */
  score: number | null
}

/** What the person who takes over needs, so that nothing is asked twice. Plain JSON. */
export type HandoffPacket = {
  question: string | null
  transcript: { role: string; text: string; at: string }[]
  identity: { customerId: string | null; name: string | null; email: string | null; contact: string | null }
  locale: string | null
  /** Orders as they were shown, and ids of orders that are proven to be the shopper's. */
  orders: OrderCard[]
  provenOrders: OrderId[]
  retrieved: RetrievedPassage[]
  /** What the assistant did about it, in order. */
  tried: string[]
  reason: HandoffReason
  summary: string
  suggestedReply: string | null
}

/** Somebody of the shop, or a machine's key that acts for one. */
export type Person = { id: string; name: string }
/** `operator`: one who signed in, so that a claim counts only while they are let in. */
export type Claimer = Person & { operator?: true }

/** `hours` say by when a person is to have replied, and what is told of the wait. */
export type NewHandoff = {
  id: HandoffId
  reason: HandoffReason
  queue: string
  hours: OpeningHours
  contact: string | null
  packet: HandoffPacket
  at: Date
}

export type Handoff = {
  id: HandoffId
  conversation: ConversationId
  reason: HandoffReason
  status: HandoffStatus
  resolution: HandoffResolution | null
  queue: string
  /** When a person is to have replied, as promised when it was opened; or when the shopper wrote again after a reply. */
  dueAt: Date
  /** What the shopper was last told; null once a person has replied or it is closed. */
  expectedAt: Date | null
  wait: Omit<HandoffWait, 'expectedAt' | 'changesAt'> | null
  contact: string | null
  packet: HandoffPacket
  /** Who has it, or had it when it was closed. */
  claimedBy: Person | null
  claimedAt: Date | null
  /** The first reply to what the shopper wrote last; null while one is owed. */
  repliedAt: Date | null
  /** Since the promise that `dueAt` says. */
  remindedAt: Date | null
  escalatedAt: Date | null
  resolvedAt: Date | null
  createdAt: Date
}

export type HandoffChange = {
  change:
    | 'opened'
    | 'claimed'
    | 'taken_over'
    | 'replied'
    | 'returned'
    | 'resolved'
    | 'reminded'
    | 'escalated'
    | 'emailed'
    /** The reply stands in the conversation, but its e-mail was refused, or not taken for days. */
    | 'not_emailed'
    /** Who had it works for the shop no more, so it waits again. */
    | 'released'
  by: Person | null
  note: string | null
  at: Date
}

/** `seenAt`: when the shopper's page said that it showed this message of a person. */
export type DeskMessage = TranscriptMessage & { seenAt: Date | null }
export type HandoffDetail = Handoff & { messages: DeskMessage[]; history: HandoffChange[] }

/** What the conversation already holds for a packet; null: not the owner's conversation. */
export type HandoffMaterial = {
  transcript: HandoffPacket['transcript']
  orders: OrderCard[]
  provenOrders: OrderId[]
  identity: Omit<HandoffPacket['identity'], 'contact'>
  locale: string | null
  /** The assistant's own turns, oldest first. */
  turns: {
    text: string
    outcome: string | null
    stages: string[]
    citations: { documentId: string; title: string; url: string | null; quote: string }[]
    trace: Record<string, unknown>
  }[]
}

/** `by` is who has it. */
export type ClaimOutcome =
  | { outcome: 'claimed'; handoff: Handoff }
  | { outcome: 'already_claimed'; by: Person | null; handoff: Handoff }
  | { outcome: 'already_resolved'; handoff: Handoff }
  | { outcome: 'unknown' }
export type CloseOutcome =
  | { outcome: 'closed'; handoff: Handoff }
  | { outcome: 'already_claimed'; by: Person | null; handoff: Handoff }
  | { outcome: 'already_resolved'; handoff: Handoff }
  | { outcome: 'unknown' }
export type ReplyOutcome =
  | { outcome: 'stored'; message: TranscriptMessage; conversation: ConversationId }
  | { outcome: 'not_claimed'; by: Person | null; handoff: Handoff }
  | { outcome: 'already_resolved'; handoff: Handoff }
  /** The conversation has a reply of this client id with another text. */
  | { outcome: 'other_text' }
  | { outcome: 'unknown' }

/** `mail` is the row made for replies whose shopper may not be there to read them. */
export type NewReply = {
  id: MessageId
  clientMessageId: string
  text: string
  mail: { id: string; sendAt: Date }
  at: Date
}

/**
 * Conversations that wait for a person or have one, as a state machine: waiting → claimed → resolved, and waiting → resolved. At
 * most one of a conversation is open. Every transition is one transaction that locks the conversation first, adds to the history
 * and records an event for the shopper; made twice it changes nothing the second time.
 */
export type HandoffStore = {
  /** Opens one, or joins the open one (which keeps its id, reason and due time, and gets the newest packet and contact). Null: not the owner's conversation. */
  open(owner: Owner, conversation: ConversationId, handoff: NewHandoff, signal: AbortSignal): Promise<Handoff | null>
  /** What was said, shown and tried so far. Null where the conversation is unknown or erased. */
  material(shop: ShopId, conversation: ConversationId, signal: AbortSignal): Promise<HandoffMaterial | null>
  get(shop: ShopId, id: HandoffId, signal: AbortSignal): Promise<HandoffDetail | null>
  /** Waiting first, then the claimed to whom a reply is owed, then those replied to; each the soonest due first, and the closed last, the latest due first; `cursor` is the last page's `nextCursor`. Throws Fault user `db.cursor.invalid`. */
  list(
    shop: ShopId,
    page: { status: HandoffStatus | null; cursor: string | null; limit: number },
    signal: AbortSignal,
  ): Promise<{ items: Handoff[]; nextCursor: string | null }>
  /** From then on the assistant is silent. Of many at once one wins; who has it already has it again; `takeOver` moves it. Throws Fault user `db.operator.removed`. */
  claim(
    shop: ShopId,
    id: HandoffId,
    person: Claimer,
    claim: { takeOver: boolean; at: Date },
    signal: AbortSignal,
  ): Promise<ClaimOutcome>
  /** Stores what its claimer says, once per client id; the first reply to what the shopper wrote ends the timers. A repeat gives what was stored, also after closing. */
  reply(shop: ShopId, id: HandoffId, person: Person, reply: NewReply, signal: AbortSignal): Promise<ReplyOutcome>
  /**
   * Closes what is waiting, or what this person has. `resolved`: the next question opens a new topic, the assistant remembers
   * nothing of the old one. `returned`: the assistant goes on and knows what was said; shopper's messages written after the
   * person's last one and since `answerSince` get its answer. The same again by the same person changes nothing.
   */
  close(
    shop: ShopId,
    id: HandoffId,
    person: Person,
    closing: { resolution: HandoffResolution; note: string | null; answerSince: Date; at: Date },
    signal: AbortSignal,
  ): Promise<CloseOutcome>
}
