import { postgresShops } from '#db/access/shops.postgres.ts'
import { postgresLeftWork } from '#db/background/left-work.postgres.ts'
import type { Database } from '#db/database.ts'
import { postgresDeskKnocks } from '#db/desk/desk-knocks.postgres.ts'
import { postgresHandoffs } from '#db/desk/handoffs.postgres.ts'
import { postgresReaders } from '#db/desk/mail/readers.postgres.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { postgresChallenges } from '#db/support/challenges.postgres.ts'
import { postgresConversations } from '#db/support/conversations.postgres.ts'
import { postgresPersonalData } from '#db/support/personal-data.postgres.ts'
import { postgresQuestions } from '#db/support/questions.postgres.ts'
import { background } from '#support/background.ts'
import { conversationBells } from '#support/bells.ts'
import { conversations } from '#support/conversations.ts'
import { desk } from '#support/desk/desk.ts'
import { identity } from '#support/identity.ts'
import { personalData } from '#support/personal-data.ts'
import { questions } from '#support/questions.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../closing.ts'
import type { Answering } from './answering.ts'
import type { MailRoom } from './mail.ts'

/** The answer comes within this, or a person gets the question. */
const ANSWER_WITHIN_MS = 20_000

export type SupportParts = {
  database: Database
  notifications: Notifications
  answering: Answering
  mail: Pick<MailRoom, 'mailer' | 'outbox'>
  clock: Clock
  ids: Ids
  log: Log
  closing: Closing
}

/** Conversations, questions, identity and hand-overs over PostgreSQL. `lifetime` ends what is being answered. */
export function composeSupport(
  { database, notifications, answering, mail, clock, ids, log, closing }: SupportParts,
  lifetime: AbortSignal,
) {
  const shops = postgresShops(database)
  const handoffs = postgresHandoffs(database, clock)
  const bells = conversationBells(notifications, clock)
  closing.add('bells', async () => bells.close())
  const work = background((error) => log.error({ problem: String(error) }, 'background work failed'))
  const asked = questions(
    {
      store: postgresQuestions(database, clock),
      left: postgresLeftWork(database),
      agent: answering.agent,
      shops,
      handoffs,
      bells,
      notifications,
      background: work,
      clock,
      ids,
      log,
    },
    ANSWER_WITHIN_MS,
    lifetime,
  )
  const proof = identity(
    {
      store: postgresChallenges(database),
      contacts: answering.contacts,
      mailer: mail.mailer,
      background: work,
      clock,
      ids,
      log,
    },
    lifetime,
  )
  closing.add('answers', (signal) => work.idle(signal))
  return {
    conversations: conversations({
      store: postgresConversations(database, clock),
      readers: postgresReaders(database),
      ...{ handoffs, shops, bells, clock, ids },
    }),
    questions: asked,
    identity: proof,
    personalData: personalData(postgresPersonalData(database, clock, ids), mail.outbox),
    desk: desk(
      { handoffs, knocks: postgresDeskKnocks(notifications), questions: asked, background: work, clock, ids },
      lifetime,
    ),
    outbox: mail.outbox,
  }
}
