import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { shopId } from '#domain/ids.ts'
import { type MailServer, mailServer } from '../../../test/fixtures/mail-server.ts'
import type { Mail } from './mailer.port.ts'
import { type SmtpServer, smtpMailer } from './mailer.smtp.ts'

const { signal } = new AbortController()
const LOGIN = { user: 'purser', password: 'correct horse' }
const PLAIN = { disabledCommands: ['STARTTLS'] }
const MAIL: Mail = {
  shop: shopId('shop'),
  to: 'ada@example.com',
  subject: 'Your code',
  text: 'Your code is 123456.',
  key: 'chl_1',
}

let server: MailServer
afterEach(() => server?.close())

async function opened(options: Parameters<typeof mailServer>[0] = PLAIN, settings: Partial<SmtpServer> = {}) {
  server = await mailServer(options)
  return mailerTo(server.port, settings)
}

function mailerTo(port: number, settings: Partial<SmtpServer> = {}) {
  const from = { name: 'Käthes Laden', address: 'help@shop.example' }
  return smtpMailer({ host: '127.0.0.1', port, secure: false, tls: 'offered', login: null, from, ...settings })
}

async function faultOf(work: Promise<unknown>): Promise<unknown> {
  const fault = await work.then(
    () => null,
    (error: unknown) => error,
  )
  expect(`${fault} ${JSON.stringify(fault)} ${(fault as Error)?.cause}`).not.toMatch(/ada@|correct horse|wrong horse/)
  return fault
}

describe('letters of every alphabet', () => {
  test('arrive in the subject, the text and the name of the sender', async () => {
    const mailer = await opened()
    await mailer.send({ ...MAIL, subject: 'Grüße – код 🎧', text: 'Schöne Grüße.\n.\nZweite Zeile' }, signal)
    const raw = server.received[0]?.raw ?? ''
    expect(raw).toMatch(/^Subject: =\?UTF-8\?/m)
    expect(raw).toMatch(/^From: =\?UTF-8\?.*<help@shop\.example>\r$/m)
    const body = raw.slice(raw.indexOf('\r\n\r\n') + 4)
    const text = /^Content-Transfer-Encoding: base64/im.test(raw)
      ? Buffer.from(body, 'base64').toString()
      : unquoted(body)
    expect(text.replaceAll('\r\n', '\n').trim()).toBe('Schöne Grüße.\n.\nZweite Zeile')
  })

  test('arrive in the address, its domain written for the network', async () => {
    const mailer = await opened()
    expect(await mailer.send({ ...MAIL, to: 'jürgen@bücher.example' }, signal)).toEqual({ outcome: 'sent' })
    expect(server.received[0]?.to).toEqual([expect.stringMatching(/^jürgen@(bücher|xn--bcher-kva)\.example$/)])
  })
})

describe('signing in', () => {
  test('sends as the user of the settings', async () => {
    const mailer = await opened(PLAIN, { login: LOGIN })
    await mailer.send(MAIL, signal)
    expect(server.received).toMatchObject([{ user: 'purser', from: 'help@shop.example', to: ['ada@example.com'] }])
    expect(await mailer.check(signal)).toEqual({ state: 'ready' })
  })

  test('is for the operator when the password is wrong, and shows nothing of it', async () => {
    const mailer = await opened(PLAIN, { login: { ...LOGIN, password: 'wrong horse' } })
    const expected = { kind: 'operator', code: 'support.mailer.login_refused' }
    expect(await faultOf(mailer.send(MAIL, signal))).toMatchObject(expected)
    const state = await mailer.check(signal)
    expect(state).toMatchObject({ state: 'down' })
    expect(JSON.stringify(state)).not.toContain('horse')
  })

  test('is for the operator when the server wants it and there is no login', async () => {
    const mailer = await opened({ ...PLAIN, authOptional: false })
    expect(await faultOf(mailer.send(MAIL, signal))).toMatchObject({ code: 'support.mailer.login_refused' })
  })
})

describe('TLS', () => {
  test('is used when the server offers it', async () => {
    server = await mailServer()
    await mailerTo(server.port, { ca: server.certificate, login: LOGIN }).send(MAIL, signal)
    expect(server.received).toMatchObject([{ secure: true, user: 'purser' }])
  })

  test('is there from the first byte where the address says so', async () => {
    server = await mailServer({ secure: true })
    await mailerTo(server.port, { ca: server.certificate, secure: true }).send(MAIL, signal)
    expect(server.received).toMatchObject([{ secure: true }])
  })

  test('is not left out where it is required, so the password stays here', async () => {
    const mailer = await opened(PLAIN, { tls: 'required', login: LOGIN })
    expect(await faultOf(mailer.send(MAIL, signal))).toMatchObject({ code: 'support.mailer.insecure' })
    expect(server.received).toEqual([])
  })

  test.each([false, true])('takes no certificate nobody vouches for (from the first byte: %s)', async (secure) => {
    const mailer = await opened({ secure }, { secure })
    expect(await faultOf(mailer.send(MAIL, signal))).toMatchObject({
      kind: 'operator',
      code: 'support.mailer.insecure',
    })
    expect(server.received).toEqual([])
  })
})

describe('a server that says no', () => {
  test.each([
    ['greylisting', { rcpt: 451 }],
    ['a full mailbox for now', { rcpt: 452 }],
    ['trouble taking the text', { data: 451 }],
    ['trouble with the sender', { mailFrom: 421 }],
  ])('for now is asked again later: %s', async (_why, behaviour) => {
    const mailer = await opened()
    server.behave(behaviour)
    expect(await faultOf(mailer.send(MAIL, signal))).toMatchObject({
      kind: 'retryable',
      code: 'support.mailer.unreachable',
    })
    server.behave({})
    expect(await mailer.send(MAIL, signal)).toEqual({ outcome: 'sent' })
  })

  test.each([
    ['the recipient', { rcpt: 550 }],
    ['the recipient’s whole domain', { rcpt: 553 }],
    ['the message', { data: 554 }],
  ])('for good has refused %s', async (_what, behaviour) => {
    const mailer = await opened()
    server.behave(behaviour)
    expect(await mailer.send(MAIL, signal)).toEqual({ outcome: 'refused' })
  })

  test('to our sender leaves it to the operator', async () => {
    const mailer = await opened()
    server.behave({ mailFrom: 550 })
    expect(await faultOf(mailer.send(MAIL, signal))).toMatchObject({
      kind: 'operator',
      code: 'support.mailer.sender_refused',
    })
  })
})

describe('a connection', () => {
  test('cut after the text counts as not sent, and the repeat is the same message', async () => {
    const mailer = await opened()
    server.behave({ dropAfterData: true })
    expect(await faultOf(mailer.send(MAIL, signal))).toMatchObject({ code: 'support.mailer.unreachable' })
    server.behave({})
    await mailer.send(MAIL, signal)
    const ids = server.received.map(({ raw }) => /^Message-ID: (.+)\r$/m.exec(raw)?.[1])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('that nobody accepts is tried again later', async () => {
    const mailer = await opened()
    await server.close()
    expect(await faultOf(mailer.send(MAIL, signal))).toMatchObject({ code: 'support.mailer.unreachable' })
    expect(await mailer.check(signal)).toMatchObject({ state: 'down' })
  })

  test('to a server that never says a word is given up', async () => {
    const mailer = await opened(PLAIN, { connectMs: 100 })
    server.behave({ silent: true })
    expect(await faultOf(mailer.send(MAIL, signal))).toMatchObject({ code: 'support.mailer.unreachable' })
  })

  test('to something that speaks no SMTP is given up', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n').on('error', () => {}))
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
    const { port } = other.address() as { port: number }
    expect(await faultOf(mailerTo(port).send(MAIL, signal))).toMatchObject({ code: 'support.mailer.unreachable' })
    await new Promise((closed) => other.close(closed))
  })

  test('is left at once when the caller gives up', async () => {
    const mailer = await opened()
    server.behave({ silent: true })
    const reason = new Error('stopping')
    const giveUp = new AbortController()
    const sending = mailer.send(MAIL, giveUp.signal)
    const checking = mailer.check(giveUp.signal)
    giveUp.abort(reason)
    await expect(sending).rejects.toBe(reason)
    await expect(checking).rejects.toBe(reason)
  })
})

function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
