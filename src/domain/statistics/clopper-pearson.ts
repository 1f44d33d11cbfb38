/** One-sided 95 % limits; both together are a 90 % interval. Source: Clopper and Pearson 1934; the project's gates are one-sided. */
const LEVEL = 0.95

export type Interval = { low: number; high: number }

/** Exact limits for `hits` of `trials`, each holding with 95 %. With no trials: 0 and 1. */
export function clopperPearson(hits: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 }
  return {
    low: hits === 0 ? 0 : inverseBeta(1 - LEVEL, hits, trials - hits + 1),
    high: hits === trials ? 1 : inverseBeta(LEVEL, hits + 1, trials - hits),
  }
}

/** The x for which the regularised incomplete beta function is `p`, to 1e-9, by bisection: it only ever rises. */
function inverseBeta(p: number, a: number, b: number): number {
  let low = 0
  let high = 1
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (regularisedBeta(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** I_x(a, b) by Lentz's continued fraction. Source: Numerical Recipes, section 6.4. */
function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x))
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b
}

const TINY = 1e-300
const away = (value: number) => (Math.abs(value) < TINY ? TINY : value)

function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 300; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    result *= d * c
    if (Math.abs(d * c - 1) < 1e-12) break
  }
  return result
}

/** Lanczos approximation, g = 7, good to 1e-13 for positive arguments. */
function logGamma(x: number): number {
  const sum = LANCZOS.reduce((total, value, index) => (index === 0 ? value : total + value / (x - 1 + index)), 0)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
