import type { OrderExceptions } from '#agents/order-exception/order-exception.port.ts'
import type { CaseReport, Cases } from '#approvals/cases.port.ts'
import type { Policies } from '#approvals/policy.port.ts'
import type { FirstSteps } from '#db/background/first-steps.port.ts'
import type { SandboxControls } from '#db/commerce/sandbox-controls.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import { type DetectionParts, detectExceptions } from '#jobs/exceptions/detection-jobs.ts'
import { demoRows } from './demo-shop.ts'

export type DemoExceptions = { shop: ShopId; folder: string }

/** Cases looked into at a time before the instance is ready; the queue does the rest. */
const AT_ONCE = 4
const MOST_AT_START = 80
/** When the demo's payment provider says that a card has its refund. Real ones say so within minutes to days. */
const REFUNDS_CONFIRM_AFTER_MS = 5 * 60_000

type DemoParts = Omit<DetectionParts, 'cases' | 'policies'> & {
  cases: Cases
  policies: Pick<Policies, 'current' | 'put'>
  agent: Pick<OrderExceptions, 'triage'>
  controls: Pick<SandboxControls, 'now' | 'refundsConfirmAfter'>
  steps: FirstSteps
}
type Step = (parts: DemoParts, demo: DemoExceptions, signal: AbortSignal) => Promise<unknown>

/**
 * Opens the demo shop's exceptions on its first start, those in its file and those its orders show by themselves, and looks into
 * them, so that whoever comes finds them investigated. Each step is marked when it is done and may be repeated when it is not, so a
 * start that was killed is gone on with; later starts leave everything alone. Throws what its ports throw.
 */
export async function openDemoCases(parts: DemoParts, demo: DemoExceptions, signal: AbortSignal): Promise<void> {
  const { cases, steps, clock } = parts
  let done = await steps.done(demo.shop, signal)
  if (done.size === 0 && Object.values(await cases.counts(demo.shop, signal)).some((count) => count > 0)) {
    // Opened before there were marks.
    await steps.mark(demo.shop, OPENING, clock.now(), signal)
    done = new Set(OPENING)
  }
  for (const [name, step] of Object.entries(STEPS)) {
    if (done.has(name)) continue
    await step(parts, demo, signal)
    await steps.mark(demo.shop, [name], clock.now(), signal)
  }
}

const STEPS: Record<string, Step> = {
  demo_policy: decideAlone,
  demo_refunds: confirmRefunds,
  demo_reports: reportAll,
  demo_detection: (parts, { shop }, signal) => detectExceptions(parts, shop, signal),
  demo_looks: lookIntoAll,
}
const OPENING = Object.keys(STEPS).filter((name) => name !== 'demo_refunds')

/** The demo has one owner: nothing would ever find a second pair of eyes. */
async function decideAlone({ policies }: DemoParts, { shop }: DemoExceptions, signal: AbortSignal): Promise<void> {
  const { policy } = await policies.current(shop, signal)
  if (policy.fourEyesAbove === null) return
  const alone = { ...policy, fourEyesAbove: null }
  await policies.put(shop, { policy: alone, ifMatch: null, by: PURSER, note: 'One owner, no second person.' }, signal)
}

/** Those that are requested from now on: refunds that hang are some of the exceptions. */
async function confirmRefunds({ controls }: DemoParts, { shop }: DemoExceptions, signal: AbortSignal): Promise<void> {
  const since = await controls.now(shop, signal)
  await controls.refundsConfirmAfter(shop, { afterMs: REFUNDS_CONFIRM_AFTER_MS, since }, signal)
}

async function reportAll(
  { cases, clock }: DemoParts,
  { shop, folder }: DemoExceptions,
  signal: AbortSignal,
): Promise<void> {
  for (const report of await demoRows<CaseReport>(folder, 'exceptions.jsonl', clock.now(), signal)) {
    const known = await cases.historyOfOrder(shop, report.order, null, signal)
    if (!known.some(({ type }) => type === report.type)) await cases.open(shop, report, PURSER, signal)
  }
}

async function lookIntoAll({ cases, agent }: DemoParts, { shop }: DemoExceptions, signal: AbortSignal): Promise<void> {
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
