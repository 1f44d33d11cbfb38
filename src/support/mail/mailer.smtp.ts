import { createTransport } from 'nodemailer'
import { Fault } from '#domain/fault.ts'
import { aborted } from '../background.ts'
import { isMailbox, messageName, oneLine } from './mail-address.ts'
import type { Mailer, MailOutcome } from './mailer.port.ts'

/** Longest wait for the connection and the greeting, and for any one answer after that, in milliseconds. */
const CONNECT_MS = 10_000
const ANSWER_MS = 30_000

/**
 * A mail server. `secure`: TLS from the first byte. `tls` is about STARTTLS otherwise: `required` sends nothing without it,
 * `offered` uses it where it is offered, `off` never. `ca`: PEM certificates to trust instead of the system's.
 */
export type SmtpServer = {
  host: string
  port: number
  secure: boolean
  tls: 'required' | 'offered' | 'off'
  login: { user: string; password: string } | null
  from: { name: string; address: string }
  ca?: string
  connectMs?: number
  answerMs?: number
}

/** What nodemailer tells of a failure. The text is left out on purpose: servers repeat addresses in it. */
type SmtpFailure = { code?: string; responseCode?: number; command?: string; message?: string }

/**
 * Mail through an SMTP server, one connection a message, so nothing has to be closed. A connection lost after the text was sent
 * counts as not sent: the repeat carries the same Message-ID, by which servers and readers drop the second. Throws what Mailer does.
 */
export function smtpMailer(server: SmtpServer): Mailer {
  const { host, port, secure, tls, login, from, ca } = server
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'off',
    // Without it nodemailer would go on unsigned where the server offers no AUTH.
    forceAuth: login !== null,
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    tls: { minVersion: 'TLSv1.2', ...(ca ? { ca } : {}) },
    connectionTimeout: server.connectMs ?? CONNECT_MS,
    greetingTimeout: server.connectMs ?? CONNECT_MS,
    dnsTimeout: server.connectMs ?? CONNECT_MS,
    socketTimeout: server.answerMs ?? ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  })
  const domain = from.address.split('@')[1] ?? 'purser.invalid'
  return {
    async send(mail, signal) {
      signal.throwIfAborted()
      if (!isMailbox(mail.to)) return { outcome: 'refused' }
      try {
        await transport.sendMail({
          from,
          // As an object, since a text is read as a list of addresses.
          to: { name: '', address: mail.to },
          envelope: { from: from.address, to: [mail.to] },
          subject: oneLine(mail.subject),
          text: mail.text,
          messageId: `<${messageName(mail)}@${domain}>`,
          signal,
        })
        return { outcome: 'sent' }
      } catch (error) {
        signal.throwIfAborted()
        return outcomeOf(error as SmtpFailure)
      }
    },
    recall: async () => false,
    async check(signal) {
      signal.throwIfAborted()
      try {
        await Promise.race([transport.verify(), aborted(signal)])
        return { state: 'ready' }
      } catch (error) {
        signal.throwIfAborted()
        const fault = faultOf(error as SmtpFailure)
        return { state: 'down', why: fault.message }
      }
    },
  }
}

/** A 5xx to the recipient or to the message is the answer; to anything before, or 503 (out of order), it is not about this message. */
function outcomeOf(failure: SmtpFailure): MailOutcome {
  const { responseCode = 0, command } = failure
  const final = responseCode >= 500 && responseCode !== 503 && (command === 'RCPT TO' || command === 'DATA')
  if (final || (failure.code === 'EENVELOPE' && command === 'API')) return { outcome: 'refused' }
  throw faultOf(failure)
}

function faultOf(failure: SmtpFailure): Fault {
  const { code = 'unknown', responseCode = 0, command } = failure
  const permanent = responseCode === 0 || responseCode >= 500
  if ((code === 'EAUTH' || code === 'ENOAUTH') && permanent)
    return operator('support.mailer.login_refused', 'The mail server refused the user or password of PURSER_SMTP_URL.')
  if (responseCode === 530 || responseCode === 535)
    return operator('support.mailer.login_refused', 'The mail server wants a user and password in PURSER_SMTP_URL.')
  if (
    (code === 'ETLS' && permanent) ||
    /certificate|altname|self.signed|wrong version number/i.test(failure.message ?? '')
  )
    return operator('support.mailer.insecure', 'No trusted TLS connection to the mail server could be made.')
  if (command === 'MAIL FROM' && responseCode >= 500)
    return operator(
      'support.mailer.sender_refused',
      'The mail server does not send for the address in PURSER_MAIL_FROM.',
    )
  return new Fault({
    kind: 'retryable',
    code: 'support.mailer.unreachable',
    message: `The mail server cannot be used right now (${responseCode || code}).`,
  })
}

function operator(code: string, message: string): Fault {
  return new Fault({ kind: 'operator', code, message })
}
