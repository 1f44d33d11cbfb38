import type { CaseStore } from '#db/approvals/cases/cases.port.ts'
import type { LockedCase, LockedCases } from '#db/approvals/locked/locked-case.port.ts'
import type { PolicyStore } from '#db/approvals/policy/policy.port.ts'
import type { CaseStatus } from '#domain/approvals/case.ts'
import { type Actor, PURSER } from '#domain/approvals/proposal.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Cases, MoveOutcome } from './cases.port.ts'
import { carefulPolicy } from './policy/default-policy.ts'

const HOUR = 3_600_000
/** Open cases of one cause that are an incident: two may be chance. */
const INCIDENT_FROM = 3
/** How bad an exception is if nothing is done, 0–1, before anything is known of it. */
const RISK: Record<ExceptionType, number> = {
  fraud_hold: 0.9,
  delivered_not_received_claim: 0.7,
  lost_in_transit: 0.7,
  damaged_in_transit: 0.6,
  out_of_stock_open_order: 0.6,
  payment_hold: 0.5,
  carrier_exception_address: 0.6,
  address_invalid: 0.6,
  return_to_sender: 0.5,
  duplicate_order: 0.5,
  partial_shipment_short: 0.5,
  refund_pending_too_long: 0.4,
  price_mismatch: 0.3,
  carrier_delay: 0.3,
  // It is soon too late for it: the order is packed meanwhile.
  customer_request: 0.5,
}
/** What may still come of a case whose action is on its way. */
const UNSETTLED = ['authorised', 'sending', 'unknown']
/** What a newer investigation makes void. */
const OPEN_PROPOSALS = ['standing', 'released', 'approved', 'waiting', 'blocked']

type Move = { status: CaseStatus; why: string; by: Actor; lookAgainAt?: Date }

/** Exceptions of orders over the store. Throws what the database throws. */
export function cases(store: CaseStore, locked: LockedCases, policies: PolicyStore, clock: Clock): Cases {
  const move = async (shop: ShopId, id: CaseId, to: Move, signal: AbortSignal): Promise<MoveOutcome> =>
    (await locked.inCase(shop, id, signal, (one) => moved(one, to))) ?? { outcome: 'unknown_case' }
  return {
    ...store,
    async open(shop, report, by, signal) {
      const { policy } = (await policies.current(shop, signal)) ?? { policy: carefulPolicy() }
      const hours = policy.deadlines.hours[report.type] ?? policy.deadlines.hours['*'] ?? 24
      const dueBy = new Date(clock.now().getTime() + hours * HOUR)
      return store.open(shop, { ...report, risk: report.risk ?? RISK[report.type], dueBy }, by, signal)
    },
    group: (shop, id, cause, signal) => store.group(shop, id, cause && { ...cause, from: INCIDENT_FROM }, signal),
    async investigate(shop, id, why, signal) {
      const moved = await locked.inCase(shop, id, signal, async (one) => {
        if (one.row.status === 'resolved') return { outcome: 'closed' as const }
        if (await isUnsettled(one)) return { outcome: 'unsettled' as const }
        return { outcome: 'moved' as const, round: await another(one, why) }
      })
      return moved ?? { outcome: 'unknown_case' }
    },
    wait: (shop, id, until, why, signal) =>
      move(shop, id, { status: 'waiting', why, by: PURSER, lookAgainAt: until }, signal),
    escalate: (shop, id, why, by, signal) => move(shop, id, { status: 'escalated', why, by }, signal),
    resolve: (shop, id, why, by, signal) => move(shop, id, { status: 'resolved', why, by }, signal),
    fail: (shop, id, why, signal) => move(shop, id, { status: 'failed', why, by: PURSER }, signal),
    async conclude(shop, id, { status, why, until, seen }, signal) {
      const to = { status, why, by: PURSER, ...(until ? { lookAgainAt: until } : {}) }
      const ended = await locked.inCase(shop, id, signal, async (one) => {
        const { row } = one
        const isMore = seen !== null && row.reports > seen && row.status !== 'resolved'
        if (!isMore || (await isUnsettled(one))) return moved(one, to)
        await another(one, 'reported')
        await one.knock('triage', { shop, caseId: id, why: 'reported' })
        return { outcome: 'reported' as const }
      })
      return ended ?? { outcome: 'unknown_case' }
    },
    async erase(shop, id, signal) {
      const erased = await locked.inCase(shop, id, signal, async (one) => {
        if (one.row.status === 'resolved') return { outcome: 'closed' as const }
        if (!one.owesErasure) return { outcome: 'same' as const }
        if (one.row.status === 'executing' || (await isUnsettled(one))) return { outcome: 'unsettled' as const }
        return { outcome: 'moved' as const, round: await another(one, 'erased') }
      })
      return erased ?? { outcome: 'unknown_case' }
    },
  }
}

/** See Cases.wait and those beside it, in the case's transaction. */
async function moved(one: LockedCase, { status, why, by, lookAgainAt }: Move): Promise<MoveOutcome> {
  const { row } = one
  if (row.status === status && row.reason === why && row.lookAgainAt?.getTime() === lookAgainAt?.getTime())
    return { outcome: 'same' }
  if (row.status === 'resolved') return { outcome: 'closed' }
  if (status !== 'escalated' && status !== 'failed' && (await isUnsettled(one))) return { outcome: 'unsettled' }
  await voidStanding(one)
  await one.change({ status, reason: why, lookAgainAt: lookAgainAt ?? null })
  one.note({ by, what: `case_${status}`, subject: row.id, details: { why, from: row.status } })
  return { outcome: 'moved' }
}

/** Another round; what stood is void, and what an erasure left for what was under way goes. */
async function another(one: LockedCase, why: string): Promise<number> {
  await voidStanding(one)
  const round = one.row.round + 1
  await one.change({ status: 'investigating', reason: null, lookAgainAt: null, round })
  if (one.owesErasure) await one.erase()
  one.note({ by: PURSER, what: 'case_investigating', subject: one.row.id, details: { why, round } })
  return round
}

async function isUnsettled(one: LockedCase): Promise<boolean> {
  return (await one.actions()).some(({ state }) => UNSETTLED.includes(state))
}

/** A proposal that nobody acted on yet holds no longer; one whose actions ran keeps its word. */
async function voidStanding(one: LockedCase): Promise<void> {
  const current = await one.current()
  if (!current || !OPEN_PROPOSALS.includes(current.state)) return
  const acted = (await one.actions()).some(({ proposal }) => proposal === current.id)
  if (!acted) await one.setState(current.id, 'superseded')
}
