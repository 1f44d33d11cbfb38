import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { shopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { fileOutbox } from './code-messenger.file.ts'

const { signal } = new AbortController()
const NOON = '2026-03-01T12:00:00.000Z'
let now = NOON
let made = 0
const clock = { now: () => new Date(now) } as Clock
const ids = { make: () => `out_${++made}` } as unknown as Ids
const message = {
  shop: shopId('shop'),
  session: 'ses_1' as const,
  to: 'a@example.com',
  subject: 'Your code',
  text: 'Your code is 123456.',
}
let folder: string

beforeEach(() => {
  now = NOON
  folder = mkdtempSync(join(tmpdir(), 'purser-outbox-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('writes one readable message that only its owner may read', async () => {
  await fileOutbox(join(folder, 'outbox'), clock, ids).send(message, signal)
  const [file, ...others] = readdirSync(join(folder, 'outbox'))
  expect(others).toEqual([])
  expect(readFileSync(join(folder, 'outbox', file ?? ''), 'utf8')).toMatch(
    /To: a@example.com\r\nSubject: Your code\r\n[\s\S]*Your code is 123456\./,
  )
  expect(statSync(join(folder, 'outbox', file ?? '')).mode & 0o077).toBe(0)
})

test('lets nobody add headers by a line break', async () => {
  await fileOutbox(folder, clock, ids).send({ ...message, to: 'a@example.com\r\nBcc: b@example.com' }, signal)
  expect(readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8')).not.toMatch(/^Bcc:/m)
})

test('says that the message did not leave when the folder cannot be written', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(fileOutbox(join(folder, 'file'), clock, ids).send(message, signal)).rejects.toMatchObject({
    code: 'support.messenger.unreachable',
    kind: 'retryable',
  })
})

test('tidies what is older, also a message half written at a crash, and nothing that is not its own', async () => {
  const outbox = fileOutbox(folder, clock, ids)
  await outbox.send(message, signal)
  writeFileSync(join(folder, '.2026-03-01T11-00-00-000Z-out_half.eml'), 'To: a@')
  writeFileSync(join(folder, '2020-notes.txt'), 'mine')
  now = '2026-03-01T13:00:00.000Z'
  await outbox.send(message, signal)
  expect(await outbox.tidy(new Date('2026-03-01T12:30:00Z'), signal)).toBe(2)
  expect(readdirSync(folder).sort()).toEqual(['2020-notes.txt', expect.stringMatching(/^2026-03-01T13-00-00-000Z/)])
  expect(await fileOutbox(join(folder, 'never-used'), clock, ids).tidy(new Date(now), signal)).toBe(0)
})

test('forgets the messages of a session or to an address, and no others', async () => {
  const outbox = fileOutbox(folder, clock, ids)
  await outbox.send(message, signal)
  await outbox.send({ ...message, session: 'ses_2', to: 'Ada@Example.com' }, signal)
  await outbox.send({ ...message, session: 'ses_3', to: 'b@example.com', text: 'To: ada@example.com' }, signal)
  const forgotten = await outbox.forget({ sessions: ['ses_1'], addresses: ['ada@example.com'] }, signal)
  expect(forgotten).toBe(2)
  expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
    expect.stringContaining('To: b@example.com'),
  ])
})
