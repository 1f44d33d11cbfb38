import { tryReadJson } from '#domain/foreign-json.ts'
import { isRecord } from '../../../api-client/reply.ts'
import type { BrowserClock } from '../../../browser-clock.ts'
import type { Store, Tabs } from '../browser.port.ts'

/** How long a tab's hold outlives it where there are no Web Locks, and how often it is renewed and looked at, in milliseconds. */
const HOLD_MS = 6_000
const RENEW_MS = 2_000
const LOOK_MS = 250
/** Two tabs that take a free hold at once see by then which of them wrote last. */
const SETTLE_MS = 50

/** Turns between tabs: Web Locks, or notes in the store where a page has none (without TLS). Source: https://w3c.github.io/web-locks/ */
export function browserTabs(
  store: Store,
  clock: BrowserClock,
  makeId: () => string,
  locks: LockManager | undefined = navigator.locks,
): Tabs {
  const self = makeId()
  if (locks)
    return {
      // The lock's own promise also carries the work's result.
      exclusively: (name, work, signal) => locks.request(`purser:${name}`, { signal }, work) as Promise<never>,
    }
  return {
    async exclusively(name, work, signal) {
      const key = `purser:hold:${name}`
      while (!(await taken(key, signal))) await clock.sleep(LOOK_MS, signal)
      const done = new AbortController()
      void renew(key, done.signal)
      try {
        return await work()
      } finally {
        done.abort()
        if (holder(key) === self) store.remove(key)
      }
    },
  }

  async function taken(key: string, signal: AbortSignal): Promise<boolean> {
    const current = holder(key)
    if (current !== null && current !== self) return false
    hold(key)
    await clock.sleep(SETTLE_MS, signal)
    return holder(key) === self
  }

  async function renew(key: string, done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      hold(key)
      await clock.sleep(RENEW_MS, done).catch(() => {})
    }
  }

  function hold(key: string): void {
    store.set(key, JSON.stringify({ by: self, until: clock.now().getTime() + HOLD_MS }))
  }

  function holder(key: string): string | null {
    const note = tryReadJson(store.get(key) ?? 'null')
    return isRecord(note) && Number(note.until) > clock.now().getTime() ? String(note.by) : null
  }
}
