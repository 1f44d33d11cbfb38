import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -5.2333,
  weights: {
    quoteCoverage: 1.0906,
    contextCoverage: 0.9565,
    passageCoverage: 0.4749,
    rarestMissing: -0.2992,
    unknownShare: 0.0,
    nameMissing: -0.945,
    valueMissing: -0.7587,
    polarityClash: 0.0,
    antonymClash: -0.3548,
    together: 0.0,
    keyMatch: 2.1901,
    named: 0.63,
    near: 0.5666,
    nearStored: 0.8091,
    sameQuestion: 1.1144,
    nearestStored: 0.5585,
    corroborated: 0.6726,
    unexplained: -0.1632,
    evidence: 0.3541,
    standing: 1.1433,
    borrowed: -0.2891,
    cosine: 2.0986,
    margin: 0.6669,
    agreement: 0.2333,
  },
  dataHash: '149047a74d5d26ef51ec90ad0ca1423c225fa2806528fdfb734d9c4b9fc3dd1b',
  cases: 570,
  observed: 2587,
  target: 0.03,
  operating: [
    {
      target: 0.01,
      strata: {
        listing: { threshold: 0.8805, n: 185, answered: 144, wrong: 0, bound: 0.0161 },
        stored_answer: { threshold: 0.7209, n: 504, answered: 55, wrong: 4, bound: 0.0181 },
        free_text: { threshold: 1.1, n: 92, answered: 0, wrong: 0, bound: 0.032 },
      },
    },
    {
      target: 0.02,
      strata: {
        listing: { threshold: 0.7764, n: 185, answered: 160, wrong: 2, bound: 0.0336 },
        stored_answer: { threshold: 0.6318, n: 504, answered: 67, wrong: 9, bound: 0.031 },
        free_text: { threshold: 0.7146, n: 92, answered: 2, wrong: 0, bound: 0.032 },
      },
    },
    {
      target: 0.03,
      strata: {
        listing: { threshold: 0.5953, n: 185, answered: 163, wrong: 4, bound: 0.0488 },
        stored_answer: { threshold: 0.5753, n: 504, answered: 77, wrong: 14, bound: 0.0431 },
        free_text: { threshold: 0.6482, n: 92, answered: 9, wrong: 1, bound: 0.0505 },
      },
    },
    {
      target: 0.05,
      strata: {
        listing: { threshold: 0.2936, n: 185, answered: 175, wrong: 8, bound: 0.0767 },
        stored_answer: { threshold: 0.4445, n: 504, answered: 91, wrong: 24, bound: 0.0663 },
        free_text: { threshold: 0.5853, n: 92, answered: 20, wrong: 3, bound: 0.0821 },
      },
    },
    {
      target: 0.1,
      strata: {
        listing: { threshold: 0.0603, n: 185, answered: 185, wrong: 15, bound: 0.1221 },
        stored_answer: { threshold: 0.2647, n: 504, answered: 139, wrong: 49, bound: 0.1217 },
        free_text: { threshold: 0.4598, n: 92, answered: 35, wrong: 8, bound: 0.1514 },
      },
    },
  ],
}
