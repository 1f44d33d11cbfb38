/** A sample: signals by name, whether the candidate was right, and how much it counts. */
export type Sample = { signals: Record<string, number>; right: boolean; weight: number }
export type Direction = 1 | -1
export type Model = { intercept: number; weights: Record<string, number> }

const STEPS = 4_000
const RATE = 0.5
/** Ridge, per sample: keeps weights small where the data says little. */
const RIDGE = 0.002

/**
 * Logistic regression by projected gradient: a weight never leaves the side its signal may push to, so that nothing learnt from
 * one shop can turn, say, a missing word into a reason to answer. Deterministic.
 */
export function fitLogistic(samples: Sample[], directions: Record<string, Direction>): Model {
  const names = Object.keys(directions)
  const rows = samples.map(({ signals }) => names.map((name) => signals[name] ?? 0))
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  const weights = names.map(() => 0)
  const memory = names.map(() => 1e-8)
  let intercept = 0
  let interceptMemory = 1e-8
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = names.map((_, index) => RIDGE * (weights[index] ?? 0))
    let slope = 0
    for (const [index, sample] of samples.entries()) {
      const row = rows[index] ?? []
      const error = ((sigmoid(dot(row, weights) + intercept) - Number(sample.right)) * sample.weight) / total
      slope += error
      for (let at = 0; at < row.length; at += 1) gradient[at] = (gradient[at] ?? 0) + error * (row[at] ?? 0)
    }
    // AdaGrad: signals that are seldom on learn as fast as those that always are.
    interceptMemory += slope * slope
    intercept -= (RATE * slope) / Math.sqrt(interceptMemory)
    for (const [at, name] of names.entries()) {
      const pull = gradient[at] ?? 0
      memory[at] = (memory[at] ?? 0) + pull * pull
      const moved = (weights[at] ?? 0) - (RATE * pull) / Math.sqrt(memory[at] ?? 1)
      weights[at] = moved * (directions[name] ?? 1) > 0 ? moved : 0
    }
  }
  return { intercept, weights: Object.fromEntries(names.map((name, index) => [name, weights[index] ?? 0])) }
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
const dot = (left: number[], right: number[]) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
