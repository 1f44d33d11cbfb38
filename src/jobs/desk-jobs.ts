import { z } from 'zod'
import type { Shop, Shops } from '#db/access/shops.port.ts'
import type { DeskKnocks } from '#db/desk/desk-knocks.port.ts'
import type { HandoffTimers } from '#db/desk/handoff-timers.port.ts'
import type { ReplyMailId, ReplyMails } from '#db/desk/mail/reply-mails.port.ts'
import { Fault } from '#domain/fault.ts'
import { type HandoffId, shopId } from '#domain/ids.ts'
import type { Job, Queue } from '#queue/queue.port.ts'
import type { ReplyMailing } from '#support/desk/reply-mails.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from './jobs.port.ts'
import { pacer } from './pacer.ts'

/** One queue for all of it: each costs connections, and this is little work. */
export const DESK_QUEUE = 'desk'
/** A reminder, an escalation or an e-mail comes at most this much late. */
const LOOK_EVERY_MS = 10_000
const PAGE = 200
/** A job that failed for good keeps its id in the queue; what is still due after so long is given another. */
const ANOTHER_AFTER_MS = 15 * 60_000

const About = { shop: z.string().min(1), at: z.iso.datetime() }
const Payload = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('timer'), handoff: z.string().regex(/^hnd_/), ...About }),
  z.object({ kind: z.literal('mail'), mail: z.string().regex(/^out_/), ...About }),
])

export type DeskJobParts = {
  timers: HandoffTimers
  mails: Pick<ReplyMails, 'due'>
  mailing: ReplyMailing
  knocks: DeskKnocks
  shops: Pick<Shops, 'get' | 'list'>
  queue: Pick<Queue, 'add' | 'worker'>
  clock: Clock
  log: Log
}

/**
 * Reminds and escalates on the job queue, sends replies to shoppers who are not there, and tells waits anew when the queue of
 * hand-overs moves or the shop opens. What is due stands in the database alone, so nothing is lost with a process or with the
 * job queue, and each takes effect once however often its job runs.
 */
export function deskJobs(parts: DeskJobParts): Jobs {
  const { knocks, queue, clock, log } = parts
  const looking = pacer(LOOK_EVERY_MS, clock)
  let stopListening: () => void = () => {}
  return {
    async start() {
      queue.worker(DESK_QUEUE, deskJob(parts))
      stopListening = knocks.listen(null, (knock) => {
        if (knock === null || knock.kind === 'handoff') looking.knock()
      })
      looking.start(lookAtDesk(parts), (error) => log.warn({ problem: String(error) }, 'desk could not be looked at'))
    },
    async close() {
      stopListening()
      await looking.close()
    },
  }
}

/** One round over all shops: waits told anew, and a job for everything that is due. A shop that fails leaves the others to be done. */
export function lookAtDesk({ timers, mails, shops, queue, clock }: DeskJobParts) {
  return async (signal: AbortSignal): Promise<void> => {
    const failures: unknown[] = []
    for (const shop of await shops.list(signal))
      await lookAt(shop, signal).catch((error) => {
        signal.throwIfAborted()
        failures.push(error)
      })
    if (failures.length > 0) throw failures[0]
  }

  async function lookAt({ id: shop, support }: Shop, signal: AbortSignal): Promise<void> {
    const at = clock.now()
    const about = { shop, at: at.toISOString() }
    for (const { id, lookAt } of await timers.due(shop, at, PAGE, signal))
      await queue.add(DESK_QUEUE, { kind: 'timer', handoff: id, ...about }, { jobId: jobIdOf(id, lookAt, at) }, signal)
    for (const { id, sendAt } of await mails.due(shop, at, PAGE, signal))
      await queue.add(DESK_QUEUE, { kind: 'mail', mail: id, ...about }, { jobId: jobIdOf(id, sendAt, at) }, signal)
    await timers.retell(shop, support, at, signal)
  }
}

/** The queue remembers ids: what is put off, and what is still due long after, comes again under another. */
function jobIdOf(id: string, due: Date, at: Date): string {
  const times = Math.floor((at.getTime() - due.getTime()) / ANOTHER_AFTER_MS)
  return `${id}_${due.getTime()}_${times}`
}

/** Does what one job names: what is due of one hand-over, or one e-mail. */
export function deskJob({ timers, mailing, shops, clock, log }: DeskJobParts) {
  return async (job: Job, signal: AbortSignal): Promise<void> => {
    const payload = readPayload(job)
    const shop = await shops.get(shopId(payload.shop), signal)
    if (!shop) return
    // Never before the moment it was found due, should this process's clock be behind.
    const at = new Date(Math.max(clock.now().getTime(), Date.parse(payload.at)))
    if (payload.kind === 'mail') {
      await mailing.send(shop.id, payload.mail as ReplyMailId, at, signal)
      return
    }
    const outcome = await timers.fire(shop.id, payload.handoff as HandoffId, shop.support, at, signal)
    if (outcome !== 'nothing') log.info({ shop: shop.id, handoff: payload.handoff, outcome }, 'hand-over timer fired')
  }
}

function readPayload({ payload }: Job): z.infer<typeof Payload> {
  const read = Payload.safeParse(payload)
  if (read.success) return read.data
  throw new Fault({
    kind: 'fatal',
    code: 'jobs.payload.invalid',
    message: 'A job of the desk names nothing to do.',
    cause: read.error,
  })
}
