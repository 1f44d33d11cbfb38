import type { Journal, JournalAction, Recorded } from '#approvals/journal.port.ts'
import { CASE_ONLY_KINDS } from '#domain/exceptions/action.ts'
import { Fault } from '#domain/fault.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { ActionTool, ActionTools, AuthorisedAction, ToolSystem } from '#tools/action-tool.port.ts'

export type Hands = { journal: Journal; tools: ActionTools; clock: Clock }

/** How far a case's actions are. `failed`: one failed; `left` succeeded before it and cannot be taken back. `called_off`: before it left, by a person (`called_off`) or a rule. `refused`: nothing of it was done, and it may be proposed anew. */
export type Progress =
  | { outcome: 'done' }
  | { outcome: 'pending'; until: string | null }
  | { outcome: 'failed'; why: string; left: string[] }
  | { outcome: 'called_off'; why: string }
  | { outcome: 'refused'; why: string }

/** What never arrived is sent again with the same key, so often at once and then after a pause. */
const TRIES = 3
const TRY_AGAIN_MS = 30_000

type Step = 'next' | 'again' | { until: string | null } | { failed: string }

/**
 * Carries out what the journal has authorised for a case, in order, from where it stands: nothing here remembers anything. An
 * answer that was lost is asked for by key and never sent again; after a failure what can be taken back is, newest first. Throws
 * what Journal and the tools throw.
 */
export async function carryOut(hands: Hands, shop: ShopId, caseId: CaseId, signal: AbortSignal): Promise<Progress> {
  for (const action of inTurn(await hands.journal.ofCase(shop, caseId, signal))) {
    if (hasEnded(action)) continue
    const step = await settle(hands, action, signal)
    if (step === 'next') continue
    if ('until' in step) return { outcome: 'pending', until: step.until }
    // What cannot be taken back stays, and is told of: nobody asked for the rest to be taken back as well.
    if (action.undoOf !== null) continue
    const { left } = await hands.journal.compensate(shop, action.proposal, step.failed, signal)
    // Undoing is authorised work of its own, behind what was listed here.
    const undone = await carryOut(hands, shop, caseId, signal)
    const failed = { outcome: 'failed', why: step.failed, left: left.map(({ kind }) => kind) } as const
    return undone.outcome === 'pending' || undone.outcome === 'failed' ? undone : failed
  }
  return ended(await hands.journal.ofCase(shop, caseId, signal))
}

/** Taking back comes first, newest effect first; then what is to be done, in its order. */
function inTurn(actions: JournalAction[]): JournalAction[] {
  const undoing = actions.filter(({ undoOf }) => undoOf !== null)
  undoing.sort((one, other) => other.position - one.position)
  return [...undoing, ...actions.filter(({ undoOf }) => undoOf === null)]
}

/** How the newest proposal's actions ended; what older ones left behind was told of in their time. */
function ended(actions: JournalAction[]): Progress {
  const newest = actions.filter(({ undoOf }) => undoOf === null).at(-1)?.proposal
  const own = actions.filter(({ proposal, undoOf }) => proposal === newest && undoOf === null)
  const failed = own.find(({ state }) => state === 'failed')
  if (failed) return { outcome: 'failed', why: failed.why ?? 'failed', left: kindsOf(own, 'succeeded') }
  const off = own.find(({ state }) => state === 'cancelled' || state === 'undone')
  if (!off) return { outcome: 'done' }
  const isTightened = off.why?.startsWith('tightened:') ?? false
  // What no person has agreed to is put before one; what one agreed to and may not be ends with a person.
  if (
    isTightened &&
    own.every(({ state, authorisedBy }) => state === 'cancelled' && authorisedBy.startsWith('policy:'))
  )
    return { outcome: 'refused', why: 'tightened' }
  return { outcome: 'called_off', why: isTightened ? (off.why ?? '').slice('tightened:'.length) : 'called_off' }
}

const kindsOf = (actions: JournalAction[], state: JournalAction['state']) =>
  actions.filter((action) => action.state === state).map(({ kind }) => kind)

/** One action until it has ended or has to wait. */
async function settle(hands: Hands, action: JournalAction, signal: AbortSignal): Promise<Exclude<Step, 'again'>> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const step = await stepOf(hands, action, signal)
    if (step !== 'again') return step
  }
  return { until: new Date(hands.clock.now().getTime() + TRY_AGAIN_MS).toISOString() }
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

/** Sends it, or asks what became of it. A retryable Fault of sending means that nothing was sent. */
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
  if (outcome === 'settle') return tool.settle(authorised, signal)
  try {
    return await tool.run(authorised, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Fault && error.kind === 'retryable') return { outcome: 'failed', why: 'never_arrived' }
    // Read before anything is sent, and no better the next time.
    if (error instanceof Fault && error.code === 'tools.args.invalid') return { outcome: 'failed', why: 'args_invalid' }
    throw error
  }
}

/** An own action of the same proposal moves versions: from the first success on they are not compared any more. */
async function asAuthorised(
  journal: Journal,
  tool: ActionTool,
  action: JournalAction,
  signal: AbortSignal,
): Promise<AuthorisedAction> {
  const { id, shop, order, kind, args } = action
  const before = await journal.ofCase(shop, action.caseId, signal)
  const isFirst = !before.some(
    (other) =>
      other.id !== id &&
      other.proposal === action.proposal &&
      ['succeeded', 'undone'].includes(other.state) &&
      !CASE_ONLY_KINDS.has(other.kind),
  )
  const relied = action.reliedOn.find(({ system }) => system === tool.system)?.version
  const reliedOn: Partial<Record<ToolSystem, number>> = typeof relied === 'number' ? { [tool.system]: relied } : {}
  return { id, shop, order, kind, args, ...(isFirst ? { reliedOn } : {}) }
}

const hasEnded = ({ state }: JournalAction) => ['succeeded', 'failed', 'cancelled', 'undone'].includes(state)
