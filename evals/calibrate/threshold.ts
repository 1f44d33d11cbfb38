import { confidenceOf } from '#rag/gate/gate.ts'
import { clopperPearson } from '../report/clopper-pearson.ts'
import type { Model } from './logistic.ts'
import type { Observed } from './observe.ts'

/** A case with what the gate would put up for it. */
export type Rated = { confidence: number; right: boolean; twin: boolean; answerable: boolean }

/** The candidate the gate would choose; confidence 0 where there is none. */
export function rate({ candidates, twin, answerable }: Observed, model: Model): Rated {
  let best: Rated = { confidence: 0, right: false, twin, answerable }
  for (const { signals, right } of candidates) {
    const confidence = confidenceOf(signals, model)
    if (confidence > best.confidence) best = { confidence, right, twin, answerable }
  }
  return best
}

export type Operating = {
  target: number
  threshold: number
  n: number
  answered: number
  wrong: number
  bound: number
  coverage: number
}

/** The smallest threshold from which on, upwards, the one-sided 95 % bound of answered-and-wrong stays at or under the target. */
export function thresholdFor(rated: Rated[], target: number): Operating {
  const sorted = rated.toSorted((left, right) => right.confidence - left.confidence)
  const answerable = rated.filter((one) => one.answerable).length
  let best: Operating = {
    target,
    threshold: 1,
    n: rated.length,
    answered: 0,
    wrong: 0,
    bound: clopperPearson(0, rated.length).high,
    coverage: 0,
  }
  let wrong = 0
  let covered = 0
  for (const [index, one] of sorted.entries()) {
    if (one.confidence === 0) break
    if (!one.right) wrong += 1
    if (one.answerable) covered += 1
    const bound = clopperPearson(wrong, rated.length).high
    if (bound > target) break
    const below = sorted[index + 1]?.confidence ?? 0
    // Between two cases, so that the last of these still passes whatever the last digit.
    best = {
      target,
      threshold: (one.confidence + below) / 2,
      n: rated.length,
      answered: index + 1,
      wrong,
      bound,
      coverage: covered / Math.max(1, answerable),
    }
  }
  return best
}
