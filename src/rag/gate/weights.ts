import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -5.1097,
  weights: {
    quoteCoverage: 1.1522,
    contextCoverage: 1.157,
    passageCoverage: 0.0912,
    rarestMissing: -0.4557,
    unknownShare: 0,
    nameMissing: -0.9047,
    valueMissing: -0.7455,
    polarityClash: -0.0013,
    antonymClash: -0.3011,
    together: 0,
    keyMatch: 1.9966,
    named: 0.8397,
    near: 0.4763,
    nearStored: 0.9489,
    sameQuestion: 1.2501,
    nearestStored: 0.4268,
    corroborated: 0.7126,
    unexplained: -0.1183,
    evidence: 0.1904,
    standing: 1.2408,
    borrowed: -0.2676,
    cosine: 2.0614,
    margin: 0.423,
    agreement: 0.4549,
    typed: 0,
  },
  dataHash: '149047a74d5d26ef51ec90ad0ca1423c225fa2806528fdfb734d9c4b9fc3dd1b',
  cases: 570,
  observed: 2587,
  target: 0.03,
  operating: [
    {
      target: 0.01,
      strata: {
        listing: { threshold: 0.779, n: 186, answered: 160, wrong: 0, bound: 0.016 },
        stored_answer: { threshold: 0.8099, n: 468, answered: 44, wrong: 3, bound: 0.0165 },
        free_text: { threshold: 1.1, n: 94, answered: 0, wrong: 0, bound: 0.0314 },
      },
    },
    {
      target: 0.02,
      strata: {
        listing: { threshold: 0.3693, n: 186, answered: 167, wrong: 2, bound: 0.0335 },
        stored_answer: { threshold: 0.672, n: 468, answered: 60, wrong: 8, bound: 0.0306 },
        free_text: { threshold: 0.6648, n: 94, answered: 7, wrong: 0, bound: 0.0314 },
      },
    },
    {
      target: 0.03,
      strata: {
        listing: { threshold: 0.3048, n: 186, answered: 173, wrong: 4, bound: 0.0485 },
        stored_answer: { threshold: 0.569, n: 468, answered: 72, wrong: 13, bound: 0.0438 },
        free_text: { threshold: 0.6454, n: 94, answered: 9, wrong: 1, bound: 0.0495 },
      },
    },
    {
      target: 0.05,
      strata: {
        listing: { threshold: 0.1996, n: 186, answered: 180, wrong: 8, bound: 0.0763 },
        stored_answer: { threshold: 0.4305, n: 468, answered: 91, wrong: 22, bound: 0.0664 },
        free_text: { threshold: 0.5931, n: 94, answered: 18, wrong: 3, bound: 0.0804 },
      },
    },
    {
      target: 0.1,
      strata: {
        listing: { threshold: 0.0104, n: 186, answered: 186, wrong: 14, bound: 0.1152 },
        stored_answer: { threshold: 0.2851, n: 468, answered: 130, wrong: 45, bound: 0.1216 },
        free_text: { threshold: 0.496, n: 94, answered: 33, wrong: 8, bound: 0.1483 },
      },
    },
  ],
}
