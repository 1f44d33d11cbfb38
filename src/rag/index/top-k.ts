/** Keeps the `size` entries of highest score; among equal scores those of lowest `rank`, so that order never depends on arrival. */
export function topK(size: number, rank: (key: number) => number = (key) => key) {
  const keys = new Uint32Array(size)
  const scores = new Float64Array(size)
  let length = 0

  /** Whether the entry at heap place `one` is worse than the one at `two`. */
  const worse = (one: number, two: number) => {
    const [a, b] = [scores[one] ?? 0, scores[two] ?? 0]
    return a < b || (a === b && rank(keys[one] ?? 0) > rank(keys[two] ?? 0))
  }
  const swap = (one: number, two: number) => {
    const [key, score] = [keys[one] ?? 0, scores[one] ?? 0]
    keys[one] = keys[two] ?? 0
    scores[one] = scores[two] ?? 0
    keys[two] = key
    scores[two] = score
  }
  const sink = () => {
    let place = 0
    for (;;) {
      const left = 2 * place + 1
      if (left >= length) return
      const child = left + 1 < length && worse(left + 1, left) ? left + 1 : left
      if (!worse(child, place)) return
      swap(child, place)
      place = child
    }
  }

  return {
    offer(key: number, score: number): void {
      if (length < size) {
        let place = length
        length += 1
        keys[place] = key
        scores[place] = score
        while (place > 0 && worse(place, (place - 1) >> 1)) {
          swap(place, (place - 1) >> 1)
          place = (place - 1) >> 1
        }
        return
      }
      const least = scores[0] ?? 0
      if (size === 0 || score < least || (score === least && rank(key) > rank(keys[0] ?? 0))) return
      keys[0] = key
      scores[0] = score
      sink()
    },
    /** What a score has to reach: the least kept once `size` are, 0 before. */
    bar: () => (length < size ? 0 : (scores[0] ?? 0)),
    /** Best first. */
    entries(): { key: number; score: number }[] {
      return Array.from({ length }, (_, place) => ({ key: keys[place] ?? 0, score: scores[place] ?? 0 })).sort(
        (one, two) => two.score - one.score || rank(one.key) - rank(two.key),
      )
    },
  }
}
