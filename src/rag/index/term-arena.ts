/** Numbers a block holds; records longer than this get a block of their own. */
const BLOCK = 1 << 18

export type TermArena = {
  /** Keeps a copy of the numbers. Gives where. */
  put(values: Uint32Array): { block: number; start: number }
  view(place: { block: number; start: number; length: number }): Uint32Array
}

/** Many short runs of numbers in few large arrays: a typed array of its own costs more than a short passage's terms. */
export function termArena(): TermArena {
  const blocks: Uint32Array[] = []
  let used = BLOCK
  return {
    put(values) {
      if (used + values.length > BLOCK) {
        blocks.push(new Uint32Array(Math.max(BLOCK, values.length)))
        used = 0
      }
      const place = { block: blocks.length - 1, start: used }
      blocks[place.block]?.set(values, place.start)
      used += values.length
      return place
    },
    view: ({ block, start, length }) => blocks[block]?.subarray(start, start + length) ?? new Uint32Array(0),
  }
}
