import type { AgentAnswer } from '#agents/customer-question/customer-question.port.ts'
import { bootstrapped, type GateResult, type Metric, proportion, quantile } from '../report/metrics.ts'
import type { AnswerCase } from './answer-case.ts'

export type Judged = {
  case: AnswerCase
  answer: AgentAnswer
  ms: number
  answered: boolean
  right: boolean
  /** Whether what the gate saw would have been right, said or not. */
  draftRight: boolean
  confidence: number
}

/** The measures of suite `answers`, by their names in the evaluation guide. */
export function answerMetrics(judged: Judged[], seed: number): Record<string, Metric> {
  const answered = judged.filter((one) => one.answered)
  const answerable = judged.filter((one) => one.case.expect === 'answer')
  const unanswerable = judged.filter((one) => one.case.expect === 'abstain')
  const right = answered.filter((one) => one.right)
  const cited = answered
    .filter((one) => one.case.expect === 'answer')
    .flatMap((one) => one.answer.citations.map(({ documentId }) => one.case.documents.includes(documentId)))
  const times = judged.map(({ ms }) => ms)
  return {
    falseConfidence: proportion(answered.length - right.length, judged.length),
    coverage: proportion(answerable.filter((one) => one.answered).length, answerable.length),
    accuracyWhenAnswered: proportion(right.length, answered.length),
    citationPrecision: proportion(cited.filter(Boolean).length, cited.length),
    abstainRecall: proportion(unanswerable.filter((one) => !one.answered).length, unanswerable.length),
    clarified: proportion(judged.filter(({ answer }) => answer.outcome === 'clarify').length, judged.length),
    aurc: bootstrapped(judged, aurc, seed),
    calibrationError: bootstrapped(
      judged.filter(({ confidence }) => confidence > 0),
      calibrationError,
      seed,
    ),
    latencyP50: bootstrapped(times, (values) => quantile(values, 0.5), seed),
    latencyP95: bootstrapped(times, (values) => quantile(values, 0.95), seed),
  }
}

/** The release gate: the one-sided 95 % upper limit of false confidence against `limit`. */
export function answerGates(judged: Judged[], limit: number): GateResult[] {
  const wrong = judged.filter((one) => one.answered && !one.right).length
  const { value, high } = proportion(wrong, judged.length)
  return [{ name: 'falseConfidence', pass: high <= limit, value, bound: high, limit }]
}

// Area under the risk-coverage curve: the mean share of wrong drafts among the k most confident, over all k.
function aurc(judged: Judged[]): number {
  const sorted = judged.toSorted((left, right) => right.confidence - left.confidence)
  let wrong = 0
  let area = 0
  sorted.forEach((one, index) => {
    if (!one.draftRight) wrong += 1
    area += wrong / (index + 1)
  })
  return area / sorted.length
}

const BINS = 10

// Expected calibration error over ten bins of equal width.
function calibrationError(judged: Judged[]): number {
  const bins = Map.groupBy(judged, ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)))
  let error = 0
  for (const bin of bins.values()) {
    const confidence = bin.reduce((sum, one) => sum + one.confidence, 0) / bin.length
    const accuracy = bin.filter((one) => one.draftRight).length / bin.length
    error += (bin.length / judged.length) * Math.abs(confidence - accuracy)
  }
  return error
}
