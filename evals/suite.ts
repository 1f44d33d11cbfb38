import type { GateResult, Metric } from './report/metrics.ts'
import type { CaseLine } from './report/write-report.ts'

export type SuiteRun = {
  /** Lines of the dataset, parsed, not yet checked. */
  rows: { line: number; value: unknown }[]
  /** JSON Lines file of the shop's documents; null where the suite needs none. */
  documents: string | null
  /** Folder with the files of a shop's world; null for the suite's own. */
  world?: string | null
  seed: number
  /** Highest share of answered-and-wrong the gate is set for; null for the shipped threshold. */
  target: number | null
  /** Runs on the suite's own cases rather than on a file named by the caller. */
  own: boolean
  /** How often each case is run, in suites that count what holds every time. */
  repeat: number
}

export type SuiteResult = {
  pipelineVersion: string
  /** What a reader of the figures has to know, a sentence each. */
  notes?: string[]
  metrics: Record<string, Metric>
  gates: GateResult[]
  cases: CaseLine[]
}

/** One suite, one file: its own data, and how it is run and counted. */
export type Suite = {
  dataset: string
  documents: string | null
  run(run: SuiteRun, signal: AbortSignal): Promise<SuiteResult>
}

/** A dataset or an argument that cannot be used; the run ends with exit code 2 and this message. */
export class UnusableInput extends Error {}
