import type { Model } from './logistic.ts'
import type { Operating } from './threshold.ts'

export const PIPELINE = 'builtin-1'

type Calibration = { model: Model; operating: Operating[]; shipped: number; dataHash: string; cases: number }

/** The text of src/rag/gate/weights.ts. */
export function weightsFile({ model, operating, shipped, dataHash, cases }: Calibration): string {
  const point = operating.find(({ target }) => target === shipped)
  if (!point) throw new RangeError('the shipped target was not calibrated')
  const rounded = Object.entries(model.weights).map(([name, value]) => `    ${name}: ${value.toFixed(4)},`)
  const points = operating.map(
    (one) =>
      `    { target: ${one.target}, threshold: ${one.threshold.toFixed(5)}, n: ${one.n}, answered: ${one.answered}, wrong: ${one.wrong}, bound: ${one.bound.toFixed(5)} },`,
  )
  return `import type { GateWeights } from './gate.port.ts'

/**
 * Made by \`node evals/fit-gate.ts\`; not to be edited. Logistic regression with signs held, on ${cases} calibration cases of the demo
 * shop and one near-miss twin for each that has an answer; thresholds from five folds by topic, each the smallest whose one-sided
 * 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, with and without the twins.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: '${PIPELINE}',
  intercept: ${model.intercept.toFixed(4)},
  weights: {
${rounded.join('\n')}
  },
  threshold: ${point.threshold.toFixed(5)},
  target: ${shipped},
  certificate: {
    dataHash: '${dataHash}',
    n: ${point.n},
    answered: ${point.answered},
    wrong: ${point.wrong},
    bound: ${point.bound.toFixed(5)},
  },
  operating: [
${points.join('\n')}
  ],
}
`
}
