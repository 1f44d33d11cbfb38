import { clopperPearson } from '#domain/statistics/clopper-pearson.ts'
import type { Certified, Stratum } from '#rag/gate/gate.port.ts'
import { confidenceOf } from '#rag/gate/gate.ts'
import type { Model } from './logistic.ts'
import type { Observed, View } from './observe.ts'

/** A case with what the gate would put up for it; `stratum` is null where there is nothing. */
export type Rated = {
  confidence: number
  right: boolean
  stratum: Stratum | null
  twin: boolean
  view: View
  note: string
  answerable: boolean
}

/** The candidate the gate would choose; confidence 0 where there is none. */
export function rate({ candidates, twin, view, answerable }: Observed, model: Model): Rated {
  let best: Rated = { confidence: 0, right: false, stratum: null, twin, view, answerable, note: '' }
  for (const { signals, right, stratum, note } of candidates) {
    const confidence = confidenceOf(signals, model)
    if (confidence > best.confidence) best = { confidence, right, stratum, twin, view, answerable, note }
  }
  return best
}

/** How a threshold is proven: `bound` by Clopper–Pearson; `expected` by conformal risk control, which needs fewer cases. */
export type Measure = 'bound' | 'expected'

/**
 * The smallest threshold down to which answered-and-wrong stays within the target, everywhere above it too. `expected`:
 * (wrong + 1) / (n + 1), which bounds the expected rate on the next case of the kind. Source: Angelopoulos et al., Conformal Risk
 * Control, 2022. Where nothing can be proven, a threshold nothing passes.
 */
export function thresholdFor(rated: Rated[], target: number, measure: Measure): Certified {
  const sorted = rated.toSorted((left, right) => right.confidence - left.confidence)
  const n = rated.length
  let best: Certified = { threshold: 1.1, n, answered: 0, wrong: 0, bound: clopperPearson(0, n).high }
  let wrong = 0
  for (const [index, one] of sorted.entries()) {
    if (one.confidence === 0) break
    if (!one.right) wrong += 1
    const bound = clopperPearson(wrong, n).high
    if ((measure === 'bound' ? bound : (wrong + 1) / (n + 1)) > target) break
    // Between two cases, so that the last of these still passes whatever the last digit.
    const below = sorted[index + 1]?.confidence ?? 0
    best = { threshold: (one.confidence + below) / 2, n, answered: index + 1, wrong, bound }
  }
  return best
}
