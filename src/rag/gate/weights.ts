import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -5.2037,
  weights: {
    quoteCoverage: 1.0154,
    contextCoverage: 0.9997,
    passageCoverage: 0.6357,
    rarestMissing: -0.325,
    unknownShare: 0.0,
    nameMissing: -0.9629,
    valueMissing: -0.7749,
    polarityClash: -0.0288,
    antonymClash: -0.3766,
    together: 0.0,
    keyMatch: 2.6789,
    near: 0.4454,
    nearStored: 0.4307,
    sameQuestion: 1.1707,
    nearestStored: 0.6292,
    corroborated: 0.6301,
    unexplained: -0.1598,
    evidence: 0.3219,
    standing: 1.1425,
    borrowed: -0.2708,
    cosine: 2.1365,
    margin: 0.6754,
    agreement: 0.2274,
  },
  dataHash: '149047a74d5d26ef51ec90ad0ca1423c225fa2806528fdfb734d9c4b9fc3dd1b',
  cases: 570,
  observed: 2587,
  target: 0.03,
  operating: [
    {
      target: 0.01,
      strata: {
        listing: { threshold: 0.7769, n: 182, answered: 156, wrong: 0, bound: 0.0163 },
        stored_answer: { threshold: 0.6977, n: 480, answered: 55, wrong: 3, bound: 0.0161 },
        free_text: { threshold: 1.1, n: 92, answered: 0, wrong: 0, bound: 0.032 },
      },
    },
    {
      target: 0.02,
      strata: {
        listing: { threshold: 0.7015, n: 182, answered: 158, wrong: 2, bound: 0.0342 },
        stored_answer: { threshold: 0.598, n: 480, answered: 68, wrong: 8, bound: 0.0299 },
        free_text: { threshold: 0.7249, n: 92, answered: 3, wrong: 0, bound: 0.032 },
      },
    },
    {
      target: 0.03,
      strata: {
        listing: { threshold: 0.3835, n: 182, answered: 163, wrong: 4, bound: 0.0496 },
        stored_answer: { threshold: 0.5373, n: 480, answered: 78, wrong: 13, bound: 0.0427 },
        free_text: { threshold: 0.6682, n: 92, answered: 8, wrong: 1, bound: 0.0505 },
      },
    },
    {
      target: 0.05,
      strata: {
        listing: { threshold: 0.2314, n: 182, answered: 176, wrong: 8, bound: 0.0779 },
        stored_answer: { threshold: 0.4061, n: 480, answered: 94, wrong: 23, bound: 0.0672 },
        free_text: { threshold: 0.6056, n: 92, answered: 20, wrong: 3, bound: 0.0821 },
      },
    },
    {
      target: 0.1,
      strata: {
        listing: { threshold: 0.0507, n: 182, answered: 182, wrong: 14, bound: 0.1176 },
        stored_answer: { threshold: 0.2423, n: 480, answered: 132, wrong: 47, bound: 0.1232 },
        free_text: { threshold: 0.4788, n: 92, answered: 34, wrong: 8, bound: 0.1514 },
      },
    },
  ],
}
