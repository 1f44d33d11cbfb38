import type { RunnableConfig } from '@langchain/core/runnables'
import type { Cases } from '#approvals/cases.port.ts'
import type { Proposals } from '#approvals/proposals.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import { minutesLater } from '#domain/time/calendar.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { runSignal } from '../../run-signal.ts'
import { ANSWER_MINUTES, ASKING } from '../repeats.ts'
import type { CaseState } from '../state.ts'

/** Ends the case unless more was reported since the world was read, waits for an answer to what was asked, or hands it up when something failed. Throws what Cases and Proposals throw. */
export function close(
  cases: Pick<Cases, 'conclude' | 'escalate' | 'fail'>,
  proposals: Pick<Proposals, 'standing'>,
  clock: Clock,
) {
  return async ({ shop, caseId, plan, progress, seen }: CaseState, config: RunnableConfig) => {
    const signal = runSignal(config)
    if (progress.outcome === 'failed') {
      // What could not be taken back needs a person's eye; the rest is as it was before.
      if (progress.left.length > 0) await cases.fail(shop, caseId, progress.why, signal)
      else await cases.escalate(shop, caseId, `action_failed:${progress.why}`, PURSER, signal)
    } else if (progress.outcome === 'called_off') {
      await cases.escalate(shop, caseId, progress.why, PURSER, signal)
    } else if (progress.outcome === 'done') {
      const until = new Date(minutesLater(clock.now().toISOString(), ANSWER_MINUTES))
      // What was agreed on may be another form of the plan, or a newer one.
      const { actions, cause } = (await proposals.standing(shop, caseId, signal)) ?? plan
      const has = (wanted: ActionKind) => actions.some(({ kind }) => kind === wanted)
      const isAsking = actions.some(({ kind }) => ASKING.has(kind))
      const end =
        isAsking || has('wait')
          ? { status: 'waiting' as const, why: isAsking ? 'awaiting_answer' : 'by_person', until }
          : { status: 'resolved' as const, why: cause, until: null }
      // A person may choose that a person takes it.
      if (has('escalate')) await cases.escalate(shop, caseId, 'by_person', PURSER, signal)
      else await cases.conclude(shop, caseId, { ...end, seen: seen ?? null }, signal)
    }
    return {}
  }
}
