import type { GateWeights } from './gate.port.ts'

/**
 * Made by `node evals/fit-gate.ts`; not to be edited. Logistic regression with signs held, on the calibration cases of the demo
 * shop and one near-miss twin for each that has an answer. Thresholds come from five folds by topic, one for each kind of evidence:
 * the smallest whose one-sided 95 % Clopper–Pearson bound of answered-and-wrong stays within its target, twins included.
 */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -5.3685,
  weights: {
    quoteCoverage: 1.3524,
    contextCoverage: 1.4391,
    passageCoverage: 0.0,
    rarestMissing: -0.4167,
    unknownShare: 0.0,
    nameMissing: -0.7754,
    valueMissing: -0.8623,
    polarityClash: -0.0382,
    antonymClash: -0.2968,
    together: 0.0,
    keyMatch: 2.0315,
    named: 0.5406,
    near: 0.6058,
    nearStored: 1.1022,
    sameQuestion: 1.3444,
    nearestStored: 0.4294,
    corroborated: 0.6949,
    unexplained: -0.067,
    evidence: 0.0073,
    standing: 1.2898,
    borrowed: -0.2839,
    cosine: 1.908,
    margin: 0.4517,
    agreement: 0.5286,
    typed: 0.0482,
  },
  dataHash: '149047a74d5d26ef51ec90ad0ca1423c225fa2806528fdfb734d9c4b9fc3dd1b',
  cases: 570,
  observed: 2587,
  target: 0.03,
  operating: [
    {
      target: 0.01,
      strata: {
        listing: { threshold: 0.7501, n: 185, answered: 167, wrong: 0, bound: 0.0161 },
        stored_answer: { threshold: 0.812, n: 468, answered: 45, wrong: 3, bound: 0.0165 },
        free_text: { threshold: 1.1, n: 93, answered: 0, wrong: 0, bound: 0.0317 },
      },
    },
    {
      target: 0.02,
      strata: {
        listing: { threshold: 0.2659, n: 185, answered: 171, wrong: 2, bound: 0.0336 },
        stored_answer: { threshold: 0.6772, n: 468, answered: 60, wrong: 8, bound: 0.0306 },
        free_text: { threshold: 0.712, n: 93, answered: 3, wrong: 0, bound: 0.0317 },
      },
    },
    {
      target: 0.03,
      strata: {
        listing: { threshold: 0.215, n: 185, answered: 175, wrong: 4, bound: 0.0488 },
        stored_answer: { threshold: 0.5663, n: 468, answered: 73, wrong: 13, bound: 0.0438 },
        free_text: { threshold: 0.703, n: 93, answered: 6, wrong: 1, bound: 0.05 },
      },
    },
    {
      target: 0.05,
      strata: {
        listing: { threshold: 0.1789, n: 185, answered: 179, wrong: 8, bound: 0.0767 },
        stored_answer: { threshold: 0.4388, n: 468, answered: 87, wrong: 22, bound: 0.0664 },
        free_text: { threshold: 0.6348, n: 93, answered: 17, wrong: 3, bound: 0.0813 },
      },
    },
    {
      target: 0.1,
      strata: {
        listing: { threshold: 0.006, n: 185, answered: 185, wrong: 14, bound: 0.1158 },
        stored_answer: { threshold: 0.2731, n: 468, answered: 130, wrong: 45, bound: 0.1216 },
        free_text: { threshold: 0.5007, n: 93, answered: 35, wrong: 8, bound: 0.1499 },
      },
    },
  ],
}
