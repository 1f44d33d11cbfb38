import type {
  Claimer,
  ClaimOutcome,
  CloseOutcome,
  Handoff,
  HandoffDetail,
  HandoffStore,
  Person,
  ReplyOutcome,
} from '#db/desk/handoffs.port.ts'
import type { HandoffResolution } from '#domain/answer.ts'
import type { ConversationId, HandoffId, ShopId } from '#domain/ids.ts'

/** What the desk hears of; contents are fetched. `ready`: at the start, and when knocks may have been missed. */
export type DeskEvent =
  | { event: 'ready'; data: Record<string, never> }
  | { event: 'handoff'; data: { id: HandoffId; conversationId: ConversationId; status: Handoff['status'] } }
  | { event: 'message'; data: { handoffId: HandoffId; conversationId: ConversationId; role: string } }

/** What people of a shop do with its hand-overs; see HandoffStore for each transition. */
export type Desk = {
  list: HandoffStore['list']
  get(shop: ShopId, id: HandoffId, signal: AbortSignal): Promise<HandoffDetail | null>
  claim(shop: ShopId, id: HandoffId, person: Claimer, takeOver: boolean, signal: AbortSignal): Promise<ClaimOutcome>
  /** Card numbers and passwords are masked before anything is stored. */
  reply(
    shop: ShopId,
    id: HandoffId,
    person: Person,
    said: { text: string; clientMessageId: string },
    signal: AbortSignal,
  ): Promise<ReplyOutcome>
  close(
    shop: ShopId,
    id: HandoffId,
    person: Person,
    closing: { resolution: HandoffResolution; note: string | null },
    signal: AbortSignal,
  ): Promise<CloseOutcome>
  /** `ready` first, then what happens in the shop until the signal aborts. */
  follow(shop: ShopId, signal: AbortSignal): AsyncIterable<DeskEvent>
}
