/** What is kept across pages; every access may throw where a browser blocks storage, which then counts as empty. */
export type Memory = {
  read(name: string): string | null
  write(name: string, value: string | null): void
}

/** Memory in `storage`, which is asked for each time since asking itself may throw. */
export function memory(storage: () => Storage): Memory {
  return {
    read(name) {
      try {
        return storage().getItem(name)
      } catch {
        return null
      }
    },
    write(name, value) {
      try {
        if (value === null) storage().removeItem(name)
        else storage().setItem(name, value)
      } catch {
        // Blocked or full: the next page begins closed, nothing else is lost.
      }
    },
  }
}
