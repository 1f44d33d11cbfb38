import type { Candidate } from '../compose/composer.port.ts'
import type { Gate, GateWeights, Judgement, Signals } from './gate.port.ts'
import { signalsOf } from './signals.ts'

/** The gate over fitted weights. Every candidate is judged, the most confident one is put up. Never throws. */
export function gate(weights: GateWeights): Gate {
  return {
    judge(question, found, composition) {
      let best: { candidate: Candidate; signals: Signals; confidence: number } | null = null
      for (const candidate of composition.candidates) {
        const signals = signalsOf(question, found, candidate)
        const confidence = confidenceOf(signals, weights)
        if (!best || confidence > best.confidence) best = { candidate, signals, confidence }
      }
      const { threshold } = weights
      if (!best) return nothing(threshold, composition.listingSilent ? 'listing_silent' : 'nothing_found')
      if (composition.conflict) return { ...best, verdict: { threshold, passed: false, reason: 'conflict' } }
      const passed = best.confidence >= threshold
      return { ...best, verdict: { threshold, passed, reason: passed ? 'confident' : 'low_confidence' } }
    },
  }
}

/** The logistic combination, 0–1. A signal without a weight counts nothing. */
export function confidenceOf(
  signals: Signals,
  { intercept, weights }: Pick<GateWeights, 'intercept' | 'weights'>,
): number {
  let sum = intercept
  for (const [name, value] of Object.entries(signals)) sum += (weights[name] ?? 0) * value
  return 1 / (1 + Math.exp(-sum))
}

const nothing = (threshold: number, reason: string): Judgement => ({
  confidence: 0,
  signals: {},
  candidate: null,
  verdict: { threshold, passed: false, reason },
})
