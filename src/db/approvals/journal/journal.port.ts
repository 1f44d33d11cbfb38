import type { ActionId, CaseId, ShopId } from '#domain/ids.ts'
import type { ActionRow } from '../locked/actions.port.ts'

/** The journal as it is kept, for reading. */
export type JournalStore = {
  load(shop: ShopId, id: ActionId, signal: AbortSignal): Promise<ActionRow | null>
  ofCase(shop: ShopId, caseId: CaseId, signal: AbortSignal): Promise<ActionRow[]>
  /** `sending` or `unknown`, and nobody is at it at `now`. Oldest first. */
  unsettled(shop: ShopId, now: Date, limit: number, signal: AbortSignal): Promise<ActionRow[]>
  /** `authorised`, due at `now`, and no switch stops it. Oldest first. */
  ready(shop: ShopId, now: Date, limit: number, signal: AbortSignal): Promise<ActionRow[]>
  /** Ends the time of every sender; gives how many there were. */
  releaseSenders(shop: ShopId, now: Date, signal: AbortSignal): Promise<number>
}
