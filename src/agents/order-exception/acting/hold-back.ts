import type { Cases } from '#approvals/cases.port.ts'
import type { Proposals } from '#approvals/proposals.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import { Fault } from '#domain/fault.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import { isHandedOver } from '#domain/parcels/parcel-signs.ts'
import { draftOf } from '../draft.ts'
import { type Investigators, investigate } from '../facts/investigate.ts'
import { withHoldSigned } from '../own-hold.ts'
import { planCase } from '../plan-case.ts'
import { action, type Plan } from '../playbook.ts'
import { carryOut, type Hands, type Progress } from './carry-out.ts'

/**
 * What is done when nobody decided until the deadline: an order that has not left is held, which can be taken back; a person has the
 * case then. Null where there is nothing to hold. Throws a retryable Fault `agents.recheck.silent` when nobody says now whether the order
 * has left, and what its ports throw.
 */
export async function holdBack(
  parts: Investigators & {
    cases: Pick<Cases, 'load' | 'escalate'>
    proposals: Pick<Proposals, 'propose'>
    hands: Hands
  },
  shop: ShopId,
  caseId: CaseId,
  signal: AbortSignal,
): Promise<Progress | null> {
  const { cases, proposals, hands } = parts
  const row = await cases.load(shop, caseId, signal)
  if (!row || row.status === 'resolved') return null
  const { type, source, detail, data, openedAt, order, round } = row
  const exception = { type, source, detail, data, detectedAt: openedAt.toISOString() }
  const investigation = await investigate(parts, shop, { order, round, exception }, signal)
  const { order: found, parcels } = investigation.facts
  // Whether it has left is not known yet; nobody else would hold it later.
  if (found?.outcome !== 'known')
    throw new Fault({
      kind: 'retryable',
      code: 'agents.recheck.silent',
      message: 'The order system does not answer now; the order was not held.',
      retryAfter: 30,
    })
  const isHere = found.value?.status === 'processing'
  if (!isHere || (parcels?.outcome === 'known' && parcels.value.some(isHandedOver))) return null
  const { cause, why } = planCase(investigation)
  const held: Plan = {
    cause,
    why: `${why} Nobody decided in time.`,
    rule: 'deadline',
    verdict: 'auto',
    lookAgainAt: null,
    alternatives: [],
    actions: [action('hold_order')],
  }
  const plan = withHoldSigned(held, investigation, caseId)
  const draft = { ...draftOf(hands.tools, { caseId, order, investigation, plan, summary: null }), fallback: true }
  const proposed = await proposals.propose(shop, draft, signal)
  if (!('verdict' in proposed) || proposed.verdict !== 'auto') return null
  const authorised = await hands.journal.authorise(shop, caseId, proposed.hash, signal)
  if (authorised.outcome !== 'authorised' && authorised.outcome !== 'again')
    return { outcome: 'refused', why: authorised.outcome }
  const progress = await carryOut(hands, shop, caseId, signal)
  await cases.escalate(shop, caseId, 'deadline', PURSER, signal)
  return progress
}
