import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { CustomerQuestion } from './customer-question.port.ts'
import { type QuestionParts, questionGraph } from './graph.ts'

/** What makes the answers; kept with each, so that a judgement on it says what it judges. */
export type Versions = { pipeline: string; weights: string }

/** The agent that answers shoppers. The graph is compiled once. Rejects with the signal's reason when aborted, and with what the ports throw. */
export function customerQuestion({
  clock,
  log,
  versions,
  ...parts
}: QuestionParts & { clock: Clock; log: Log; versions: Versions }): CustomerQuestion {
  const graph = questionGraph(parts)
  return {
    async answer(input, onProgress, signal) {
      const started = clock.elapsed()
      const { answer } = await graph.invoke({ input, progress: onProgress }, { signal })
      const { outcome, route, confidence, handoffReason } = answer
      log.info(
        { outcome, route, confidence, handoffReason, ms: Math.round(clock.elapsed() - started) },
        'question settled',
      )
      return { ...answer, trace: { ...answer.trace, versions } }
    },
  }
}
