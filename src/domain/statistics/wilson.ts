import type { Interval } from './clopper-pearson.ts'

/** The normal distribution's 95 % point: each limit holds by itself, both together are a 90 % interval. */
const Z = 1.6448536269514722

/** Score limits for `hits` of `trials`, each one-sided 95 %. With no trials: 0 and 1. Source: Wilson 1927. */
export function wilson(hits: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 }
  const share = hits / trials
  const middle = share + (Z * Z) / (2 * trials)
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials))
  const scale = 1 + (Z * Z) / trials
  // At the ends the limit is exact, whatever rounding says.
  return {
    low: hits === 0 ? 0 : (middle - spread) / scale,
    high: hits === trials ? 1 : (middle + spread) / scale,
  }
}
