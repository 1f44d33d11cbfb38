import type { HandoffId, ShopId } from '#domain/ids.ts'
import type { OpeningHours } from '#domain/opening-hours.ts'

/** `renewed`: the time the shopper was told has passed as well, so another was told. */
export type TimerOutcome = 'reminded' | 'escalated' | 'renewed' | 'nothing'

/** What time does to hand-overs nobody has replied to. Every effect is stored once, however often it is asked for. */
export type HandoffTimers = {
  /** Hand-overs whose next timer has come, the longest ago first. */
  due(shop: ShopId, at: Date, limit: number, signal: AbortSignal): Promise<{ id: HandoffId; lookAt: Date }[]>
  /**
   * Does what is due of one at `at`: marks it reminded (the desk hears of it), or escalated (the desk and the shopper hear of it,
   * and the shopper is told another time by `hours`). A reminder that comes too late is left out. Gives what it did.
   */
  fire(shop: ShopId, id: HandoffId, hours: OpeningHours, at: Date, signal: AbortSignal): Promise<TimerOutcome>
  /** Tells the wait anew to everyone for whom the queue has moved or the shop has opened or closed; gives how many. */
  retell(shop: ShopId, hours: OpeningHours, at: Date, signal: AbortSignal): Promise<number>
}
