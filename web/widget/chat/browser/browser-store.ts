import type { Store } from '../browser.port.ts'

/** localStorage. Where it is blocked or full, what it does not take is kept as long as the page. */
export function browserStore(storage = localStorageOrNull()): Store {
  // What storage would not take. Null marks what it should have forgotten.
  const own = new Map<string, string | null>()
  const guarded = <Value>(work: (storage: Storage) => Value, otherwise: Value): Value => {
    try {
      return storage ? work(storage) : otherwise
    } catch {
      return otherwise
    }
  }
  return {
    get: (key) => (own.has(key) ? (own.get(key) ?? null) : guarded((there) => there.getItem(key), null)),
    set(key, value) {
      const stored = guarded((there) => {
        there.setItem(key, value)
        return there.getItem(key) === value
      }, false)
      if (stored) own.delete(key)
      else own.set(key, value)
    },
    remove(key) {
      const removed = guarded((there) => {
        there.removeItem(key)
        return true
      }, false)
      if (removed || !storage) own.delete(key)
      else own.set(key, null)
    },
    keys() {
      const there = guarded((some) => Object.keys(some), [] as string[])
      return [...new Set([...there, ...own.keys()])].filter((key) => own.get(key) !== null)
    },
    watch(listener) {
      const changed = ({ key }: StorageEvent) => {
        if (key !== null) listener(key)
      }
      addEventListener('storage', changed)
      return () => removeEventListener('storage', changed)
    },
  }
}

function localStorageOrNull(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
