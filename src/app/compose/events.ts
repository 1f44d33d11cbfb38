import type { Shops } from '#db/access/shops.port.ts'
import type { Database } from '#db/database.ts'
import { postgresInbox } from '#db/inbox/inbox.postgres.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { Events } from '#ingest/events/events.port.ts'
import { shopEvents } from '#ingest/events/events.ts'
import { eventJobs } from '#jobs/event-jobs.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../closing.ts'

export type EventParts = {
  database: Database
  notifications: Notifications
  shops: Shops
  clock: Clock
  log: Log
  closing: Closing
}

/** The intake of events; what was left in the inbox is taken up at once. */
export async function startEvents(parts: EventParts, signal: AbortSignal): Promise<Events> {
  const { database, clock, log, closing } = parts
  const events = shopEvents(postgresInbox(database), clock, log)
  const jobs = eventJobs({ ...parts, events })
  await jobs.start(signal)
  closing.add('events', (hurry) => jobs.close(hurry))
  return events
}
