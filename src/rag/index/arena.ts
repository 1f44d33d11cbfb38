/** Elements a block holds; longer records get a block of their own. */
const BLOCK = 1 << 20

type Numbers = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>
type Block<A> = { from: number; values: A; used: number }

/** Many short records in few large arrays: an object or a typed array of its own costs more than a short record. Nothing is ever taken out. */
export type Arena<A> = {
  /** Keeps a copy. Gives where it stands. */
  put(values: A): number
  /** Valid for good, since records never move. */
  view(at: number, length: number): A
  /** What was put so far, in order and without gaps. */
  parts(): A[]
}

/** An arena of arrays as `make` makes them; `first` is what an earlier arena had put. */
export function arena<A extends Numbers>(make: (length: number) => A, first?: A): Arena<A> {
  const blocks: Block<A>[] = first ? [{ from: 0, values: first, used: first.length }] : []

  function roomFor(length: number): Block<A> {
    const last = blocks.at(-1)
    if (last && last.used + length <= last.values.length) return last
    // Positions count what is used, not what was reserved: written out one after another, blocks keep them.
    const fresh = { from: last ? last.from + last.used : 0, values: make(Math.max(BLOCK, length)), used: 0 }
    blocks.push(fresh)
    return fresh
  }

  /** The block of a position; binary, since a large shop has hundreds. */
  function blockOf(at: number): Block<A> | undefined {
    let low = 0
    let high = blocks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((blocks[middle]?.from ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return blocks[low]
  }

  return {
    put(values) {
      const block = roomFor(values.length)
      block.values.set(values, block.used)
      const at = block.from + block.used
      block.used += values.length
      return at
    },
    view(at, length) {
      const block = blockOf(at)
      const start = at - (block?.from ?? 0)
      return (block?.values.subarray(start, start + length) ?? make(0)) as A
    },
    parts: () => blocks.map(({ values, used }) => values.subarray(0, used) as A),
  }
}

/** `fresh` with the values of `from` at its beginning. */
export function grown<A extends { set(from: A): void }>(from: A, fresh: A): A {
  fresh.set(from)
  return fresh
}
