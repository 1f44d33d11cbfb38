import type { PolicyStore } from '#db/approvals/policy/policy.port.ts'
import type { ShadowStore } from '#db/approvals/policy/shadow.port.ts'
import type { ProposalStore } from '#db/approvals/proposals/proposals.port.ts'
import type { ProposalDraft } from '#domain/approvals/proposal.ts'
import { doneBetween, isSameDone, seenOf } from '#domain/approvals/shadow.ts'
import { CASE_ONLY_KINDS } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { ShopId } from '#domain/ids.ts'
import { decide } from './policy/decide.ts'
import { carefulPolicy } from './policy/default-policy.ts'
import type { Proposals, Proposed } from './proposals.port.ts'

export type ShadowParts = { shadows: ShadowStore; policies: PolicyStore; store: Pick<ProposalStore, 'byId'> }

/**
 * Proposals that besides keep, for types at level `shadow`, what Purser would have done by itself, and compare it with what was done to
 * the order in the shop's systems once that is seen or the case is solved. Only the first plan of a case counts: it was made before
 * anybody did anything. One that could not be compared is kept with nothing in it, so that no later one takes its place. Killed in
 * between, nothing is lost: the same plan is proposed again, and both writes happen once.
 */
export function withShadows(proposals: Proposals, parts: ShadowParts): Proposals {
  return {
    ...proposals,
    async propose(shop, draft, signal) {
      await compare(parts, shop, draft, signal)
      const proposed = await proposals.propose(shop, draft, signal)
      if ('verdict' in proposed) await keep(parts, shop, draft, proposed, signal)
      return proposed
    },
  }
}

const changesCaseAlone = ({ actions }: ProposalDraft) => actions.every(({ kind }) => CASE_ONLY_KINDS.has(kind))

/** What policy would have said at level `auto`, on the very inputs the proposal was judged by. */
async function keep(
  { shadows, policies, store }: ShadowParts,
  shop: ShopId,
  draft: ProposalDraft,
  { id }: Proposed,
  signal: AbortSignal,
): Promise<void> {
  if (changesCaseAlone(draft) || !draft.remembered) return
  const proposal = await store.byId(shop, id, signal)
  if (!proposal) return
  const versioned = (await policies.current(shop, signal)) ?? { version: 0, policy: carefulPolicy() }
  const { judged, facts, counters } = proposal.inputs
  if ((counters.level ?? versioned.policy.autonomy.start[judged.type]) !== 'shadow') return
  const { verdict } = decide(versioned, judged, facts, { ...counters, level: 'auto' })
  const decision = { caseId: draft.caseId, proposal: id, type: judged.type, verdict, would: seenOf(draft.actions) }
  await shadows.keep(shop, decision, signal)
}

/** Somebody did something, or it was solved without: what would have been done is held against it. */
async function compare(
  { shadows, policies, store }: ShadowParts,
  shop: ShopId,
  draft: ProposalDraft,
  signal: AbortSignal,
): Promise<void> {
  if (!draft.remembered) return
  const open = await shadows.open(shop, draft.caseId, signal)
  const before = open && (await store.byId(shop, open.proposal, signal))?.draft.remembered
  // Once people are asked (suggest), what is done is Purser's own doing; what a person decided in the shadow is not open any more.
  if (!open || !before || (await levelOf(policies, shop, open.type, signal)) !== 'shadow') return
  const did = doneBetween(before, draft.remembered)
  const isSolved = draft.wants === 'auto' && changesCaseAlone(draft)
  if (did.length === 0 && !isSolved) return
  await shadows.compare(shop, draft.caseId, { did, agreed: isSameDone(open.would, did) }, signal)
}

async function levelOf(policies: PolicyStore, shop: ShopId, type: ExceptionType, signal: AbortSignal) {
  const set = (await policies.levels(shop, signal)).find((level) => level.type === type)
  if (set) return set.level
  const { policy } = (await policies.current(shop, signal)) ?? { policy: carefulPolicy() }
  return policy.autonomy.start[type]
}
