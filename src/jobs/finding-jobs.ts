import { z } from 'zod'
import type { Shops } from '#db/access/shops.port.ts'
import type { Leases } from '#db/background/leases.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { Fault } from '#domain/fault.ts'
import { type ShopId, shopId } from '#domain/ids.ts'
import type { ContentFindings } from '#ingest/findings/content-findings.port.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from './jobs.port.ts'
import { pacer } from './pacer.ts'

export const FINDINGS_QUEUE = 'findings'
/** Without a knock it looks this often; also for content that has come of age. */
const LOOK_EVERY_MS = 60_000
/** What changes within this time is looked at together, so that an import is not followed batch by batch. */
const GATHER_MS = 2_000
/** A shop that is never done is looked at nevertheless. */
const LONGEST_WAIT_MS = 20 * 60_000

/** Held while a shop is looked at, renewed thrice as often; what a killed process left behind is taken over after it. */
const LEASE = 'findings'
const LEASE_MS = 30_000
/** To give the lease back when the process closes. */
const RELEASE_WITHIN_MS = 1_000

const Payload = z.object({ shop: z.string().min(1) })

export type FindingJobParts = {
  findings: Pick<ContentFindings, 'pass' | 'due'>
  queue: Pick<Queue, 'add' | 'worker'>
  shops: Pick<Shops, 'list'>
  notifications: Pick<Notifications, 'listen'>
  leases: Leases
  /** Whether the shop's content is imported or encoded: looking at it wants the same cores, and can wait. Without it nothing waits. */
  busy?: (shop: ShopId, signal: AbortSignal) => Promise<boolean>
  clock: Clock
  ids: Pick<Ids, 'secret'>
  log: Log
}

/**
 * Looks at content after it has changed: a job for each state of a shop's content that has not been looked at. What is to do
 * follows from the database, so a job that is lost, repeated or late does no harm. A shop is looked at by one of them at a time:
 * what comes meanwhile ends at once, and what is left to do then is asked for again.
 */
export function findingJobs({
  findings,
  queue,
  shops,
  notifications,
  leases,
  busy = async () => false,
  clock,
  ids,
  log,
}: FindingJobParts): Jobs {
  const asking = pacer(LOOK_EVERY_MS, clock)
  let stopListening: () => void = () => {}

  async function askAll(signal: AbortSignal): Promise<void> {
    await clock.sleep(GATHER_MS, signal)
    for (const { id } of await shops.list(signal)) {
      const since = clock.elapsed()
      while (clock.elapsed() - since < LONGEST_WAIT_MS && (await busy(id, signal))) await clock.sleep(GATHER_MS, signal)
      const due = await findings.due(id, signal)
      if (!due) continue
      // The minute makes a job that failed for good, or was lost with its queue, be asked for again.
      const minute = Math.floor(clock.now().getTime() / LOOK_EVERY_MS)
      await queue.add(FINDINGS_QUEUE, { shop: id }, { jobId: `findings_${id}_${due.epoch}_${minute}` }, signal)
    }
  }

  /** What `work` gives; null where somebody else is at it. */
  async function alone<Result>(shop: ShopId, signal: AbortSignal, work: () => Promise<Result>): Promise<Result | null> {
    const holder = ids.secret(9)
    const hold = () => leases.hold(shop, LEASE, holder, new Date(clock.now().getTime() + LEASE_MS), signal)
    if (!(await hold())) return null
    const over = new AbortController()
    const either = AbortSignal.any([signal, over.signal])
    // Two at once would be right as well, only slower, so a lease that cannot be renewed stops nobody.
    const renewing = (async () => {
      while (!either.aborted) {
        await clock.sleep(LEASE_MS / 3, either)
        await hold()
      }
    })().catch(() => {})
    try {
      return await work()
    } finally {
      over.abort(new Error('the content was looked at'))
      await renewing
      const soon = clock.deadline(RELEASE_WITHIN_MS, new AbortController().signal)
      await leases.release(shop, LEASE, holder, soon).catch(() => {})
    }
  }

  return {
    async start() {
      queue.worker(FINDINGS_QUEUE, async ({ payload }, signal) => {
        const shop = readShop(payload)
        const from = clock.elapsed()
        const pass = await alone(shop, signal, () => findings.pass(shop, signal))
        if (pass === null) return
        if (pass.looked > 0)
          log.info({ shop, looked: pass.looked, ms: Math.round(clock.elapsed() - from) }, 'content looked at')
        // Who came meanwhile was sent away.
        asking.knock()
      })
      stopListening = notifications.listen('knowledge', () => asking.knock())
      asking.start(askAll, (error) => log.warn({ problem: String(error) }, 'content could not be looked at'))
    },
    async close() {
      stopListening()
      await asking.close()
    },
  }
}

function readShop(payload: unknown): ShopId {
  const read = Payload.safeParse(payload)
  if (read.success) return shopId(read.data.shop)
  throw new Fault({
    kind: 'fatal',
    code: 'jobs.payload.invalid',
    message: 'A job names no shop.',
    cause: read.error,
  })
}
