import { z } from 'zod'
import type { Shops } from '#db/access/shops.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { Fault } from '#domain/fault.ts'
import { type ShopId, shopId } from '#domain/ids.ts'
import type { ContentFindings } from '#ingest/findings/content-findings.port.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
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

const Payload = z.object({ shop: z.string().min(1) })

export type FindingJobParts = {
  findings: Pick<ContentFindings, 'pass' | 'due'>
  queue: Pick<Queue, 'add' | 'worker'>
  shops: Pick<Shops, 'list'>
  notifications: Pick<Notifications, 'listen'>
  /** Whether the shop's content is imported or encoded: looking at it wants the same cores, and can wait. Without it nothing waits. */
  busy?: (shop: ShopId, signal: AbortSignal) => Promise<boolean>
  clock: Clock
  log: Log
}

/**
 * Looks at content after it has changed: a job for each state of a shop's content that has not been looked at. What is to do
 * follows from the database, so a job that is lost, repeated or late does no harm.
 */
export function findingJobs({
  findings,
  queue,
  shops,
  notifications,
  busy = async () => false,
  clock,
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

  return {
    async start() {
      queue.worker(FINDINGS_QUEUE, async ({ payload }, signal) => {
        const shop = readShop(payload)
        const from = clock.elapsed()
        const { looked } = await findings.pass(shop, signal)
        if (looked > 0) log.info({ shop, looked, ms: Math.round(clock.elapsed() - from) }, 'content looked at')
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
