import type { Shops } from '#db/access/shops.port.ts'
import { postgresLeases } from '#db/background/leases.postgres.ts'
import type { Database } from '#db/database.ts'
import { postgresFindings } from '#db/findings/findings.postgres.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { ContentFindings } from '#ingest/findings/content-findings.port.ts'
import { contentFindings } from '#ingest/findings/content-findings.ts'
import { findingJobs } from '#jobs/finding-jobs.ts'
import type { Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../closing.ts'

export type FindingParts = {
  database: Database
  queue: Queue
  notifications: Notifications
  shops: Shops
  /** Looks at content in a thread of its own. */
  background: Pick<ContentFindings, 'pass'>
  /** Whether the shop's content is imported or encoded; it is looked at after that. */
  busy: (shop: ShopId, signal: AbortSignal) => Promise<boolean>
  clock: Clock
  ids: Ids
  log: Log
  closing: Closing
}

/** What is wrong with the content, looked for in the background from here on. */
export async function startFindings(parts: FindingParts, signal: AbortSignal): Promise<ContentFindings> {
  const findings = { ...contentFindings(postgresFindings(parts.database), parts.clock), ...parts.background }
  const jobs = findingJobs({ ...parts, findings, leases: postgresLeases(parts.database, parts.clock) })
  await jobs.start(signal)
  parts.closing.add('findings', (hurry) => jobs.close(hurry))
  return findings
}
