import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -5.0282,
  weights: {
    quoteCoverage: 1.0829,
    contextCoverage: 0.9299,
    passageCoverage: 0.5722,
    rarestMissing: -0.2759,
    unknownShare: 0.0,
    nameMissing: -0.8865,
    valueMissing: -0.7993,
    polarityClash: 0.0,
    antonymClash: -0.3211,
    together: 0.0,
    keyMatch: 2.6992,
    near: 0.2742,
    nearStored: 0.5597,
    sameQuestion: 1.1535,
    nearestStored: 0.6573,
    corroborated: 0.4899,
    unexplained: -0.1927,
    evidence: 0.2695,
    standing: 0.9745,
    borrowed: -0.2325,
    cosine: 2.0431,
    margin: 0.5114,
    agreement: 0.3561,
  },
  dataHash: '149047a74d5d26ef51ec90ad0ca1423c225fa2806528fdfb734d9c4b9fc3dd1b',
  cases: 570,
  observed: 2587,
  target: 0.03,
  operating: [
    {
      target: 0.01,
      strata: {
        listing: { threshold: 0.7727, n: 182, answered: 156, wrong: 0, bound: 0.0163 },
        stored_answer: { threshold: 0.7378, n: 485, answered: 51, wrong: 3, bound: 0.0159 },
        free_text: { threshold: 1.1, n: 77, answered: 0, wrong: 0, bound: 0.0382 },
      },
    },
    {
      target: 0.02,
      strata: {
        listing: { threshold: 0.6925, n: 182, answered: 158, wrong: 2, bound: 0.0342 },
        stored_answer: { threshold: 0.6257, n: 485, answered: 67, wrong: 8, bound: 0.0296 },
        free_text: { threshold: 0.7224, n: 77, answered: 1, wrong: 0, bound: 0.0382 },
      },
    },
    {
      target: 0.03,
      strata: {
        listing: { threshold: 0.3871, n: 182, answered: 163, wrong: 4, bound: 0.0496 },
        stored_answer: { threshold: 0.544, n: 485, answered: 79, wrong: 13, bound: 0.0423 },
        free_text: { threshold: 0.5997, n: 77, answered: 11, wrong: 1, bound: 0.0601 },
      },
    },
    {
      target: 0.05,
      strata: {
        listing: { threshold: 0.2426, n: 182, answered: 176, wrong: 8, bound: 0.0779 },
        stored_answer: { threshold: 0.4257, n: 485, answered: 98, wrong: 23, bound: 0.0665 },
        free_text: { threshold: 0.5844, n: 77, answered: 13, wrong: 2, bound: 0.0795 },
      },
    },
    {
      target: 0.1,
      strata: {
        listing: { threshold: 0.0505, n: 182, answered: 182, wrong: 14, bound: 0.1176 },
        stored_answer: { threshold: 0.26, n: 485, answered: 133, wrong: 47, bound: 0.1219 },
        free_text: { threshold: 0.5199, n: 77, answered: 24, wrong: 6, bound: 0.148 },
      },
    },
  ],
}
