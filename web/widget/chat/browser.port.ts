import type { PurserClient } from '../../api-client/client.ts'
import type { BrowserClock } from '../../browser-clock.ts'

/** Strings kept by this browser for this page's origin. Nothing here throws: what cannot be stored lasts as long as the page. */
export type Store = {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
  /** Told when another tab changed something; returns how to stop. */
  watch(listener: (key: string) => void): () => void
}

export type Network = {
  online(): boolean
  /** Whether the page is in front; what nobody can see is not followed. */
  shown(): boolean
  /** Told on every change; returns how to stop. */
  watch(listener: () => void): () => void
}

export type Tabs = {
  /** Runs `work` while no other tab runs work of the same name; waits for its turn. Rejects with the signal's reason. */
  exclusively<Result>(name: string, work: () => Promise<Result>, signal: AbortSignal): Promise<Result>
}

/** What the conversation needs of the browser. `chance` gives 0–1. */
export type ChatPorts = {
  client: PurserClient
  publicKey: string
  locale: string
  /** The shop's signed token for who is signed in, as of now. */
  identityToken(): string | null
  store: Store
  network: Network
  tabs: Tabs
  clock: BrowserClock
  ids: { make(): string }
  chance(): number
}
