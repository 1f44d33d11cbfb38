import type { ShopId } from '#domain/ids.ts'
import type { EventEffects } from './event-effects.port.ts'

/**
 * `waiting`: accepted, not yet looked at. `applied`: it took effect. `superseded`: something newer was known already. `early`: kept
 * until what it is about arrives. `unhandled`: kept for a handler of its own. `parked`: it cannot be applied, the problem says why.
 */
export type EventState = 'waiting' | 'applied' | 'superseded' | 'early' | 'unhandled' | 'parked'

export type NewEvent = {
  source: string
  id: string
  type: string
  subject: string | null
  sequence: string | null
  /** UTC with nine decimals. */
  stampedAt: string
  /** JSON text. */
  data: string | null
  state: 'waiting' | 'unhandled'
}
export type WaitingEvent = Omit<NewEvent, 'state'> & { attempts: number }
export type EventName = { source: string; id: string }
export type EventOutcome = EventName & { state: 'applied' | 'superseded' | 'early' }
export type EventProblem = { code: string; message: string }
export type ListedEvent = EventName & {
  type: string
  subject: string | null
  sequence: string | null
  state: EventState
  attempts: number
  receivedAt: Date
  settledAt: Date | null
  problem: EventProblem | null
}

/** Every event a shop was sent, once by source and id. */
export type Inbox = {
  /** Keeps those that are new, in order, in one transaction, and knocks on `inbox` when some are to be applied. */
  add(
    shop: ShopId,
    events: NewEvent[],
    at: Date,
    signal: AbortSignal,
  ): Promise<{ accepted: number; duplicates: number }>
  /**
   * Takes up to `most` waiting events whose time has come, oldest first, and gives `work` what it needs to apply them; what it
   * does and the states it gives are one transaction, and none of it happened when it throws. Events another process holds are
   * left out. Gives how many were taken.
   */
  settle(
    shop: ShopId,
    most: number,
    at: Date,
    work: (events: WaitingEvent[], effects: EventEffects) => Promise<EventOutcome[]>,
    signal: AbortSignal,
  ): Promise<number>
  /** One more attempt failed: looked at again at `lookAgainAt`, or parked when that is null. */
  failed(
    shop: ShopId,
    event: EventName,
    problem: EventProblem,
    lookAgainAt: Date | null,
    at: Date,
    signal: AbortSignal,
  ): Promise<void>
  /** Newest first. Throws Fault user `db.cursor.invalid`. */
  list(
    shop: ShopId,
    page: { states: EventState[]; cursor: string | null; limit: number },
    signal: AbortSignal,
  ): Promise<{ items: ListedEvent[]; nextCursor: string | null }>
  /**
   * Forgets events of these states that were received before, at most `limit`, and gives how many; a repeat of one is then taken
   * in again, and changes nothing, since what is newer is known.
   */
  forget(shop: ShopId, states: EventState[], before: Date, limit: number, signal: AbortSignal): Promise<number>
}
