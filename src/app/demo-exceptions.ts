import type { OrderExceptions } from '#agents/order-exception/order-exception.port.ts'
import type { CaseReport, Cases } from '#approvals/cases.port.ts'
import type { Policies } from '#approvals/policy.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import { type DetectionParts, detectExceptions } from '#jobs/exceptions/detection-jobs.ts'
import { demoRows } from './demo-shop.ts'

export type DemoExceptions = { shop: ShopId; folder: string }

/** Cases looked into at a time before the instance is ready; the queue does the rest. */
const AT_ONCE = 4
const MOST_AT_START = 80

/**
 * Opens the demo shop's exceptions on its first start, those in its file and those its orders show by themselves, and looks into
 * them, so that whoever comes finds them investigated. Later starts leave them alone. Throws what its ports throw.
 */
export async function openDemoCases(
  parts: Omit<DetectionParts, 'cases' | 'policies'> & {
    cases: Cases
    policies: Pick<Policies, 'current' | 'put'>
    agent: Pick<OrderExceptions, 'triage'>
  },
  { shop, folder }: DemoExceptions,
  signal: AbortSignal,
): Promise<void> {
  const { cases, policies, agent, clock } = parts
  const counts = await cases.counts(shop, signal)
  if (Object.values(counts).some((count) => count > 0)) return
  // The demo has one owner: nothing would ever find a second pair of eyes.
  const { policy } = await policies.current(shop, signal)
  const alone = {
    policy: { ...policy, fourEyesAbove: null },
    ifMatch: null,
    by: PURSER,
    note: 'One owner, no second person.',
  }
  await policies.put(shop, alone, signal)
  for (const report of await demoRows<CaseReport>(folder, 'exceptions.jsonl', clock.now(), signal))
    await cases.open(shop, report, PURSER, signal)
  await detectExceptions(parts, shop, signal)
  const waiting = await newCases(cases, shop, signal)
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let caseId = waiting.shift(); caseId !== undefined; caseId = waiting.shift())
        await agent.triage(shop, caseId, 'opened', signal)
    }),
  )
}

async function newCases(cases: Cases, shop: ShopId, signal: AbortSignal): Promise<CaseId[]> {
  const page = {
    status: ['investigating' as const],
    type: null,
    incident: null,
    q: null,
    sort: 'age' as const,
    cursor: null,
    limit: MOST_AT_START,
  }
  return (await cases.list(shop, page, signal)).items.map(({ id }) => id)
}
