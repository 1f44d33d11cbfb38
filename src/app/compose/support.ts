import { join } from 'node:path'
import { postgresShops } from '#db/access/shops.postgres.ts'
import { postgresLeftWork } from '#db/background/left-work.postgres.ts'
import type { Database } from '#db/database.ts'
import { postgresHandoffs } from '#db/desk/handoffs.postgres.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { postgresChallenges } from '#db/support/challenges.postgres.ts'
import { postgresConversations } from '#db/support/conversations.postgres.ts'
import { postgresPersonalData } from '#db/support/personal-data.postgres.ts'
import { postgresQuestions } from '#db/support/questions.postgres.ts'
import { background } from '#support/background.ts'
import { conversationBells } from '#support/bells.ts'
import { fileOutbox } from '#support/code-messenger.file.ts'
import { conversations } from '#support/conversations.ts'
import { identity } from '#support/identity.ts'
import { personalData } from '#support/personal-data.ts'
import { questions } from '#support/questions.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../closing.ts'
import type { Answering } from './answering.ts'

/** The answer comes within this, or a person gets the question. */
const ANSWER_WITHIN_MS = 20_000

export type SupportParts = {
  database: Database
  notifications: Notifications
  answering: Answering
  outboxFolder: string
  clock: Clock
  ids: Ids
  log: Log
  closing: Closing
}

/** Conversations, questions, identity and hand-overs over PostgreSQL. `lifetime` ends what is being answered. */
export function composeSupport(
  { database, notifications, answering, outboxFolder, clock, ids, log, closing }: SupportParts,
  lifetime: AbortSignal,
) {
  const shops = postgresShops(database)
  const handoffs = postgresHandoffs(database)
  const bells = conversationBells(notifications, clock)
  closing.add('bells', async () => bells.close())
  const work = background((error) => log.error({ problem: String(error) }, 'background work failed'))
  const asked = questions(
    {
      store: postgresQuestions(database),
      left: postgresLeftWork(database),
      agent: answering.agent,
      shops,
      bells,
      background: work,
      clock,
      ids,
      log,
    },
    ANSWER_WITHIN_MS,
    lifetime,
  )
  const outbox = fileOutbox(outboxFolder, clock, ids)
  const proof = identity(
    {
      store: postgresChallenges(database),
      contacts: answering.contacts,
      messenger: outbox,
      background: work,
      clock,
      ids,
      log,
    },
    lifetime,
  )
  closing.add('answers', (signal) => work.idle(signal))
  return {
    conversations: conversations({ store: postgresConversations(database), handoffs, shops, bells, clock, ids }),
    questions: asked,
    identity: proof,
    personalData: personalData(postgresPersonalData(database), outbox),
    handoffs,
    outbox,
  }
}

/** Where the demo outbox lies. */
export function outboxIn(dataFolder: string): string {
  return join(dataFolder, 'outbox')
}
