import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -5.1203,
  weights: {
    quoteCoverage: 1.1654,
    contextCoverage: 1.1522,
    passageCoverage: 0.0616,
    rarestMissing: -0.46,
    unknownShare: 0.0,
    nameMissing: -0.8307,
    valueMissing: -0.7446,
    polarityClash: 0.0,
    antonymClash: -0.3065,
    together: 0.0,
    keyMatch: 1.9961,
    named: 0.8067,
    near: 0.4139,
    nearStored: 0.9756,
    sameQuestion: 1.2349,
    nearestStored: 0.3919,
    corroborated: 0.7126,
    unexplained: -0.1,
    evidence: 0.182,
    standing: 1.2919,
    borrowed: -0.2604,
    cosine: 2.0577,
    margin: 0.5283,
    agreement: 0.4338,
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
        listing: { threshold: 0.7838, n: 186, answered: 160, wrong: 0, bound: 0.016 },
        stored_answer: { threshold: 0.8145, n: 469, answered: 44, wrong: 3, bound: 0.0164 },
        free_text: { threshold: 1.1, n: 90, answered: 0, wrong: 0, bound: 0.0327 },
      },
    },
    {
      target: 0.02,
      strata: {
        listing: { threshold: 0.3623, n: 186, answered: 167, wrong: 2, bound: 0.0335 },
        stored_answer: { threshold: 0.6391, n: 469, answered: 62, wrong: 8, bound: 0.0306 },
        free_text: { threshold: 0.6669, n: 90, answered: 7, wrong: 0, bound: 0.0327 },
      },
    },
    {
      target: 0.03,
      strata: {
        listing: { threshold: 0.296, n: 186, answered: 173, wrong: 4, bound: 0.0485 },
        stored_answer: { threshold: 0.572, n: 469, answered: 72, wrong: 13, bound: 0.0437 },
        free_text: { threshold: 0.6326, n: 90, answered: 10, wrong: 1, bound: 0.0516 },
      },
    },
    {
      target: 0.05,
      strata: {
        listing: { threshold: 0.1997, n: 186, answered: 180, wrong: 8, bound: 0.0763 },
        stored_answer: { threshold: 0.4315, n: 469, answered: 91, wrong: 22, bound: 0.0663 },
        free_text: { threshold: 0.5891, n: 90, answered: 20, wrong: 3, bound: 0.0839 },
      },
    },
    {
      target: 0.1,
      strata: {
        listing: { threshold: 0.0099, n: 186, answered: 186, wrong: 14, bound: 0.1152 },
        stored_answer: { threshold: 0.2797, n: 469, answered: 130, wrong: 46, bound: 0.1237 },
        free_text: { threshold: 0.5031, n: 90, answered: 33, wrong: 8, bound: 0.1547 },
      },
    },
  ],
}
