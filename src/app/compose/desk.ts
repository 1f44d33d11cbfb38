import type { Shops } from '#db/access/shops.port.ts'
import type { Database } from '#db/database.ts'
import { postgresDeskKnocks } from '#db/desk/desk-knocks.postgres.ts'
import { postgresHandoffTimers } from '#db/desk/handoff-timers.postgres.ts'
import { postgresReplyMails } from '#db/desk/mail/reply-mails.postgres.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { deskJobs } from '#jobs/desk-jobs.ts'
import type { Queue } from '#queue/queue.port.ts'
import { replyMailing } from '#support/desk/reply-mails.ts'
import type { Mailer } from '#support/mail/mailer.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../closing.ts'

export type DeskParts = {
  database: Database
  notifications: Notifications
  shops: Shops
  queue: Queue
  mailer: Mailer
  clock: Clock
  log: Log
  closing: Closing
}

/** Starts what the desk does by itself: reminders, escalations, waits told anew, and replies that go by mail. */
export async function startDesk(parts: DeskParts, signal: AbortSignal): Promise<void> {
  const { database, mailer, clock, log, closing } = parts
  const mails = postgresReplyMails(database)
  const timers = postgresHandoffTimers(database)
  const knocks = postgresDeskKnocks(parts.notifications)
  const jobs = deskJobs({ ...parts, timers, mails, knocks, mailing: replyMailing(mails, mailer, clock, log) })
  await jobs.start(signal)
  closing.add('desk', (hurry) => jobs.close(hurry))
}
