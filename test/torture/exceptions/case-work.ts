import type { InstanceKeys } from '#app/keys.ts'
import { CAREFUL_LIMITS, policyFromLimits } from '#approvals/policy/default-policy.ts'
import type { Call } from '../ledger.ts'

/** Automatic money a day, in minor units: little enough to be used up in the first rounds. */
export const AUTOMATIC_A_DAY = 40_000
const APPROVERS_AT_ONCE = 4

/** What was acknowledged about cases. */
export type CaseLedger = {
  /** Order → case. */
  reported: Map<string, string>
  /** Case → hash that was approved. */
  approved: Map<string, string>
  /** Approvals that were refused because another was first. */
  refused: number
}

export function openCaseLedger(): CaseLedger {
  return { reported: new Map(), approved: new Map(), refused: 0 }
}

type Work = {
  cases: CaseLedger
  call: Call
  keys: InstanceKeys
  stop: AbortSignal
  fault: () => void
}

/** Puts a policy in force that lets amounts within small limits go, until the day's budget is used up. */
export async function usePolicy(call: Call, keys: InstanceKeys): Promise<void> {
  const token = keys.adminKey
  const versions = await call('GET', '/v1/policy/versions', { token })
  const version = (versions.json as { items: { version: number }[] }).items[0]?.version ?? 0
  const amount = { '*': AUTOMATIC_A_DAY }
  const body = {
    ...policyFromLimits(CAREFUL_LIMITS),
    budgets: [{ per: 'shop', automatic: { amount, count: null }, total: { amount: null, count: null } }],
  }
  const put = await call('PUT', '/v1/policy?note=torture', { token, body, headers: { 'if-match': `"${version}"` } })
  if (put.status !== 200) throw new Error(`the policy was refused: ${JSON.stringify(put.json)}`)
}

/** Reports each order twice, once as an event and once directly, until it is stopped. */
export async function reportOrders({ cases, call, keys, stop, fault }: Work, orders: string[]): Promise<void> {
  for (const order of orders) {
    if (stop.aborted) return
    const detail = 'No scan for weeks'
    const event = {
      specversion: '1.0',
      id: `raised-${order}`,
      source: '/torture/oms',
      subject: order,
      type: 'exception.raised',
      data: { orderId: order, type: 'lost_in_transit', source: 'monitor', detail },
    }
    const [raised, reported] = await Promise.all([
      call('POST', '/v1/events', { token: keys.eventsKey, body: event }).catch(() => null),
      call('POST', '/v1/exceptions', {
        token: keys.adminKey,
        body: { orderId: order, type: 'lost_in_transit', source: 'monitor', detail },
      }).catch(() => null),
    ])
    const { caseId } = (reported?.json ?? {}) as { caseId?: string }
    if (reported?.status === 202 && caseId) cases.reported.set(order, caseId)
    else fault()
    if (raised?.status !== 202) fault()
  }
}

/** Approves whatever waits for it, several people at the same moment, until it is stopped or, with `untilNone`, nothing waits. */
export async function approveCases({ cases, call, keys, stop, fault }: Work, untilNone = false): Promise<void> {
  const token = keys.adminKey
  while (!stop.aborted) {
    const page = await call('GET', '/v1/cases?status=awaiting_approval&q=TRT&limit=10', { token }).catch(() => null)
    if (page?.status !== 200) fault()
    if (untilNone && (page?.json as { items?: unknown[] } | undefined)?.items?.length === 0) return
    for (const { id } of (page?.json as { items?: { id: string }[] } | undefined)?.items ?? []) {
      if (stop.aborted) return
      const found = await call('GET', `/v1/cases/${id}`, { token }).catch(() => null)
      const { proposal } = (found?.json ?? {}) as { proposal?: { hash: string } | null }
      if (!proposal) continue
      const body = { decision: 'approve', proposalHash: proposal.hash }
      const decided = await Promise.all(
        Array.from({ length: APPROVERS_AT_ONCE }, () =>
          call('POST', `/v1/cases/${id}/decision`, { token, body }).catch(() => null),
        ),
      )
      const first = decided.filter((one) => one?.status === 200)
      if (first.length > 1) throw new Error(`case ${id} was approved ${first.length} times`)
      if (first.length === 1) cases.approved.set(id, proposal.hash)
      cases.refused += decided.filter((one) => one?.status === 409).length
      if (decided.some((one) => one === null || one.status >= 500)) fault()
    }
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
