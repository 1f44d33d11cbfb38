/**
 * The order in which rows are shown. Free, it is `wanted`. Held, every row stays where it is, those that no longer belong
 * too, and what is new waits; `fresh` counts it.
 */
export function arrange(shown: string[], wanted: string[], held: boolean): { shown: string[]; fresh: number } {
  if (!held) return { shown: wanted, fresh: 0 }
  const there = new Set(shown)
  return { shown, fresh: wanted.filter((id) => !there.has(id)).length }
}
