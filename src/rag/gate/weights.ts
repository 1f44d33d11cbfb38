import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on 570 calibration cases of the demo
 * shop and one near-miss twin for each that has an answer; thresholds from five folds by topic, each the smallest whose one-sided
 * 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, with and without the twins.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -3.9269,
  weights: {
    quoteCoverage: 0.0,
    contextCoverage: 0.9841,
    passageCoverage: 0.5742,
    rarestMissing: -0.5606,
    unknownShare: 0.0,
    nameMissing: -0.6185,
    valueMissing: -0.3825,
    polarityClash: -2.7211,
    antonymClash: -0.4865,
    together: 0.0934,
    keyMatch: 1.892,
    evidence: 0.7325,
    standing: 0.859,
    borrowed: -0.1743,
    cosine: 3.1058,
    margin: 0.1023,
    agreement: 0.0,
  },
  threshold: 0.54834,
  target: 0.03,
  certificate: {
    dataHash: '149047a74d5d26ef51ec90ad0ca1423c225fa2806528fdfb734d9c4b9fc3dd1b',
    n: 916,
    answered: 218,
    wrong: 18,
    bound: 0.029,
  },
  operating: [
    { target: 0.01, threshold: 0.84742, n: 916, answered: 150, wrong: 4, bound: 0.00996 },
    { target: 0.02, threshold: 0.65221, n: 916, answered: 200, wrong: 11, bound: 0.0198 },
    { target: 0.03, threshold: 0.54834, n: 916, answered: 218, wrong: 18, bound: 0.029 },
    { target: 0.05, threshold: 0.48139, n: 916, answered: 244, wrong: 34, bound: 0.04911 },
    { target: 0.1, threshold: 0.35448, n: 916, answered: 308, wrong: 76, bound: 0.09953 },
  ],
}
