/** The slots that share a name, in order of arrival. */
export type SlotLists = {
  add(name: string, slot: number): void
  remove(name: string, slot: number): void
  of(name: string): readonly number[]
}

/** Most names have one slot, which then costs no list. */
export function slotLists(): SlotLists {
  const lists = new Map<string, number | number[]>()
  return {
    add(name, slot) {
      const known = lists.get(name)
      if (known === undefined) lists.set(name, slot)
      else if (typeof known === 'number') lists.set(name, [known, slot])
      else known.push(slot)
    },
    remove(name, slot) {
      const known = lists.get(name)
      if (known === slot) lists.delete(name)
      if (typeof known !== 'object') return
      const left = known.filter((other) => other !== slot)
      lists.set(name, left.length === 1 ? (left[0] as number) : left)
    },
    of(name) {
      const known = lists.get(name)
      if (known === undefined) return []
      return typeof known === 'number' ? [known] : known
    },
  }
}
