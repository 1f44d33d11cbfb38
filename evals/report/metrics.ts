import { clopperPearson } from '#domain/statistics/clopper-pearson.ts'

/** `low` and `high`: one-sided 95 % limits each (Clopper–Pearson for proportions, bootstrap percentiles otherwise). */
export type Metric = { value: number; low: number; high: number; n: number }
export type GateResult = { name: string; pass: boolean; value: number; bound: number; limit: number }

/** A share with exact limits. With nothing to count it is 0 of 0: value 0, limits 0 and 1. */
export function proportion(hits: number, n: number): Metric {
  return { value: n === 0 ? 0 : hits / n, ...clopperPearson(hits, n), n }
}

const RESAMPLES = 400

/** Any statistic with bootstrap limits; the same seed gives the same limits. */
export function bootstrapped<T>(rows: T[], statistic: (rows: T[]) => number, seed: number): Metric {
  const value = rows.length === 0 ? 0 : statistic(rows)
  if (rows.length === 0) return { value, low: 0, high: 0, n: 0 }
  const next = seeded(seed)
  const draws = Array.from({ length: RESAMPLES }, () =>
    statistic(rows.map(() => rows[Math.floor(next() * rows.length)] as T)),
  ).sort((left, right) => left - right)
  return {
    value,
    low: draws[Math.floor(RESAMPLES * 0.05)] ?? value,
    high: draws[Math.floor(RESAMPLES * 0.95)] ?? value,
    n: rows.length,
  }
}

/** The `share`-quantile of the values, nearest rank. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Numbers in [0, 1) that depend on the seed alone. Source: mulberry32, public domain. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
