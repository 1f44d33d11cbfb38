import type { ConversationId, HandoffId, ShopId } from '#domain/ids.ts'
import type { Handoff } from './handoffs.port.ts'

/** Something happened that the desk shows: to a hand-over (`status`), or in the conversation of an open one (`role`). */
export type DeskKnock = { shop: ShopId; handoff: HandoffId; conversation: ConversationId } & (
  | { kind: 'handoff'; status: Handoff['status'] }
  | { kind: 'message'; role: string }
)

export type DeskKnocks = {
  /** Calls `onKnock` after every commit that touched the shop's desk; null: knocks may have been missed. Returns what stops it. */
  listen(shop: ShopId | null, onKnock: (knock: DeskKnock | null) => void): () => void
}
