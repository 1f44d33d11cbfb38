import type { AgentAnswer } from '#agents/customer-question/customer-question.port.ts'
import type { PendingQuestion, Settlement } from '#db/support/questions.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { type DeskFacts, handOver } from './hand-over.ts'

export type FinishedRun = {
  question: PendingQuestion
  answer: AgentAnswer
  stages: string[]
  /** Where a person is to take over. */
  desk: DeskFacts | null
  /** Milliseconds. */
  took: number
}

/** What is to be stored of a finished run: the answer, what it rests on, and the hand-over where it asks for one. */
export function settlementOf(
  { clock, ids }: { clock: Clock; ids: Ids },
  { question, answer: agent, stages, desk, took }: FinishedRun,
): Settlement {
  const { handoffReason, summary, suggestedReply, memory, trace, ...answer } = agent
  const at = clock.now()
  const reason = agent.outcome === 'handed_off' ? (handoffReason ?? 'low_confidence') : null
  return {
    question: question.message,
    answer: { ...answer, id: ids.make('msg'), latencyMs: Math.round(took), traceId: question.traceId },
    stages: [...stages],
    memory,
    trace: { ...trace, summary, suggestedReply, handoffReason },
    handoff: reason && desk ? handOver(ids.make('hnd'), reason, question, agent, stages, desk, at) : null,
    at,
  }
}
