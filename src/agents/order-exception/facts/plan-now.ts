import type { Cases } from '#approvals/cases.port.ts'
import type { Journal } from '#approvals/journal.port.ts'
import type { Investigation } from '#domain/exceptions/facts.ts'
import type { CaseId, OrderId, ShopId } from '#domain/ids.ts'
import type { CaseLookUps } from '#tools/case-look-ups.port.ts'
import { withHoldReleased, withHoldSigned } from '../own-hold.ts'
import { planCase } from '../plan-case.ts'
import type { Plan } from '../playbook.ts'
import { withoutRepeats } from '../repeats.ts'

export type PlanParts = {
  cases: Pick<Cases, 'ofOrder'>
  journal: Pick<Journal, 'ofCase'>
  lookUps: Pick<CaseLookUps, 'checkAddress'>
}

/**
 * What the rules make of a case now: its playbook's plan without what was done before, and with our own hold released where it is
 * over. Throws what Cases.ofOrder and Journal.ofCase throw.
 */
export async function planNow(
  { cases, journal, lookUps }: PlanParts,
  shop: ShopId,
  { caseId, order, investigation }: { caseId: CaseId; order: OrderId; investigation: Investigation },
  signal: AbortSignal,
): Promise<Plan> {
  const done = await journal.ofCase(shop, caseId, signal)
  const plan = withoutRepeats(planCase(investigation), done, investigation.askedAt ?? investigation.now)
  const held = done.some(({ kind, state }) => kind === 'hold_order' && state === 'succeeded')
  const others = held ? (await cases.ofOrder(shop, order, signal)).filter(({ id }) => id !== caseId) : []
  const released = withHoldReleased(plan, investigation, {
    caseId,
    done,
    isWantedElsewhere: others.length > 0,
    isUsable: (address) => lookUps.checkAddress(address).usable,
  })
  return withHoldSigned(released, investigation, caseId)
}
