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

/** Kinds of evidence that are calibrated apart: a shop may have much of one and little of another, and the bound must hold for each. */
export type Stratum = 'listing' | 'stored_answer' | 'free_text'

/** Where the threshold of one kind of evidence stands, and on what proof. */
export type Certified = {
  threshold: number
  n: number
  answered: number
  wrong: number
  /** One-sided 95 % Clopper–Pearson upper bound of wrong / n. */
  bound: number
}

/** How the weights and the thresholds were found, and how good they were proven to be on the data they were set by. */
export type GateWeights = {
  pipelineVersion: string
  intercept: number
  weights: Signals
  /** SHA-256 of the calibration file. */
  dataHash: string
  /** Cases in it, and with their twins. */
  cases: number
  observed: number
  /** The target the product runs at, a share of answered-and-wrong among all questions. */
  target: number
  /** Ascending by target. */
  operating: { target: number; strata: Record<Stratum, Certified> }[]
}
