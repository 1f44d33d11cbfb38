import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -5.1156,
  weights: {
    quoteCoverage: 1.1484,
    contextCoverage: 1.1565,
    passageCoverage: 0.1193,
    rarestMissing: -0.4658,
    unknownShare: 0.0,
    nameMissing: -0.8818,
    valueMissing: -0.7879,
    polarityClash: -0.0115,
    antonymClash: -0.2949,
    together: 0.0,
    keyMatch: 2.0157,
    named: 0.8291,
    near: 0.5141,
    nearStored: 0.9603,
    sameQuestion: 1.2865,
    nearestStored: 0.4256,
    corroborated: 0.6706,
    unexplained: -0.1254,
    evidence: 0.1489,
    standing: 1.2513,
    borrowed: -0.2575,
    cosine: 2.0132,
    margin: 0.4152,
    agreement: 0.4627,
    typed: 0.0,
  },
  dataHash: '149047a74d5d26ef51ec90ad0ca1423c225fa2806528fdfb734d9c4b9fc3dd1b',
  cases: 570,
  observed: 2587,
  target: 0.03,
  operating: [
    {
      target: 0.01,
      strata: {
        listing: { threshold: 0.7778, n: 186, answered: 160, wrong: 0, bound: 0.016 },
        stored_answer: { threshold: 0.8055, n: 470, answered: 44, wrong: 3, bound: 0.0164 },
        free_text: { threshold: 1.1, n: 94, answered: 0, wrong: 0, bound: 0.0314 },
      },
    },
    {
      target: 0.02,
      strata: {
        listing: { threshold: 0.3634, n: 186, answered: 167, wrong: 2, bound: 0.0335 },
        stored_answer: { threshold: 0.6683, n: 470, answered: 60, wrong: 8, bound: 0.0305 },
        free_text: { threshold: 0.6833, n: 94, answered: 5, wrong: 0, bound: 0.0314 },
      },
    },
    {
      target: 0.03,
      strata: {
        listing: { threshold: 0.2979, n: 186, answered: 173, wrong: 4, bound: 0.0485 },
        stored_answer: { threshold: 0.5663, n: 470, answered: 72, wrong: 13, bound: 0.0436 },
        free_text: { threshold: 0.6717, n: 94, answered: 8, wrong: 1, bound: 0.0495 },
      },
    },
    {
      target: 0.05,
      strata: {
        listing: { threshold: 0.1977, n: 186, answered: 180, wrong: 8, bound: 0.0763 },
        stored_answer: { threshold: 0.4175, n: 470, answered: 91, wrong: 22, bound: 0.0662 },
        free_text: { threshold: 0.6218, n: 94, answered: 12, wrong: 3, bound: 0.0804 },
      },
    },
    {
      target: 0.1,
      strata: {
        listing: { threshold: 0.0089, n: 186, answered: 186, wrong: 14, bound: 0.1152 },
        stored_answer: { threshold: 0.2788, n: 470, answered: 131, wrong: 46, bound: 0.1234 },
        free_text: { threshold: 0.4974, n: 94, answered: 33, wrong: 8, bound: 0.1483 },
      },
    },
  ],
}
