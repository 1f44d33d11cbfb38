import type { GateVerdict } from '#domain/answer.ts'
import type { Candidate, Composition } from '../compose/composer.port.ts'
import type { RetrievalResult } from '../retrieval.port.ts'
import type { Question } from '../understand/understanding.port.ts'

/** What speaks for and against a candidate, each 0–1, by name; stored with the answer's trace. */
export type Signals = Record<string, number>

export type Judgement = {
  /** 0–1. */
  confidence: number
  verdict: GateVerdict
  signals: Signals
  /** The candidate that was judged best; null when there was none. */
  candidate: Candidate | null
}

/** Decides whether a candidate may be said. Below the threshold nothing is ever answered. */
export type Gate = {
  judge(question: Question, found: RetrievalResult, composition: Composition): Judgement
}

/** How the weights and the threshold were found, and how good they were proven to be on the data they were set by. */
export type GateWeights = {
  pipelineVersion: string
  intercept: number
  weights: Signals
  threshold: number
  target: number
  certificate: {
    /** SHA-256 of the calibration file. */
    dataHash: string
    n: number
    answered: number
    wrong: number
    /** One-sided 95 % Clopper–Pearson upper bound of wrong / n. */
    bound: number
  }
  /** Thresholds for other targets, from the same calibration; ascending by target. */
  operating: { target: number; threshold: number; n: number; answered: number; wrong: number; bound: number }[]
}
