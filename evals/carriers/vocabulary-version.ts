import type { GateResult, Metric } from '../report/metrics.ts'

/** Raised with every change of the carriers' vocabularies or formats. */
export const VOCABULARY_VERSION = 'carriers-1'

/** A gate on the share itself. */
export function atLeast(name: string, { value }: Metric, limit: number): GateResult {
  return { name, pass: value >= limit, value, bound: value, limit }
}
