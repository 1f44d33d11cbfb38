import { afterEach, describe, expect, test } from 'vitest'
import { shopId } from '#domain/ids.ts'
import type { Mail, Mailer } from '#support/mail/mailer.port.ts'

/** A mailer and what lies at its far end: each message's raw text. `fail` makes the way impassable for a while. */
export type MailerBench = {
  mailer: Mailer
  delivered(): Promise<string[]>
  fail(): Promise<void>
  recover(): Promise<void>
  close(): Promise<void>
}

export const MAIL: Mail = {
  shop: shopId('shop'),
  session: 'ses_1',
  to: 'ada@example.com',
  subject: 'Your code',
  text: 'Your code is 123456.',
  key: 'chl_1',
}

/** What every Mailer must do; `open` gives each test a fresh way out. */
export function mailerContract(adapter: string, open: () => Promise<MailerBench>): void {
  const { signal } = new AbortController()
  let bench: MailerBench
  const opened = async () => {
    bench = await open()
    return bench
  }
  describe(`Mailer contract: ${adapter}`, () => {
    afterEach(() => bench.close())

    test('delivers one message to one address, with its subject and its text', async () => {
      const { mailer, delivered } = await opened()
      expect(await mailer.send(MAIL, signal)).toEqual({ outcome: 'sent' })
      const [message, ...others] = await delivered()
      expect(others).toEqual([])
      expect(message).toMatch(/^To: ada@example\.com\r$/m)
      expect(message).toMatch(/^Subject: Your code\r$/m)
      expect(message).toMatch(/\r\n\r\n[\s\S]*Your code is 123456\./)
    })

    test('names a message by its key, so that a repeat is the same message', async () => {
      const { mailer, delivered } = await opened()
      await mailer.send(MAIL, signal)
      await mailer.send(MAIL, signal)
      await mailer.send({ ...MAIL, key: 'chl_2' }, signal)
      await mailer.send({ ...MAIL, shop: shopId('other') }, signal)
      const names = (await delivered()).map((message) => /^Message-ID: <(.+)>\r$/m.exec(message)?.[1])
      expect(new Set(names).size).toBe(3)
      expect(names.join()).not.toContain('chl_')
    })

    test('adds no header by a line break in the subject', async () => {
      const { mailer, delivered } = await opened()
      await mailer.send({ ...MAIL, subject: 'Hello\r\nBcc: b@example.com' }, signal)
      const [message = ''] = await delivered()
      expect(message).not.toMatch(/^Bcc:/m)
      expect(message).toMatch(/^Subject: Hello Bcc: b@example\.com\r$/m)
    })

    test.each([
      'ada@example.com\r\nBcc: b@example.com',
      'ada@example.com, b@example.com',
      'Ada <ada@example.com>',
      'ada',
      '',
    ])('refuses what is not one address: %j', async (to) => {
      const { mailer, delivered } = await opened()
      expect(await mailer.send({ ...MAIL, to }, signal)).toEqual({ outcome: 'refused' })
      expect(await delivered()).toEqual([])
    })

    test('says that the message may not have left, naming nobody, and sends it once the way is free', async () => {
      const { mailer, delivered, fail, recover } = await opened()
      await fail()
      const fault = await mailer.send(MAIL, signal).catch((error: unknown) => error)
      expect(fault).toMatchObject({ kind: 'retryable', code: 'support.mailer.unreachable' })
      expect(`${fault} ${JSON.stringify(fault)}`).not.toContain('ada@')
      await recover()
      expect(await mailer.send(MAIL, signal)).toEqual({ outcome: 'sent' })
      expect(await delivered()).toHaveLength(1)
    })

    test('sends nothing once the caller has given up', async () => {
      const { mailer, delivered } = await opened()
      const reason = new Error('gone')
      await expect(mailer.send(MAIL, AbortSignal.abort(reason))).rejects.toBe(reason)
      await expect(mailer.check(AbortSignal.abort(reason))).rejects.toBe(reason)
      expect(await delivered()).toEqual([])
    })
  })
}
