import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -5.2918,
  weights: {
    quoteCoverage: 1.2277,
    contextCoverage: 1.1388,
    passageCoverage: 0.3645,
    rarestMissing: -0.3685,
    unknownShare: 0.0,
    nameMissing: -0.865,
    valueMissing: -0.7538,
    polarityClash: -0.0046,
    antonymClash: -0.3518,
    together: 0.0,
    keyMatch: 2.0018,
    named: 0.8381,
    near: 0.4758,
    nearStored: 0.8588,
    sameQuestion: 1.2115,
    nearestStored: 0.6057,
    corroborated: 0.6647,
    unexplained: -0.0876,
    evidence: 0.1927,
    standing: 1.2117,
    borrowed: -0.2949,
    cosine: 2.0815,
    margin: 0.6642,
    agreement: 0.2658,
  },
  dataHash: '149047a74d5d26ef51ec90ad0ca1423c225fa2806528fdfb734d9c4b9fc3dd1b',
  cases: 570,
  observed: 2587,
  target: 0.03,
  operating: [
    {
      target: 0.01,
      strata: {
        listing: { threshold: 0.8029, n: 181, answered: 158, wrong: 0, bound: 0.0164 },
        stored_answer: { threshold: 0.7043, n: 500, answered: 56, wrong: 4, bound: 0.0182 },
        free_text: { threshold: 1.1, n: 92, answered: 0, wrong: 0, bound: 0.032 },
      },
    },
    {
      target: 0.02,
      strata: {
        listing: { threshold: 0.3459, n: 181, answered: 166, wrong: 2, bound: 0.0344 },
        stored_answer: { threshold: 0.6128, n: 500, answered: 70, wrong: 9, bound: 0.0312 },
        free_text: { threshold: 0.7136, n: 92, answered: 3, wrong: 0, bound: 0.032 },
      },
    },
    {
      target: 0.03,
      strata: {
        listing: { threshold: 0.3011, n: 181, answered: 171, wrong: 4, bound: 0.0499 },
        stored_answer: { threshold: 0.5664, n: 500, answered: 77, wrong: 14, bound: 0.0434 },
        free_text: { threshold: 0.6774, n: 92, answered: 7, wrong: 1, bound: 0.0505 },
      },
    },
    {
      target: 0.05,
      strata: {
        listing: { threshold: 0.1916, n: 181, answered: 178, wrong: 8, bound: 0.0783 },
        stored_answer: { threshold: 0.4404, n: 500, answered: 92, wrong: 24, bound: 0.0668 },
        free_text: { threshold: 0.6105, n: 92, answered: 16, wrong: 3, bound: 0.0821 },
      },
    },
    {
      target: 0.1,
      strata: {
        listing: { threshold: 0.0613, n: 181, answered: 181, wrong: 11, bound: 0.0986 },
        stored_answer: { threshold: 0.26, n: 500, answered: 139, wrong: 49, bound: 0.1227 },
        free_text: { threshold: 0.4889, n: 92, answered: 33, wrong: 8, bound: 0.1514 },
      },
    },
  ],
}
