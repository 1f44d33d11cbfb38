import { bootstrapped, type GateResult, type Metric, proportion, quantile } from '../report/metrics.ts'
import type { CaseLine } from '../report/write-report.ts'
import type { UpdateCase } from './update-case.ts'

/** What was seen after one page had changed. */
export type Outcome = {
  case: UpdateCase
  /** Sentences about to go that were asked for before the change, and how many of them were found and told then. */
  goingAsked: number
  foundBefore: number
  servedBefore: number
  /** From sending the event to the first search that found the page as it is now; null when that never happened in time. */
  answerableAfterMs: number | null
  /** Questions searched and asked after the change, and how many of them were answered. */
  asked: number
  answered: number
  /** Sentences that are gone and came back all the same, found by a search or told in an answer. */
  staleRetrieved: string[]
  staleServed: string[]
  /** Searches and answers with at least one of them. */
  staleSearches: number
  staleAnswers: number
  /** Of the new sentences asked for, how many were found. */
  freshFound: number
  freshAsked: number
}

/** The measures of suite `freshness`. Whatever is called stale has to be nought; the shares say how sure that is. */
export function freshnessMetrics(outcomes: Outcome[], seed: number) {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0)
  const gone = sum((outcome) => outcome.case.stale.length)
  const asked = sum((outcome) => outcome.asked)
  const times = outcomes.flatMap(({ answerableAfterMs }) => answerableAfterMs ?? [])
  const retrieved = sum(({ staleRetrieved }) => staleRetrieved.length)
  const served = sum(({ staleServed }) => staleServed.length)
  const withStale = sum((outcome) => (outcome.staleRetrieved.length + outcome.staleServed.length > 0 ? 1 : 0))
  return {
    staleRetrieved: count(retrieved, gone),
    staleServed: count(served, gone),
    staleUpdates: proportion(withStale, outcomes.length),
    staleSearches: proportion(
      sum(({ staleSearches }) => staleSearches),
      asked,
    ),
    staleAnswers: proportion(
      sum(({ staleAnswers }) => staleAnswers),
      asked,
    ),
    freshFound: proportion(
      sum(({ freshFound }) => freshFound),
      sum(({ freshAsked }) => freshAsked),
    ),
    // The control: what is not found before a change says nothing when it is not found after it.
    foundBefore: proportion(
      sum(({ foundBefore }) => foundBefore),
      sum(({ goingAsked }) => goingAsked),
    ),
    servedBefore: proportion(
      sum(({ servedBefore }) => servedBefore),
      sum(({ goingAsked }) => goingAsked),
    ),
    // Silence is never stale: without this, nought stale answers could mean no answers.
    answeredAfter: proportion(
      sum(({ answered }) => answered),
      asked,
    ),
    answerableAfterMs: bootstrapped(times, (some) => quantile(some, 0.5), seed),
    answerableAfterMsP95: bootstrapped(times, (some) => quantile(some, 0.95), seed),
    tooLate: count(
      sum(({ answerableAfterMs }) => (answerableAfterMs === null ? 1 : 0)),
      outcomes.length,
    ),
  } satisfies Record<string, Metric>
}

/** Nothing that is gone may be found or served, not once. */
export function freshnessGates(metrics: ReturnType<typeof freshnessMetrics>): GateResult[] {
  const none = (name: string, { value }: Metric) => ({ name, pass: value === 0, value, bound: value, limit: 0 })
  return [
    none('nothing that is gone is found', metrics.staleRetrieved),
    none('nothing that is gone is served', metrics.staleServed),
  ]
}

/** One change as a line of the report: right unless something old came back. */
export function caseLine({ case: one, ...outcome }: Outcome): CaseLine {
  const old = [...outcome.staleRetrieved, ...outcome.staleServed]
  return {
    id: one.id,
    input: { documentId: one.before.id, stale: one.stale, fresh: one.fresh },
    output: outcome,
    verdict: old.length > 0 ? 'wrong' : 'right',
    reason: old[0] ?? '',
    trace: {},
  }
}

/** A count is what it is: it has no limits, and `n` is what could have been counted. */
function count(value: number, n: number): Metric {
  return { value, low: value, high: value, n }
}
