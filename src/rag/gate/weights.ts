import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -4.7912,
  weights: {
    quoteCoverage: 0.9888,
    contextCoverage: 0.9716,
    passageCoverage: 0.344,
    rarestMissing: -0.0775,
    unknownShare: 0.0,
    nameMissing: -0.866,
    valueMissing: -0.8619,
    polarityClash: 0.0,
    antonymClash: -0.3853,
    together: 0.0,
    keyMatch: 2.7132,
    near: 0.1976,
    nearStored: 1.5649,
    unexplained: -0.467,
    evidence: 0.3067,
    standing: 0.78,
    borrowed: -0.286,
    cosine: 2.3378,
    margin: 0.3514,
    agreement: 0.4803,
  },
  dataHash: '149047a74d5d26ef51ec90ad0ca1423c225fa2806528fdfb734d9c4b9fc3dd1b',
  cases: 570,
  observed: 2587,
  target: 0.03,
  operating: [
    {
      target: 0.01,
      strata: {
        listing: { threshold: 0.4626, n: 173, answered: 152, wrong: 1, bound: 0.0271 },
        stored_answer: { threshold: 0.7012, n: 470, answered: 43, wrong: 3, bound: 0.0164 },
        free_text: { threshold: 1.1, n: 83, answered: 0, wrong: 0, bound: 0.0354 },
      },
    },
    {
      target: 0.02,
      strata: {
        listing: { threshold: 0.3671, n: 173, answered: 157, wrong: 3, bound: 0.0442 },
        stored_answer: { threshold: 0.5278, n: 470, answered: 62, wrong: 8, bound: 0.0305 },
        free_text: { threshold: 1.1, n: 83, answered: 0, wrong: 0, bound: 0.0354 },
      },
    },
    {
      target: 0.03,
      strata: {
        listing: { threshold: 0.3358, n: 173, answered: 159, wrong: 4, bound: 0.0521 },
        stored_answer: { threshold: 0.4625, n: 470, answered: 73, wrong: 13, bound: 0.0436 },
        free_text: { threshold: 1.1, n: 83, answered: 0, wrong: 0, bound: 0.0354 },
      },
    },
    {
      target: 0.05,
      strata: {
        listing: { threshold: 0.2606, n: 173, answered: 168, wrong: 8, bound: 0.0819 },
        stored_answer: { threshold: 0.3705, n: 470, answered: 92, wrong: 23, bound: 0.0686 },
        free_text: { threshold: 0.6309, n: 83, answered: 8, wrong: 0, bound: 0.0354 },
      },
    },
    {
      target: 0.1,
      strata: {
        listing: { threshold: 0.0542, n: 173, answered: 173, wrong: 12, bound: 0.11 },
        stored_answer: { threshold: 0.272, n: 470, answered: 129, wrong: 47, bound: 0.1257 },
        free_text: { threshold: 0.5567, n: 83, answered: 17, wrong: 3, bound: 0.0908 },
      },
    },
  ],
}
