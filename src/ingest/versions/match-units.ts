/** Units that stand between two places where both sides say the same. */
export type Gap = { before: number[]; after: number[] }

/** Above this many pairs a gap is not looked into any more, so that two texts without anything in common cost nothing. */
const MOST_PAIRS = 250_000

/**
 * Where two sequences differ, as indexes into each, in order. First what stands once on both sides holds them together (patience
 * difference), then each gap is matched by its longest common subsequence. About n log n, and 250,000 comparisons a gap.
 */
export function gapsBetween(before: string[], after: string[]): Gap[] {
  const gaps: Gap[] = []
  let [fromBefore, fromAfter] = [0, 0]
  const close = (toBefore: number, toAfter: number) => {
    gaps.push(...innerGaps(before, after, [fromBefore, toBefore], [fromAfter, toAfter]))
    fromBefore = toBefore + 1
    fromAfter = toAfter + 1
  }
  for (const [left, right] of anchors(before, after)) close(left, right)
  close(before.length, after.length)
  return gaps
}

/** Pairs of places of what stands once on both sides, rising on both. */
function anchors(before: string[], after: string[]): [number, number][] {
  const [left, right] = [once(before), once(after)]
  const pairs = [...left].flatMap(([text, at]): [number, number][] => {
    const other = right.get(text)
    return other === undefined ? [] : [[at, other]]
  })
  return longestRising(pairs)
}

function once(texts: string[]): Map<string, number> {
  const places = new Map<string, number>()
  texts.forEach((text, at) => {
    places.set(text, places.has(text) ? -1 : at)
  })
  for (const [text, at] of places) if (at < 0) places.delete(text)
  return places
}

/** Of pairs that rise on the left, the most that rise on the right as well. */
function longestRising(pairs: [number, number][]): [number, number][] {
  const piles: number[] = []
  const previous: number[] = []
  pairs.forEach(([, right], at) => {
    let [low, high] = [0, piles.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[piles[middle] ?? 0]?.[1] ?? 0) < right) low = middle + 1
      else high = middle
    }
    previous[at] = low > 0 ? (piles[low - 1] ?? -1) : -1
    piles[low] = at
  })
  const rising: [number, number][] = []
  for (let at = piles.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) rising.push(pairs[at] as [number, number])
  return rising.reverse()
}

function innerGaps(before: string[], after: string[], left: [number, number], right: [number, number]): Gap[] {
  const [rows, columns] = [range(...left), range(...right)]
  if (rows.length === 0 && columns.length === 0) return []
  if (rows.length * columns.length > MOST_PAIRS) return [{ before: rows, after: columns }]
  const width = columns.length + 1
  // lengths[row * width + column]: the longest common subsequence of what follows both.
  const lengths = new Uint32Array((rows.length + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  const same = (row: number, column: number) => before[rows[row] ?? -1] === after[columns[column] ?? -1]
  for (let row = rows.length - 1; row >= 0; row--)
    for (let column = columns.length - 1; column >= 0; column--)
      lengths[row * width + column] = same(row, column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1))
  const gaps: Gap[] = []
  let open: Gap = { before: [], after: [] }
  let [row, column] = [0, 0]
  while (row < rows.length || column < columns.length) {
    if (row < rows.length && column < columns.length && same(row, column)) {
      gaps.push(open)
      open = { before: [], after: [] }
      row += 1
      column += 1
    } else if (column >= columns.length || (row < rows.length && at(row + 1, column) >= at(row, column + 1)))
      open.before.push(rows[row++] as number)
    else open.after.push(columns[column++] as number)
  }
  return [...gaps, open].filter((gap) => gap.before.length > 0 || gap.after.length > 0)
}

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at)
