import type { HandoffReason } from '#domain/answer.ts'
import type { ConversationId, HandoffId, ShopId } from '#domain/ids.ts'
import type { Owner } from '../support/conversations.port.ts'

/** What the person who takes over needs, so that nothing is asked twice. Plain JSON. */
export type HandoffPacket = {
  question: string | null
  transcript: { role: string; text: string; at?: string }[]
  identity: { customerId: string | null; name: string | null; email: string | null; contact: string | null }
  orders: unknown[]
  retrieved: unknown
  tried: string[]
  reason: HandoffReason
  summary: string | null
  suggestedReply: string | null
}

/** `dueAt` is when a person is to have replied, by the shop's opening hours. */
export type NewHandoff = {
  id: HandoffId
  reason: HandoffReason
  queue: string
  dueAt: Date
  contact: string | null
  packet: HandoffPacket
  at: Date
}

export type Handoff = {
  id: HandoffId
  conversation: ConversationId
  reason: HandoffReason
  status: 'waiting' | 'claimed' | 'resolved'
  queue: string
  dueAt: Date
  contact: string | null
  packet: HandoffPacket
  claimedBy: string | null
  claimedAt: Date | null
  resolvedAt: Date | null
  createdAt: Date
}

/** Conversations that wait for a person or have one. At most one hand-over of a conversation is open. */
export type HandoffStore = {
  /** Opens one, or joins the open one (which keeps its id and reason, and gets the newest packet and contact). Null: not the owner's conversation. */
  open(owner: Owner, conversation: ConversationId, handoff: NewHandoff, signal: AbortSignal): Promise<Handoff | null>
  /** Waiting first and the soonest due first; `cursor` is the last page's `nextCursor`. */
  list(
    shop: ShopId,
    page: { status: Handoff['status'] | null; cursor: string | null; limit: number },
    signal: AbortSignal,
  ): Promise<{ items: Handoff[]; nextCursor: string | null }>
  /** From then on the assistant is silent in the conversation. Null unless it was waiting. */
  claim(shop: ShopId, id: HandoffId, person: string, at: Date, signal: AbortSignal): Promise<Handoff | null>
  /** The next question opens a new topic: what the assistant remembered of the old one is gone. Null unless it was open. */
  resolve(shop: ShopId, id: HandoffId, at: Date, signal: AbortSignal): Promise<Handoff | null>
}
