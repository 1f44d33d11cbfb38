import type { Journal, JournalAction, Recorded } from '#approvals/journal.port.ts'
import { CASE_ONLY_KINDS } from '#domain/exceptions/action.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { ActionTool, ActionTools, AuthorisedAction, ToolSystem } from '#tools/action-tool.port.ts'

export type Hands = { journal: Journal; tools: ActionTools; clock: Clock }

/** How far a case's actions are. `failed`: one failed; `left` succeeded before it and cannot be taken back. `called_off`: by a person, before it left. */
export type Progress =
  | { outcome: 'done' }
  | { outcome: 'pending'; until: string | null }
  | { outcome: 'failed'; why: string; left: string[] }
  | { outcome: 'called_off' }
  | { outcome: 'refused'; why: string }

type Step = 'next' | 'again' | { until: string | null } | { failed: string }

/**
 * Carries out what the journal has authorised for a case, in order, from where it stands: nothing here remembers anything. An
 * answer that was lost is asked for by key and never sent again; after a failure what can be taken back is, newest first.
 */
export async function carryOut(hands: Hands, shop: ShopId, caseId: CaseId, signal: AbortSignal): Promise<Progress> {
  let failure: { why: string; left: string[] } | null = null
  let isCalledOff = false
  for (const action of await hands.journal.ofCase(shop, caseId, signal)) {
    if (hasEnded(action)) {
      failure ??= failedBefore(action)
      isCalledOff ||= action.state === 'cancelled'
      continue
    }
    const step = await settle(hands, action, signal)
    if (step === 'next') continue
    if ('until' in step) return { outcome: 'pending', until: step.until }
    const { left } = await hands.journal.compensate(shop, action.proposal, step.failed, signal)
    failure = { why: step.failed, left: left.map(({ kind }) => kind) }
    // Undoing is authorised work of its own, behind what is listed here.
    const undone = await carryOut(hands, shop, caseId, signal)
    return undone.outcome === 'pending' ? undone : { outcome: 'failed', ...failure }
  }
  if (failure) return { outcome: 'failed', ...failure }
  return { outcome: isCalledOff ? 'called_off' : 'done' }
}

/** One action until it has ended or has to wait. */
async function settle(hands: Hands, action: JournalAction, signal: AbortSignal): Promise<Exclude<Step, 'again'>> {
  for (let tries = 0; tries < 4; tries += 1) {
    const step = await stepOf(hands, action, signal)
    if (step !== 'again') return step
  }
  return { until: null }
}

async function stepOf(
  { journal, tools, clock }: Hands,
  { shop, id }: JournalAction,
  signal: AbortSignal,
): Promise<Step> {
  const begun = await journal.begin(shop, id, signal)
  switch (begun.outcome) {
    case 'go':
    case 'settle': {
      const outcome = await effectOf({ journal, tools, clock }, begun, signal)
      const recorded = await journal.record(shop, id, outcome, signal)
      if (recorded.outcome === 'unknown_action') return { failed: 'unknown_action' }
      if (outcome.outcome === 'unknown') return { until: begun.until.toISOString() }
      if (outcome.outcome === 'failed' && outcome.why === 'never_arrived') return 'again'
      return stepAfter(recorded.action)
    }
    case 'busy':
      return { until: begun.until.toISOString() }
    case 'not_yet':
      return { until: begun.at.toISOString() }
    case 'paused':
      return { until: null }
    case 'done':
    case 'cancelled':
      return stepAfter(begun.action)
    case 'unknown_action':
      return { failed: 'unknown_action' }
  }
}

function stepAfter({ state, why }: JournalAction): Step {
  if (state === 'failed') return { failed: why ?? 'failed' }
  // What was called off by a person is over; what came after it was called off with it.
  return 'next'
}

type Begun = Extract<Awaited<ReturnType<Journal['begin']>>, { outcome: 'go' | 'settle' }>

/** Sends it, or asks what became of it. A Fault thrown while nothing was sent leaves the row `sending`: its time runs out, and it is asked for by key. */
async function effectOf({ journal, tools, clock }: Hands, begun: Begun, signal: AbortSignal): Promise<Recorded> {
  const { action, undoOf, outcome } = begun
  const subject = undoOf ?? action
  if (CASE_ONLY_KINDS.has(subject.kind))
    return { outcome: 'succeeded', receipt: `case ${action.caseId}`, at: clock.now().toISOString() }
  const tool = tools[subject.kind as keyof ActionTools]
  const authorised = await asAuthorised(journal, tool, subject, signal)
  if (undoOf) {
    if (tool.undo === null) return { outcome: 'failed', why: 'not_reversible' }
    // Undoing asks by its own key first, so repeating it is asking.
    return tool.undo(authorised, action.id, signal)
  }
  return outcome === 'go' ? tool.run(authorised, signal) : tool.settle(authorised, signal)
}

/** An own action of the same case moves versions: from the first success on they are not compared any more. */
async function asAuthorised(
  journal: Journal,
  tool: ActionTool,
  action: JournalAction,
  signal: AbortSignal,
): Promise<AuthorisedAction> {
  const { id, shop, order, kind, args } = action
  const before = await journal.ofCase(shop, action.caseId, signal)
  const isFirst = !before.some(
    (other) => other.id !== id && ['succeeded', 'undone'].includes(other.state) && !CASE_ONLY_KINDS.has(other.kind),
  )
  const relied = action.reliedOn.find(({ system }) => system === tool.system)?.version
  const reliedOn: Partial<Record<ToolSystem, number>> = typeof relied === 'number' ? { [tool.system]: relied } : {}
  return { id, shop, order, kind, args, ...(isFirst ? { reliedOn } : {}) }
}

const hasEnded = ({ state }: JournalAction) => ['succeeded', 'failed', 'cancelled', 'undone'].includes(state)

/** A failure an earlier run wrote down and did not come to tell of. */
function failedBefore({ state, why, undoOf }: JournalAction): { why: string; left: string[] } | null {
  return state === 'failed' && undoOf === null ? { why: why ?? 'failed', left: [] } : null
}
