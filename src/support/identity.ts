import { scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Session } from '#db/access/sessions.port.ts'
import type { ChallengeStore } from '#db/support/challenges.port.ts'
import { Fault } from '#domain/fault.ts'
import { type ChallengeId, orderId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { OrderContact } from '#tools/look-up.port.ts'
import type { Background } from './background.ts'
import type { Identity } from './identity.port.ts'
import type { Mail, Mailer } from './mail/mailer.port.ts'

const VALID_MS = 10 * 60_000
const ATTEMPTS = 5
const CODES = 1_000_000
const HASH_BYTES = 32
/** Waits before a code is sent again, in milliseconds: mail servers that greylist let the second try through after a minute. */
const AGAIN_AFTER_MS = [2_000, 15_000, 75_000]

export type IdentityPorts = {
  store: ChallengeStore
  contacts: OrderContact
  mailer: Pick<Mailer, 'send'>
  background: Background
  clock: Clock
  ids: Ids
  log: Log
}

/**
 * Identity challenges. Looking up the order and sending the code happen after the caller has been answered, so the answer
 * and its time are the same for every claim; a failed look-up or message is logged and the shopper asks again.
 */
export function identity(
  { store, contacts, mailer, background, clock, ids, log }: IdentityPorts,
  lifetime: AbortSignal,
): Identity {
  return {
    async challenge(session, { orderNumber, email }, signal) {
      const at = clock.now()
      const claimed = orderId(orderNumber.trim().replace(/^#/, ''))
      const challenge = {
        id: ids.make('chl'),
        shop: session.shop,
        session: session.id,
        order: claimed,
        salt: ids.secret(16),
        at,
        expiresAt: new Date(at.getTime() + VALID_MS),
      }
      await store.create(challenge, signal)
      background.run(prove(session, challenge, email))
      return { id: challenge.id, expiresAt: challenge.expiresAt }
    },
    async solve(session, id, code, signal) {
      const at = clock.now()
      const found = await store.attempt(session.shop, session.id, id, { at, attempts: ATTEMPTS }, signal)
      // Hashed in every case, so that the time taken does not tell an unknown challenge from a wrong code.
      const given = await hash(code, found?.salt ?? NO_SALT)
      const stored = found?.codeHash ? Buffer.from(found.codeHash, 'base64url') : Buffer.alloc(HASH_BYTES)
      const right = timingSafeEqual(given, stored) && Boolean(found?.codeHash)
      if (!found || !right) return { outcome: 'refused' }
      return (await store.solve(session.shop, session.id, id, at, signal))
        ? { outcome: 'unlocked', order: found.order }
        : { outcome: 'refused' }
    },
    idle: (signal) => background.idle(signal),
  }

  async function prove(
    session: Session,
    challenge: { id: ChallengeId; order: ReturnType<typeof orderId>; salt: string },
    email: string,
  ): Promise<void> {
    try {
      const code = String(ids.below(CODES)).padStart(6, '0')
      const codeHash = (await hash(code, challenge.salt)).toString('base64url')
      const contact = await contacts.contact(session.shop, challenge.order, email, lifetime)
      if (!contact) return
      if (!(await store.arm(session.shop, challenge.id, { order: contact.order, codeHash }, lifetime))) return
      const { shop, id } = session
      const mail = { shop, session: id, to: contact.email, key: challenge.id, ...letter(code, session.locale) }
      const { outcome } = await sendPatiently(mail)
      if (outcome === 'refused') log.warn({ challenge: challenge.id }, 'one-time code refused by the mail server')
    } catch (error) {
      log.error({ challenge: challenge.id, problem: String(error) }, 'one-time code not sent')
    }
  }

  /** Sent again while the way is shut for a moment; the key makes it one message however often it got through. */
  async function sendPatiently(mail: Mail): ReturnType<Mailer['send']> {
    for (const wait of AGAIN_AFTER_MS) {
      try {
        return await mailer.send(mail, lifetime)
      } catch (error) {
        if (!(error instanceof Fault) || error.kind !== 'retryable') throw error
        await clock.sleep(wait, lifetime)
      }
    }
    return mailer.send(mail, lifetime)
  }
}

const NO_SALT = 'no such challenge'

/** Slow on purpose: six digits would be guessed from a fast hash in no time. Source: RFC 7914. */
async function hash(code: string, salt: string): Promise<Buffer> {
  return (await derive(code, salt, HASH_BYTES)) as Buffer
}

const derive = promisify<string, string, number, Buffer>(scrypt)

function letter(code: string, locale: string | null): { subject: string; text: string } {
  if (locale?.toLowerCase().startsWith('de'))
    return {
      subject: 'Ihr Code',
      text: `Ihr Code lautet ${code}. Er gilt zehn Minuten. Geben Sie ihn nur im Chat ein, in dem Sie danach gefragt haben. Wenn Sie ihn nicht angefordert haben, ist nichts zu tun.`,
    }
  return {
    subject: 'Your code',
    text: `Your code is ${code}. It is valid for ten minutes. Enter it only in the chat in which you asked for it. If you did not ask for it, there is nothing to do.`,
  }
}
