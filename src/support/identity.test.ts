import { describe, expect, test } from 'vitest'
import type { Session } from '#db/access/sessions.port.ts'
import type { ChallengeStore } from '#db/support/challenges.port.ts'
import { Fault, type FaultKind } from '#domain/fault.ts'
import { customerId, orderId, shopId } from '#domain/ids.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import type { Log } from '#telemetry/log.port.ts'
import { background } from './background.ts'
import { identity } from './identity.ts'
import type { Mail, MailOutcome } from './mail/mailer.port.ts'

const { signal } = new AbortController()
const session: Session = {
  id: 'ses_1',
  shop: shopId('shop'),
  customer: null,
  locale: 'en',
  region: null,
  channel: null,
  unlockedOrders: [],
  consent: null,
  createdAt: new Date('2026-03-01T12:00:00Z'),
  expiresAt: new Date('2026-03-02T12:00:00Z'),
}
const EMAIL = 'ada@shop.example'
const unreachable = (kind: FaultKind) => new Fault({ kind, code: 'support.mailer.unreachable', message: 'Not now.' })

/** One challenge whose mailer gives `results` one after the other; waiting takes no time and is written down. */
async function challenged(...results: (MailOutcome | Fault)[]) {
  const sent: Mail[] = []
  const waits: number[] = []
  const logged: string[] = []
  const write = (level: string) => (fields: object, message: string) =>
    void logged.push(`${level} ${message} ${JSON.stringify(fields)}`)
  const log: Log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => log,
  }
  const clock = { ...systemClock(), sleep: async (ms: number) => void waits.push(ms) }
  const work = background((error) => logged.push(`threw ${error}`))
  const proof = identity(
    {
      store: { create: async () => {}, arm: async () => true } as Partial<ChallengeStore> as ChallengeStore,
      contacts: { contact: async () => ({ customer: customerId('c'), email: EMAIL, order: orderId('A-1') }) },
      mailer: {
        async send(mail) {
          sent.push(mail)
          const result = results.shift() ?? { outcome: 'sent' }
          if (result instanceof Fault) throw result
          return result
        },
      },
      background: work,
      clock,
      ids: randomIds(clock),
      log,
    },
    signal,
  )
  const { id } = await proof.challenge(session, { orderNumber: 'A-1', email: EMAIL }, signal)
  await proof.idle(signal)
  expect(logged.join()).not.toMatch(/ada@|\b\d{6}\b/)
  return { id, sent, waits, logged }
}

describe('a one-time code', () => {
  test('is sent again, as the same message, while the mail server asks for patience', async () => {
    const { id, sent, waits, logged } = await challenged(unreachable('retryable'), unreachable('retryable'))
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map((mail) => JSON.stringify(mail))).size).toBe(1)
    expect(sent[0]).toMatchObject({ key: id, to: EMAIL, session: 'ses_1' })
    expect(waits.every((wait, at) => wait > (waits[at - 1] ?? 0))).toBe(true)
    expect(logged).toEqual([])
  })

  test('is given up well before it would expire, with a line in the log', async () => {
    const { waits, logged } = await challenged(...Array.from({ length: 9 }, () => unreachable('retryable')))
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(5 * 60_000)
    expect(logged).toEqual([expect.stringMatching(/^error one-time code not sent/)])
  })

  test('is not sent again when a setting stands in the way, nor when nobody takes it', async () => {
    const barred = await challenged(unreachable('operator'))
    expect(barred.sent).toHaveLength(1)
    expect(barred.logged).toEqual([expect.stringMatching(/^error one-time code not sent/)])
    const refused = await challenged({ outcome: 'refused' })
    expect(refused.sent).toHaveLength(1)
    expect(refused.logged).toEqual([expect.stringMatching(/^warn one-time code refused/)])
  })
})
