import { join } from 'node:path'
import type { Config } from '#config.ts'
import { fileOutbox } from '#support/mail/mailer.file.ts'
import type { Mailer, MessageOutbox } from '#support/mail/mailer.port.ts'
import { smtpMailer } from '#support/mail/mailer.smtp.ts'
import type { Clock } from '#telemetry/clock.port.ts'

/** `outbox` is looked after also when mail goes out by a server: it may hold messages from before. */
export type MailRoom = { mailer: Mailer; outbox: MessageOutbox; outboxFolder: string }

type MailSettings = Pick<Config, 'PURSER_DATA' | 'PURSER_SMTP_URL' | 'PURSER_MAIL_FROM'>

/** Mail by the server of PURSER_SMTP_URL, or into files where there is none. */
export function composeMail(config: MailSettings, clock: Clock): MailRoom {
  const outboxFolder = join(config.PURSER_DATA, 'outbox')
  const outbox = fileOutbox(outboxFolder, clock)
  return { mailer: mailerOf(config) ?? outbox, outbox, outboxFolder }
}

/** The configured mail server; null without one. */
export function mailerOf({ PURSER_SMTP_URL, PURSER_MAIL_FROM }: MailSettings): Mailer | null {
  if (!PURSER_SMTP_URL || !PURSER_MAIL_FROM) return null
  return smtpMailer({ ...PURSER_SMTP_URL, from: PURSER_MAIL_FROM })
}
