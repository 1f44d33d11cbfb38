import type { LockedCase, StoredProposal } from '#db/approvals/locked/locked-case.port.ts'
import type { Actor, DecisionRequest, ProposalDraft, ProposedAction } from '#domain/approvals/proposal.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { ActionTerms } from '../fact-check.port.ts'
import type { DecideOutcome } from '../proposals.port.ts'
import { judge, policyOf } from './judge.ts'
import { store } from './propose.ts'
import { mayNot } from './refusal.ts'

/** Actions an edit may hold; more than anyone reads is no edit. */
const MOST_ACTIONS = 20

type Problems = { problems: { path: string; message: string }[] }

/** The edited actions with what they would do. Kinds are those of the proposal and its alternatives: an edit changes a plan, it does not make one. */
export async function describeEdits(
  terms: ActionTerms,
  shop: ShopId,
  proposal: StoredProposal,
  { edits }: DecisionRequest,
  signal: AbortSignal,
): Promise<{ actions: ProposedAction[] } | Problems> {
  const wanted = edits?.actions ?? []
  if (wanted.length === 0 || wanted.length > MOST_ACTIONS)
    return { problems: [{ path: 'edits.actions', message: `1 to ${MOST_ACTIONS} actions are needed` }] }
  const known = new Set(
    [...proposal.actions, ...proposal.alternatives.flatMap(({ actions }) => actions)].map(({ kind }) => kind),
  )
  const actions: ProposedAction[] = []
  const problems: Problems['problems'] = []
  for (const [at, action] of wanted.entries()) {
    const path = `edits.actions.${at}`
    if (!known.has(action.kind)) {
      problems.push({ path: `${path}.kind`, message: 'neither proposed nor among the alternatives' })
      continue
    }
    const described = await terms.describe(shop, proposal.order, action, signal)
    if (described.outcome === 'described') actions.push(described.action)
    else problems.push(...described.problems.map((problem) => ({ ...problem, path: `${path}.args.${problem.path}` })))
  }
  return problems.length ? { problems } : { actions }
}

/**
 * Stores the edited form as the next revision and approves it; the original stays as it was, with the edit as its last word. A
 * sum that two people have to approve stands for two others, since who edited it has proposed it.
 */
export async function decideEdited(
  one: LockedCase,
  ids: Ids,
  original: StoredProposal,
  actions: ProposedAction[],
  by: Actor,
): Promise<Exclude<DecideOutcome, { outcome: 'decided' }> | null> {
  const draft: ProposalDraft = { ...original.draft, actions, wants: 'approval' }
  const policy = await policyOf(one)
  const { inputs, ruling } = await judge(one, policy, draft, original.id)
  const refused = mayNot({ ...ruling, fourEyes: false }, by, { proposedBy: original.proposedBy, approvals: [] })
  if (refused) return refused
  const made = {
    draft,
    inputs,
    ruling: { ...ruling, verdict: 'approval' as const },
    policy,
    by,
    editedFrom: original.id,
  }
  await store(one, ids, ruling.fourEyes ? made : { ...made, state: 'approved' })
  return null
}
