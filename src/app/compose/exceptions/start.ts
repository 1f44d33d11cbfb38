import type { Shops } from '#db/access/shops.port.ts'
import { postgresLeases } from '#db/background/leases.postgres.ts'
import { postgresOrderWatch } from '#db/commerce/watch/order-watch.postgres.ts'
import type { Database } from '#db/database.ts'
import type { EmbeddedConnection } from '#db/embedded/embedded-postgres.port.ts'
import { openCheckpoints } from '#db/graph/checkpoints.postgres.ts'
import { postgresOrderNews } from '#db/inbox/order-news.postgres.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { Events } from '#ingest/events/events.port.ts'
import { caseJobs } from '#jobs/exceptions/case-jobs.ts'
import { detectionJobs } from '#jobs/exceptions/detection-jobs.ts'
import { orderNewsJobs } from '#jobs/exceptions/order-news.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../../closing.ts'
import { type composeSandbox, startSandbox } from '../commerce/sandbox.ts'
import { composeAgent, type Operations, PLACES } from './agent.ts'
import { sandboxOrderWorld } from './order-world.ts'

export type ExceptionParts = {
  connection: EmbeddedConnection
  database: Database
  sandbox: ReturnType<typeof composeSandbox>
  intake: Events
  queue: Queue
  notifications: Notifications
  shops: Shops
  clock: Clock
  ids: Ids
  log: Log
  closing: Closing
}

/** Order exceptions from here on: found, investigated, decided by policy or people, acted on, and looked after in the background. */
export async function startExceptions(parts: ExceptionParts, signal: AbortSignal): Promise<Operations> {
  const { connection, database, sandbox, shops, clock, log, closing } = parts
  const checkpoints = await openCheckpoints(connection, log, signal)
  closing.add('checkpoints', () => checkpoints.close())
  const operations = composeAgent({ ...parts, ...sandbox, checkpoints })
  const { agent, cases, proposals, journal, policies } = operations
  // Nobody else serves this data folder, so whoever still seems to be sending died.
  for (const { id } of await shops.list(signal)) await journal.releaseSenders(id, signal)
  await startSandbox(sandbox, parts, signal)
  const jobs = [
    caseJobs({ ...parts, agent, cases, proposals, journal, leases: postgresLeases(database, clock) }),
    orderNewsJobs({
      ...parts,
      cases,
      news: postgresOrderNews(database),
      world: sandboxOrderWorld(sandbox.happenings, sandbox.files),
    }),
    detectionJobs({
      ...parts,
      cases,
      policies,
      watch: postgresOrderWatch(database),
      pickingLocation: PLACES.pickingLocation,
    }),
  ]
  for (const job of jobs) {
    await job.start(signal)
    closing.add('exceptions', (hurry) => job.close(hurry))
  }
  return operations
}
