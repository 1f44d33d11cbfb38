/** Binary-relevance measures of one ranked list of document ids, 0–1. Source: Järvelin and Kekäläinen 2002 (nDCG). */
export function ndcgAt(depth: number, ranked: string[], relevant: ReadonlySet<string>): number {
  const gain = (place: number) => 1 / Math.log2(place + 2)
  const got = ranked.slice(0, depth).reduce((sum, id, place) => sum + (relevant.has(id) ? gain(place) : 0), 0)
  let best = 0
  for (let place = 0; place < Math.min(depth, relevant.size); place += 1) best += gain(place)
  return best === 0 ? 0 : got / best
}

/** Share of the relevant documents among the first `depth`. */
export function recallAt(depth: number, ranked: string[], relevant: ReadonlySet<string>): number {
  return relevant.size === 0 ? 0 : ranked.slice(0, depth).filter((id) => relevant.has(id)).length / relevant.size
}

/** One over the place of the first relevant document among the first `depth`; 0 without one there. */
export function reciprocalRankAt(depth: number, ranked: string[], relevant: ReadonlySet<string>): number {
  const place = ranked.slice(0, depth).findIndex((id) => relevant.has(id))
  return place < 0 ? 0 : 1 / (place + 1)
}

/** Each document once, where its best passage stood. */
export function firstMentions(ids: string[]): string[] {
  return [...new Set(ids)]
}

/** The value below which `share` of the sorted values lie; NaN of none. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((one, two) => one - two)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
