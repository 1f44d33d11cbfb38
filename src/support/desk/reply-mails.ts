import type { ReplyMails } from '#db/desk/mail/reply-mails.port.ts'
import { asFault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Mailer } from '../mail/mailer.port.ts'
import { replyMailText } from './reply-mail.ts'
import type { ReplyMailing } from './reply-mails.port.ts'

/** Longer than a mail server may take; afterwards whoever took it counts as dead. */
const HOLD_MS = 120_000
const AGAIN_MS = 60_000
const GIVEN_UP_MS = 3 * 86_400_000

/** Mail of replies over its rows and a mailer. The row's id is the message's key, so a repeat after a crash is the same message. */
export function replyMailing(
  mails: ReplyMails,
  mailer: Pick<Mailer, 'send' | 'recall'>,
  clock: Clock,
  log: Log,
): ReplyMailing {
  return {
    async send(shop, id, at, signal) {
      const mail = await mails.take(shop, id, at, later(at, HOLD_MS), signal)
      if (!mail) return 'not_needed'
      const { to, session } = mail
      try {
        const { outcome } = await mailer.send({ shop, to, session, key: id, ...replyMailText(mail) }, signal)
        const ended = await mails.end(shop, id, outcome, clock.now(), signal)
        // The outbox forgot what there was of them when they were erased, and this came after. Also when everything ends.
        if (ended.outcome === 'erased') await mailer.recall({ shop, key: id }, new AbortController().signal)
        log.info({ shop, mail: id, outcome, replies: mail.replies.length }, 'replies went by mail')
        return outcome
      } catch (error) {
        signal.throwIfAborted()
        const { code } = asFault(error)
        log.warn({ shop, mail: id, code }, 'replies did not go by mail')
        const now = clock.now()
        const again = { at: now, sendAt: later(now, AGAIN_MS), notBefore: later(now, -GIVEN_UP_MS) }
        await mails.postpone(shop, id, again, signal)
        return 'later'
      }
    },
  }
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms)
}
