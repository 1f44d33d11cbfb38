import type { GateWeights } from './gate.port.ts'

/** Careful values set by hand until the calibration has run. */
export const WEIGHTS: GateWeights = {
  pipelineVersion: 'builtin-1',
  intercept: -3,
  weights: {
    quoteCoverage: 2.5,
    contextCoverage: 2,
    passageCoverage: 0.5,
    rarestMissing: -3,
    unknownShare: -3,
    nameMissing: -2,
    valueMissing: -1.5,
    polarityClash: -1.5,
    antonymClash: -2,
    together: 0.8,
    keyMatch: 2,
    cosine: 1.2,
    margin: 0.5,
    agreement: 0.4,
  },
  threshold: 0.8,
  target: 0.03,
  certificate: { dataHash: '', n: 0, answered: 0, wrong: 0, bound: 1 },
}
