import { z } from 'zod'
import type { OrderExceptions } from '#agents/order-exception/order-exception.port.ts'
import type { Leases } from '#db/background/leases.port.ts'
import { Fault } from '#domain/fault.ts'
import { type CaseId, type ShopId, shopId } from '#domain/ids.ts'
import type { Job, Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'

/** Names that the outbox knows: an opened case asks for the first, a decision for the second. */
export const TRIAGE_QUEUE = 'triage'
export const ACT_QUEUE = 'act'
/** Longer than any run; a process that died gives the case free after it. */
const RUN_MS = 120_000

const Payload = z.object({
  shop: z.string().min(1),
  caseId: z.string().regex(/^cas_/),
  why: z.string().default('opened'),
})

export type CaseRunParts = {
  agent: OrderExceptions
  leases: Leases
  queue: Pick<Queue, 'worker'>
  clock: Clock
  ids: Ids
}

/** Runs the agent for the queue's jobs, one run a case at a time over all processes. A case that is busy is tried again. */
export function workOnCases(parts: CaseRunParts): void {
  const { agent, queue } = parts
  queue.worker(TRIAGE_QUEUE, async (job, signal) => {
    const { shop, caseId, why } = read(job)
    await alone(parts, shop, caseId, signal, () => agent.triage(shop, caseId, why, signal))
  })
  queue.worker(ACT_QUEUE, async (job, signal) => {
    const { shop, caseId, why } = read(job)
    const run = why === 'deadline' ? agent.holdBack : agent.act
    await alone(parts, shop, caseId, signal, () => run(shop, caseId, signal))
  })
}

async function alone(
  { leases, clock, ids }: CaseRunParts,
  shop: ShopId,
  caseId: CaseId,
  signal: AbortSignal,
  work: () => Promise<unknown>,
): Promise<void> {
  const holder = ids.make('req')
  const name = `case:${caseId}`
  const until = new Date(clock.now().getTime() + RUN_MS)
  if (!(await leases.hold(shop, name, holder, until, signal)))
    throw new Fault({
      kind: 'retryable',
      code: 'jobs.case.busy',
      message: 'The case is being worked on.',
      retryAfter: 2,
    })
  try {
    await work()
  } finally {
    await leases.release(shop, name, holder, signal).catch(() => {})
  }
}

function read({ payload }: Job): { shop: ShopId; caseId: CaseId; why: string } {
  const payloadRead = Payload.safeParse(payload)
  if (payloadRead.success) {
    const { shop, caseId, why } = payloadRead.data
    return { shop: shopId(shop), caseId: caseId as CaseId, why }
  }
  throw new Fault({
    kind: 'fatal',
    code: 'jobs.payload.invalid',
    message: 'A job about a case cannot be read.',
    cause: payloadRead.error,
  })
}
