import type { Failure } from '../../api-client/desk-client.ts'
import type { Handoff, HandoffDetail, Operator } from '../../api-client/desk-shapes.ts'

/** Which hand-overs the queue shows; part of the address. */
export type Show = 'open' | 'waiting' | 'mine' | 'others' | 'resolved'
export type Place = { show: Show; handoff: string | null }

export type Session =
  | { phase: 'loading' }
  | { phase: 'in'; operator: Operator }
  | { phase: 'out' }
  | { phase: 'failed'; failure: Failure }

export type Row = {
  handoff: Handoff
  /** Said something since this browser last showed it. */
  unread: boolean
  /** No longer what the queue shows, and still there because the list is held. */
  left: boolean
}

export type Queue = {
  phase: 'loading' | 'there' | 'failed'
  failure: Failure | null
  rows: Row[]
  /** Hand-overs that belong here and are not shown yet, because the list is held. */
  fresh: number
  /** There are more on the server. */
  more: boolean
  loadingMore: boolean
  counts: Record<Exclude<Show, 'resolved'>, { count: number; more: boolean }>
}

/** A reply on its way. `waiting`: the connection was lost, it is tried again by itself. `refused`: it will not be sent as it is. */
export type Outgoing = {
  text: string
  clientMessageId: string
  state: 'sending' | 'waiting' | 'refused'
  failure: Failure | null
}

export type Opened = {
  id: string
  phase: 'loading' | 'there' | 'missing' | 'failed'
  failure: Failure | null
  handoff: HandoffDetail | null
  outgoing: Outgoing | null
  draft: string
  /** The action being done, for which its button waits. */
  doing: 'claim' | 'return' | 'resolve' | null
  /** Why the last action was not done; gone with the next one. */
  problem: Failure | null
}

export type Live =
  | { state: 'connecting' }
  | { state: 'on' }
  /** What is shown was true at `since`. */
  | { state: 'lost'; since: Date; retryAt: Date }

export type DeskState = {
  session: Session
  place: Place
  queue: Queue
  opened: Opened | null
  live: Live
  /** Whether single keys are commands. */
  shortcuts: boolean
  /** Ticks, so that times told relative to now stay true. */
  now: Date
  /** The last thing worth telling to who cannot see the screen; a new object each time. */
  said: { text: string } | null
}

/**
 * The desk of one browser: everything but pixels. `state` is replaced, never changed in place, and every listener is told
 * after each change. Methods return at once; what comes of them is in `state`.
 */
export type Desk = {
  readonly state: DeskState
  subscribe(listener: () => void): () => void
  start(): void
  /** Shows another part of the desk and puts it in the address. */
  go(place: Partial<Place>): void
  /** While held (the pointer or the focus is in the list) no row moves, comes or goes. */
  hold(held: boolean): void
  showFresh(): void
  loadMore(): void
  /** Reads everything shown again. */
  refresh(): void
  reconnect(): void
  claim(takeOver: boolean): void
  /** Claims first if nobody has it. */
  reply(text: string): void
  /** Tries the waiting reply now. */
  retryReply(): void
  /** Takes the reply back into the draft, where it was refused. */
  editReply(): void
  setDraft(text: string): void
  giveBack(note: string | null): void
  resolve(note: string | null): void
  setShortcuts(on: boolean): void
  signOut(): void
  dispose(): void
}
