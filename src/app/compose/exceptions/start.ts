import type { CaseNews } from '#agents/customer-question/claims/case-news.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import { postgresFirstSteps } from '#db/background/first-steps.postgres.ts'
import { postgresLeases } from '#db/background/leases.postgres.ts'
import { postgresOrderWatch } from '#db/commerce/watch/order-watch.postgres.ts'
import type { Database } from '#db/database.ts'
import { postgresOrderNews } from '#db/inbox/order-news.postgres.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { postgresCaseNews } from '#db/support/news/case-news.postgres.ts'
import type { Events } from '#ingest/events/events.port.ts'
import { caseJobs } from '#jobs/exceptions/case-jobs.ts'
import { caseNewsJobs } from '#jobs/exceptions/case-news-jobs.ts'
import { detectionJobs } from '#jobs/exceptions/detection-jobs.ts'
import { orderNewsJobs } from '#jobs/exceptions/order-news.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../../closing.ts'
import { type DemoExceptions, openDemoCases } from '../../demo-exceptions.ts'
import { startSandbox } from '../commerce/sandbox.ts'
import { PLACES } from './agent.ts'
import type { composeOperations } from './operations.ts'
import { sandboxOrderWorld } from './order-world.ts'

export type ExceptionParts = {
  database: Database
  intake: Events
  queue: Queue
  notifications: Notifications
  shops: Shops
  clock: Clock
  ids: Ids
  log: Log
  closing: Closing
  /** What shoppers are told of what they asked for. */
  news: CaseNews
  /** The demo shop's folder and id on an instance that shows it; its exceptions are looked into before anybody comes. */
  demo: DemoExceptions | null
}

type Operations = Awaited<ReturnType<typeof composeOperations>>

/** Lets order exceptions be found, investigated, acted on and looked after from here on; what an earlier process left is taken up. */
export async function startExceptions(
  operations: Operations,
  parts: ExceptionParts,
  signal: AbortSignal,
): Promise<void> {
  const { database, shops, clock, closing } = parts
  const { sandbox, agent, cases, proposals, journal, policies } = operations
  // Nobody else serves this data folder, so whoever still seems to be sending died.
  for (const { id } of await shops.list(signal)) await journal.releaseSenders(id, signal)
  await startSandbox(sandbox, parts, signal)
  const watching = {
    ...parts,
    cases,
    policies,
    watch: postgresOrderWatch(database),
    pickingLocation: PLACES.pickingLocation,
  }
  if (parts.demo) {
    const steps = postgresFirstSteps(database)
    await openDemoCases({ ...watching, agent, controls: sandbox.controls, steps }, parts.demo, signal)
  }
  const jobs = [
    caseJobs({ ...parts, agent, cases, proposals, journal, leases: postgresLeases(database, clock) }),
    orderNewsJobs({
      ...parts,
      cases,
      news: postgresOrderNews(database),
      world: sandboxOrderWorld(sandbox.happenings, sandbox.files),
    }),
    detectionJobs(watching),
    caseNewsJobs({ ...parts, cases, store: postgresCaseNews(database) }),
  ]
  for (const job of jobs) {
    await job.start(signal)
    closing.add('exceptions', (hurry) => job.close(hurry))
  }
}
