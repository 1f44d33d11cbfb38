import type { DeskState } from './desk.port.ts'

export type Store = {
  readonly state: DeskState
  set(change: Partial<DeskState>): void
  subscribe(listener: () => void): () => void
}

/** Holds the state and tells everybody after each change. */
export function store(first: DeskState): Store {
  let state = first
  const listeners = new Set<() => void>()
  return {
    get state() {
      return state
    },
    set(change) {
      state = { ...state, ...change }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What the desk shows before anything was read. */
export function emptyState(place: DeskState['place'], now: Date, shortcuts: boolean): DeskState {
  const none = { count: 0, more: false }
  return {
    session: { phase: 'loading' },
    place,
    queue: {
      phase: 'loading',
      failure: null,
      rows: [],
      fresh: 0,
      more: false,
      loadingMore: false,
      counts: { open: none, waiting: none, mine: none, others: none },
    },
    opened: null,
    live: { state: 'connecting' },
    shortcuts,
    now,
    said: null,
  }
}
