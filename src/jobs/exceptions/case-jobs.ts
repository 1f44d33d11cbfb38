import type { Cases } from '#approvals/cases.port.ts'
import type { Journal } from '#approvals/journal.port.ts'
import type { Proposals } from '#approvals/proposals.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from '../jobs.port.ts'
import { pacer } from '../pacer.ts'
import { ACT_QUEUE, type CaseRunParts, TRIAGE_QUEUE, workOnCases } from './case-runs.ts'

/** A countdown, a deadline or a second look comes at most this much late. */
const LOOK_EVERY_MS = 5_000
/** A case that is being worked on and did not change for so long was left by a process that died. */
const LEFT_AFTER_MS = 150_000
/** The queue remembers ids: what is still due so long after is asked for under another. */
const ANOTHER_AFTER_MS = 60_000
const PAGE = 200
/** What resolved cases leave behind is tidied up this often, so many pages at a time. */
const TIDY_EVERY_MS = 3_600_000
const TIDIED_PAGES = 5

export type CaseJobParts = CaseRunParts & {
  cases: Pick<Cases, 'due'>
  proposals: Pick<Proposals, 'deadlines' | 'advance'>
  journal: Pick<Journal, 'ready' | 'unsettled'>
  shops: Pick<Shops, 'list'>
  queue: Pick<Queue, 'add' | 'worker'>
  clock: Clock
  log: Log
}

type LookParts = Omit<CaseJobParts, 'agent' | 'leases' | 'ids'>

/**
 * Everything about cases that time alone brings: second looks, reminders and deadlines, countdowns that end, answers and erasures still
 * owed, runs that were left. What is due stands in the database, so nothing is lost with a process or with the queue.
 */
export function caseJobs(parts: CaseJobParts): Jobs {
  const looking = pacer(LOOK_EVERY_MS, parts.clock)
  const tidying = pacer(TIDY_EVERY_MS, parts.clock)
  return {
    async start() {
      workOnCases(parts)
      tidying.start(
        inEachShop(parts, (shop, signal) => tidyCases(parts, shop, signal)),
        (error) => parts.log.warn({ problem: String(error) }, 'ended cases could not be tidied'),
      )
      looking.start(lookAtCases(parts), (error) =>
        parts.log.warn({ problem: String(error) }, 'cases could not be looked at'),
      )
    },
    async close() {
      await Promise.all([looking.close(), tidying.close()])
    },
  }
}

/** What is over is found by what it left, however long nobody looked; a run is bounded, the next one goes on. */
async function tidyCases({ agent }: Pick<CaseJobParts, 'agent'>, shop: ShopId, signal: AbortSignal): Promise<void> {
  for (let pages = 0; pages < TIDIED_PAGES; pages += 1) if ((await agent.tidy(shop, PAGE, signal)) < PAGE) return
}

/** One round over all shops. Throws what the first one that failed threw. */
export function lookAtCases(parts: LookParts) {
  return inEachShop(parts, (shop, signal) => lookAtShop(parts, shop, signal))
}

/** A shop that fails leaves the others to be done. Throws what the first one threw. */
function inEachShop(
  { shops }: Pick<CaseJobParts, 'shops'>,
  work: (shop: ShopId, signal: AbortSignal) => Promise<void>,
) {
  return async (signal: AbortSignal): Promise<void> => {
    const failures: unknown[] = []
    for (const { id } of await shops.list(signal))
      await work(id, signal).catch((error) => {
        signal.throwIfAborted()
        failures.push(error)
      })
    if (failures.length > 0) throw failures[0]
  }
}

async function lookAtShop(
  { cases, proposals, journal, queue, clock }: LookParts,
  shop: ShopId,
  signal: AbortSignal,
): Promise<void> {
  const now = clock.now()
  const slot = Math.floor(now.getTime() / ANOTHER_AFTER_MS)
  const ask = (name: string, caseId: CaseId, why: string, about: string) =>
    queue.add(name, { shop, caseId, why }, { jobId: `${why}_${about}_${slot}` }, signal)
  const since = new Date(now.getTime() - LEFT_AFTER_MS)
  for (const { caseId, what, status, round } of await cases.due(shop, { now, since, limit: PAGE }, signal))
    await ask(what === 'left' && status === 'executing' ? ACT_QUEUE : TRIAGE_QUEUE, caseId, what, `${caseId}_${round}`)
  for (const { caseId, id } of await journal.ready(shop, now, PAGE, signal)) await ask(ACT_QUEUE, caseId, 'ready', id)
  for (const { caseId, id } of await journal.unsettled(shop, now, PAGE, signal))
    await ask(ACT_QUEUE, caseId, 'unsettled', id)
  for (const { proposal, step } of await proposals.deadlines(shop, now, PAGE, signal))
    await proposals.advance(shop, proposal, step, signal)
}
