import type { Candidate } from '../compose/composer.port.ts'
import { sendsElsewhere } from './deferral.ts'
import type { Gate, GateWeights, Judgement, Signals, Stratum } from './gate.port.ts'
import { signalsOf } from './signals.ts'

/**
 * The gate over fitted weights, at `target` (share of answered-and-wrong; the shop's, by default the shipped one). Every candidate
 * is judged, the most confident is put up against the threshold of its kind of evidence. Never throws.
 */
export function gate(weights: GateWeights, target = weights.target): Gate {
  const thresholds = thresholdsFor(weights, target)
  return {
    judge(question, found, composition) {
      let best: { candidate: Candidate; signals: Signals; confidence: number } | null = null
      for (const candidate of composition.candidates) {
        const signals = signalsOf(question, found, candidate, composition.candidates)
        const confidence = sendsElsewhere(question, candidate) ? 0 : confidenceOf(signals, weights)
        if (!best || confidence > best.confidence) best = { candidate, signals, confidence }
      }
      if (!best) return nothing(thresholds.free_text, composition.listingSilent ? 'listing_silent' : 'nothing_found')
      const threshold = thresholds[stratumOf(best.candidate)]
      if (composition.conflict) return { ...best, verdict: { threshold, passed: false, reason: 'conflict' } }
      const passed = best.confidence >= threshold
      return { ...best, verdict: { threshold, passed, reason: passed ? 'confident' : 'low_confidence' } }
    },
  }
}

/** The kind of evidence a candidate rests on. */
export function stratumOf({ rung }: Pick<Candidate, 'rung'>): Stratum {
  if (rung === 'faq') return 'stored_answer'
  return rung === 'passage' ? 'free_text' : 'listing'
}

/** The logistic combination, 0–1; 0 for free text that leaves part of the question unaccounted for. A signal without a weight counts nothing. */
export function confidenceOf(
  signals: Signals,
  { intercept, weights }: Pick<GateWeights, 'intercept' | 'weights'>,
): number {
  if (signals.unaccounted === 1) return 0
  let sum = intercept
  for (const [name, value] of Object.entries(signals)) sum += (weights[name] ?? 0) * value
  return 1 / (1 + Math.exp(-sum))
}

// The calibrated target at or under the one asked for; where even the strictest is looser, nothing is answered.
function thresholdsFor({ operating }: GateWeights, target: number): Record<Stratum, number> {
  const point = operating.findLast((one) => one.target <= target + 1e-9)
  if (!point) return { listing: 1.1, stored_answer: 1.1, free_text: 1.1 }
  const { listing, stored_answer, free_text } = point.strata
  return { listing: listing.threshold, stored_answer: stored_answer.threshold, free_text: free_text.threshold }
}

const nothing = (threshold: number, reason: string): Judgement => ({
  confidence: 0,
  signals: {},
  candidate: null,
  verdict: { threshold, passed: false, reason },
})
