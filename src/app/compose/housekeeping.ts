import type { IdempotencyStore } from '#db/access/idempotency.port.ts'
import type { OperatorSessions } from '#db/access/operators/operator-sessions.port.ts'
import type { Sessions } from '#db/access/sessions.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import { postgresRetention } from '#db/background/retention.postgres.ts'
import type { Database } from '#db/database.ts'
import { postgresChallenges } from '#db/support/challenges.postgres.ts'
import { housekeeping } from '#jobs/housekeeping.ts'
import { leftQuestions } from '#jobs/left-questions.ts'
import type { MessageOutbox } from '#support/mail/mailer.port.ts'
import type { Questions } from '#support/questions.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../closing.ts'

export type CaretakerParts = {
  database: Database
  shops: Shops
  sessions: Sessions
  operatorSessions: OperatorSessions
  idempotency: IdempotencyStore
  questions: Questions
  outbox: MessageOutbox
  clock: Clock
  log: Log
  closing: Closing
}

/** Starts what looks after stored conversations: left questions get their answers, and what is kept no longer goes. */
export async function startCaretakers(parts: CaretakerParts, signal: AbortSignal): Promise<void> {
  const { database, closing } = parts
  const keeping = housekeeping({
    ...parts,
    retention: postgresRetention(database),
    challenges: postgresChallenges(database),
  })
  for (const [name, jobs] of [
    ['left questions', leftQuestions(parts)],
    ['housekeeping', keeping],
  ] as const) {
    await jobs.start(signal)
    closing.add(name, (hurry) => jobs.close(hurry))
  }
}
