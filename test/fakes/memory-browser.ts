import type { Network, Store, Tabs } from '../../web/widget/chat/browser.port.ts'

export type MemoryBrowser = ReturnType<typeof memoryBrowser>

/** One browser with a store its tabs share, turns between them, and a network that can be switched off. */
export function memoryBrowser() {
  const stored = new Map<string, string>()
  const tabs: { changed: Set<(key: string) => void>; network: Set<() => void> }[] = []
  const turns = new Map<string, Promise<unknown>>()
  let online = true
  let shown = true

  return {
    stored,
    setOnline(now: boolean) {
      online = now
      for (const { network } of tabs) for (const listener of [...network]) listener()
    },
    /** Whether its pages are in front. */
    setShown(now: boolean) {
      shown = now
      for (const { network } of tabs) for (const listener of [...network]) listener()
    },
    tab(): { store: Store; network: Network; tabs: Tabs } {
      const self = { changed: new Set<(key: string) => void>(), network: new Set<() => void>() }
      tabs.push(self)
      const tell = (key: string) => {
        for (const other of tabs) if (other !== self) for (const listener of [...other.changed]) listener(key)
      }
      return {
        store: {
          get: (key) => stored.get(key) ?? null,
          set(key, value) {
            if (stored.get(key) === value) return
            stored.set(key, value)
            tell(key)
          },
          remove(key) {
            if (stored.delete(key)) tell(key)
          },
          keys: () => [...stored.keys()],
          watch: (listener) => watched(self.changed, listener),
        },
        network: { online: () => online, shown: () => shown, watch: (listener) => watched(self.network, listener) },
        tabs: {
          async exclusively(name, work, signal) {
            const before = turns.get(name) ?? Promise.resolve()
            const { promise: done, resolve: end } = Promise.withResolvers<void>()
            turns.set(name, Promise.all([before, done]))
            try {
              await Promise.race([before, ended(signal)])
              signal.throwIfAborted()
              return await work()
            } finally {
              end()
            }
          },
        },
      }
    },
  }
}

function watched<Listener>(set: Set<Listener>, listener: Listener): () => void {
  set.add(listener)
  return () => set.delete(listener)
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}
