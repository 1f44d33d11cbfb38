import type { ChunkId, ConversationId, DocumentId, HandoffId, MessageId, OrderId } from './ids.ts'
import type { Money } from './money.ts'

export type AnswerOutcome = 'answered' | 'clarify' | 'handed_off' | 'declined'
export type AnswerRoute = 'knowledge' | 'product' | 'order' | 'smalltalk' | 'person'
export type HandoffReason =
  | 'low_confidence'
  | 'frustration'
  | 'out_of_scope'
  | 'requested'
  | 'policy_exception'
  | 'conflict'
  | 'failure'

/**
 * How a cited passage stands now: `changed` when its document is in force but no longer holds it, `gone` when the document
 * was retired or is out of its validity. A fresh answer cites what is `current`.
 */
/** A typed field of a document's record as it was said, for example `weight`, `3.1 kg`. */
export type ListedField = { name: string; value: string }

export type CitationState = 'current' | 'changed' | 'gone'

/** `quote` stands word for word in the text of `chunkId` as it was at the time of the answer. */
export type Citation = {
  documentId: DocumentId
  chunkId: ChunkId
  title: string
  url: string | null
  quote: string
  updatedAt: string
  /** BCP 47 of the passage; null where nobody can tell. */
  language: string | null
  state: CitationState
  /** Set where the fact stands in the document's typed fields instead of its text; the quote then shows the listing. */
  field: ListedField | null
}

export type ProductCard = {
  documentId: DocumentId
  sku: string | null
  title: string
  url: string | null
  price: Money | null
  availability: string | null
  image: { url: string; alt: string | null } | null
  /** When price and availability were read. */
  asOf: string
}

/**
 * A case on an order, as its customer may know it. `requested`: asked for, nobody has agreed yet; `agreed`: being carried out;
 * `done`: carried out, with its receipt in `text`; `declined`: a person did not agree; `closed`: over, and nothing was changed.
 */
export type OrderCase = {
  id: string
  /** In plain words, in the answer's language. */
  what: string
  state: 'investigating' | 'requested' | 'agreed' | 'waiting' | 'with_person' | 'declined' | 'done' | 'closed'
  /** `state` in a word or two, in the answer's language. */
  stateText: string
  /** How it stands, in a sentence or two. */
  text: string
  /** By when it is decided, ISO 8601 UTC; null once it is. */
  decidedBy: string | null
}

export type OrderCard = {
  orderId: OrderId
  status: string
  statusText: string
  items: { sku: string; name: string; quantity: number }[]
  carrier: string | null
  tracking: string | null
  lastEvent: { at: string; description: string } | null
  expectedBy: string | null
  /** What should happen next, in the answer's language; null when nothing is awaited. */
  nextExpected: { what: string; by: string | null } | null
  /** What was asked for or went wrong, newest change first; open ones, and those of which something came. */
  cases: OrderCase[]
  /** When the order system was asked. */
  asOf: string
}

/** A page near to what was asked, offered where there is no answer. */
export type RelatedPage = { documentId: DocumentId; title: string; url: string | null }
export type AnswerOption = { label: string; value: string }
export type Receipt = { tool: string; subject: string; at: string }
export type GateVerdict = { threshold: number; passed: boolean; reason: string }
export type ModelUse = { name: string; inputTokens: number; outputTokens: number; costMicros: number }

export type HandoffStatus = 'waiting' | 'claimed' | 'resolved'
/** `returned`: the assistant answers on; `resolved`: the topic is done. */
export type HandoffResolution = 'resolved' | 'returned'

/** What a shopper is told of a hand-over, as it is now. */
export type HandoffNotice = {
  id: HandoffId
  reason: HandoffReason
  status: HandoffStatus
  /** Null once a person has replied, and once it is closed. */
  expectedReplyBy: string | null
  resolution: HandoffResolution | null
  /** Who has it, or had it when it was closed. */
  person: { name: string } | null
  /** Where the shopper wants to be reached, as they gave it. */
  contact: string | null
  /** While waiting: how many wait before it, whether the shop is open, and when it opens next. */
  wait: { ahead: number; open: boolean; opensAt: string | null } | null
}

/** What `POST /v1/conversations/{id}/messages` returns. Times are ISO 8601 UTC. */
export type Answer = {
  id: MessageId
  conversationId: ConversationId
  outcome: AnswerOutcome
  route: AnswerRoute
  text: string
  /** BCP 47 of `text`. */
  language: string
  citations: Citation[]
  products: ProductCard[]
  orders: OrderCard[]
  options: AnswerOption[]
  /** At most three; empty unless a question about the shop's content was not answered. */
  related: RelatedPage[]
  /** What the shopper has to do first: prove that an order is theirs. */
  needs: 'order_proof' | null
  /** The shopper stopped it; `text` is what had been sent by then. */
  stopped: boolean
  /** 0–1; what the gate compared with its threshold. */
  confidence: number
  gate: GateVerdict
  cache: 'hit' | 'miss' | 'bypass'
  handoff: HandoffNotice | null
  receipts: Receipt[]
  model: ModelUse
  latencyMs: number
  traceId: string
}
