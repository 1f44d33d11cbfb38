import { Command } from '@langchain/langgraph'
import type { CaseRow } from '#domain/approvals/case.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Log } from '#telemetry/log.port.ts'
import { carryOut } from './acting/carry-out.ts'
import { holdBack } from './acting/hold-back.ts'
import { stillSo } from './facts/still-so.ts'
import { type CaseParts, caseGraph } from './graph.ts'
import type { ActOutcome, OrderExceptions, TriageOutcome } from './order-exception.port.ts'
import type { CaseState } from './state.ts'

/** Resolved cases of which checkpoints are still kept, at most `limit`. */
export type KeptCases = (shop: ShopId, limit: number, signal: AbortSignal) => Promise<CaseId[]>

/** Reasons that begin no second look at what was looked at, and those that do only where what was found no longer holds. */
const ONCE = new Set(['opened', 'left', 'expired', 'question'])
const NEWS = new Set(['news', 'reported'])

/**
 * The agent for order exceptions. A run is one investigation of a case (its round) and whatever follows from it; the checkpoints say
 * where it stands, the decisions table what was agreed, the journal what was done. Who calls takes care that one case is not run twice at once.
 */
export function orderExceptions({ log, kept, ...parts }: CaseParts & { log: Log; kept: KeptCases }): OrderExceptions {
  const { cases, proposals, journal, tools, clock, checkpoints } = parts
  const graph = caseGraph(parts)
  const hands = { journal, tools, clock }
  const look = stillSo(parts, parts)

  async function positionOf(caseId: CaseId, round: number) {
    const { config, next, tasks } = await graph.getState({ configurable: { thread_id: threadOf(caseId, round) } })
    if (config.configurable?.checkpoint_id === undefined) return { at: 'nowhere' as const, next: '' }
    if (next.length === 0) return { at: 'end' as const, next: '' }
    const isPaused = tasks.some(({ interrupts }) => interrupts.length > 0)
    return { at: isPaused ? ('pause' as const) : ('work' as const), next: String(next[0]) }
  }

  async function run(
    input: Partial<CaseState> | Command | null,
    caseId: CaseId,
    round: number,
    signal: AbortSignal,
  ): Promise<CaseState> {
    const config = { configurable: { thread_id: threadOf(caseId, round) }, durability: 'sync' as const, signal }
    return (await graph.invoke(input as Parameters<typeof graph.invoke>[0], config)) as CaseState
  }

  /** Runs a round; when the world moved under a decision, or policy became stricter, the next one too. */
  async function runOn(
    input: Partial<CaseState> | Command | null,
    shop: ShopId,
    caseId: CaseId,
    round: number,
    signal: AbortSignal,
  ): Promise<CaseState & { again: boolean }> {
    const state = await run(input, caseId, round, signal)
    const why = staleness(state)
    if (why === null) return { ...state, again: false }
    // Somebody else may have taken it on from there.
    if (why === LAPSED && (await cases.load(shop, caseId, signal))?.status !== 'executing')
      return { ...state, again: false }
    const next = await cases.investigate(shop, caseId, why, signal)
    if (next.outcome !== 'moved') return { ...state, again: false }
    log.info({ shop, case: caseId, why }, 'case looked at again before acting')
    await forgetRounds(caseId, next.round - 1)
    return { ...(await run({ shop, caseId }, caseId, next.round, signal)), again: true }
  }

  /** A resolved case needs its checkpoints no more; they hold an address. */
  async function forgetResolved(shop: ShopId, caseId: CaseId, signal: AbortSignal): Promise<void> {
    const row = await cases.load(shop, caseId, signal)
    if (row?.status !== 'resolved') return
    await forgetRounds(caseId, row.round)
  }

  /** Only the current round is ever gone on with. */
  async function forgetRounds(caseId: CaseId, last: number): Promise<void> {
    for (let round = last; round >= 0; round -= 1) await checkpoints.deleteThread(threadOf(caseId, round))
  }

  /** Its customer is to be forgotten: what earlier rounds kept goes, and the case is looked at from what is known now. */
  async function triageErased(row: CaseRow, shop: ShopId, _why: string, signal: AbortSignal): Promise<TriageOutcome> {
    const erased = await cases.erase(shop, row.id, signal)
    if (erased.outcome === 'unsettled') return { outcome: 'unsettled' }
    if (erased.outcome !== 'moved' && erased.outcome !== 'same') return { outcome: 'nothing_to_do' }
    const round = erased.outcome === 'moved' ? erased.round : row.round
    await forgetRounds(row.id, round - 1)
    // Erased before, perhaps by a run that died before it looked.
    return triageRow(
      { ...row, round, status: erased.outcome === 'moved' ? 'investigating' : row.status },
      shop,
      'left',
      signal,
    )
  }

  async function stillHolds({ id, status }: CaseRow, shop: ShopId, signal: AbortSignal): Promise<boolean> {
    const proposal = await proposals.standing(shop, id, signal)
    if (proposal === null) return false
    // Something was asked, and waited for since: any news may be the answer.
    if (status === 'waiting' && (await journal.ofCase(shop, id, signal)).some((one) => one.proposal === proposal.id))
      return false
    return (await look(shop, id, proposal, signal)).outcome === 'same'
  }

  async function triageRow(row: CaseRow, shop: ShopId, why: string, signal: AbortSignal): Promise<TriageOutcome> {
    const { at } = await positionOf(row.id, row.round)
    const start = { shop, caseId: row.id }
    if (at === 'nowhere') return investigated(await runOn(start, shop, row.id, row.round, signal))
    if (at === 'work') return investigated(await runOn(null, shop, row.id, row.round, signal))
    if (ONCE.has(why) && row.status !== 'investigating') return { outcome: 'nothing_to_do' }
    // Told twice: the first look may have led to what a person has approved by now.
    if (why === 'again' && row.status !== 'waiting') return { outcome: 'nothing_to_do' }
    // What is being done is read again before it is done; what is under way tells of itself.
    if (NEWS.has(why) && (row.status === 'executing' || (await stillHolds(row, shop, signal))))
      return { outcome: 'nothing_to_do' }
    const next = await cases.investigate(shop, row.id, why, signal)
    if (next.outcome === 'unsettled') return { outcome: 'unsettled' }
    if (next.outcome !== 'moved') return { outcome: 'nothing_to_do' }
    await forgetRounds(row.id, next.round - 1)
    return investigated(await runOn(start, shop, row.id, next.round, signal))
  }

  async function actOn(row: CaseRow, shop: ShopId, signal: AbortSignal): Promise<ActOutcome> {
    const { at, next } = await positionOf(row.id, row.round)
    if (at === 'work') return acted(await runOn(null, shop, row.id, row.round, signal))
    if (at === 'pause' && next === 'awaitTurn')
      return acted(await runOn(new Command({ resume: true }), shop, row.id, row.round, signal))
    const standing = await proposals.standing(shop, row.id, signal)
    const done = await journal.ofCase(shop, row.id, signal)
    const isAgreed = standing?.state === 'approved' || standing?.state === 'released'
    const isBegun = done.some(({ proposal }) => proposal === standing?.id)
    if (isAgreed && !isBegun && row.status !== 'resolved') {
      if (at === 'pause') return acted(await runOn(new Command({ resume: true }), shop, row.id, row.round, signal))
      if (at === 'end') {
        // Agreed on after its run had ended: taken up where a released plan goes on.
        const config = { configurable: { thread_id: threadOf(row.id, row.round) } }
        await graph.updateState(config, { verdict: 'auto' }, 'gate')
        return acted(await runOn(null, shop, row.id, row.round, signal))
      }
    }
    // What is taken back, or done at a deadline, belongs to no run.
    const isOver = done.every(({ state }) => ['succeeded', 'failed', 'cancelled', 'undone'].includes(state))
    const progress = isOver ? null : await carryOut(hands, shop, row.id, signal)
    if (progress?.outcome === 'pending') return progress
    // So nothing follows it by itself: a person has the case from here.
    if (row.status === 'executing' && !(isAgreed && !isBegun))
      await cases.escalate(shop, row.id, row.reason ?? 'ended_outside_run', PURSER, signal)
    return { outcome: isOver ? 'nothing_to_do' : 'ended' }
  }

  return {
    async triage(shop, caseId, why, signal) {
      const row = await cases.load(shop, caseId, signal)
      if (!row) return { outcome: 'nothing_to_do' }
      const isOver = row.status === 'resolved'
      const look = why === 'erased' ? triageErased : triageRow
      const outcome: TriageOutcome = isOver ? { outcome: 'nothing_to_do' } : await look(row, shop, why, signal)
      await forgetResolved(shop, caseId, signal)
      log.info({ shop, case: caseId, type: row.type, why, ...outcome }, 'case looked at')
      return outcome
    },
    async act(shop, caseId, signal) {
      const row = await cases.load(shop, caseId, signal)
      if (!row) return { outcome: 'nothing_to_do' }
      const outcome = await actOn(row, shop, signal)
      await forgetResolved(shop, caseId, signal)
      log.info({ shop, case: caseId, type: row.type, ...outcome }, 'case acted on')
      return outcome
    },
    async tidy(shop, limit, signal) {
      const ended = await kept(shop, limit, signal)
      for (const caseId of ended) await forgetResolved(shop, caseId, signal)
      return ended.length
    },
    async holdBack(shop, caseId, signal) {
      const progress = await holdBack({ ...parts, hands }, shop, caseId, signal)
      log.info({ shop, case: caseId, held: progress?.outcome ?? null }, 'deadline of a case passed')
      if (progress === null) return { outcome: 'nothing_to_do' }
      return progress.outcome === 'pending' ? progress : { outcome: 'ended' }
    },
  }
}

/** What was released was not taken up in time. */
const LAPSED = 'proposal_lapsed'

const threadOf = (caseId: CaseId, round: number) => `${caseId}.${round}`

function investigated({ verdict }: CaseState): TriageOutcome {
  return { outcome: 'investigated', verdict: verdict ?? 'none' }
}

function acted({ progress, again }: CaseState & { again: boolean }): ActOutcome {
  if (again) return { outcome: 'moved' }
  return progress?.outcome === 'pending' ? progress : { outcome: 'ended' }
}

/** Why a round ended without what it had proposed; null when it did not. */
function staleness({ standing, progress }: CaseState): string | null {
  if (standing?.outcome === 'moved') return 'world_moved'
  if (progress?.outcome !== 'refused') return null
  if (progress.why === 'not_approved') return LAPSED
  return progress.why === 'tightened' ? 'policy_tightened' : null
}
