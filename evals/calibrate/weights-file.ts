import type { Certified, GateWeights } from '#rag/gate/gate.port.ts'
import type { Model } from './logistic.ts'

export const PIPELINE = 'builtin-1'

type Calibration = {
  model: Model
  operating: GateWeights['operating']
  target: number
  dataHash: string
  cases: number
  observed: number
}

/** The text of src/rag/gate/weights.ts. */
export function weightsFile({ model, operating, target, dataHash, cases, observed }: Calibration): string {
  const rounded = Object.entries(model.weights).map(([name, value]) => `    ${name}: ${value.toFixed(4)},`)
  const certified = ({ threshold, n, answered, wrong, bound }: Certified) =>
    `{ threshold: ${threshold.toFixed(4)}, n: ${n}, answered: ${answered}, wrong: ${wrong}, bound: ${bound.toFixed(4)} }`
  const points = operating.map(
    (one) =>
      `    { target: ${one.target}, strata: { ${Object.entries(one.strata)
        .map(([name, proof]) => `${name}: ${certified(proof)}`)
        .join(', ')} } },`,
  )
  return `import type { GateWeights } from './gate.port.ts'

/**
 * Made by \`node evals/fit-gate.ts\`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: '${PIPELINE}',
  intercept: ${model.intercept.toFixed(4)},
  weights: {
${rounded.join('\n')}
  },
  dataHash: '${dataHash}',
  cases: ${cases},
  observed: ${observed},
  target: ${target},
  operating: [
${points.join('\n')}
  ],
}
`
}
