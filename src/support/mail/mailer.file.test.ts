import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { shopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { fileOutbox } from './mailer.file.ts'

const { signal } = new AbortController()
const NOON = '2026-03-01T12:00:00.000Z'
let now = NOON
const clock = { now: () => new Date(now) } as Clock
const message = {
  shop: shopId('shop'),
  session: 'ses_1' as const,
  to: 'a@example.com',
  subject: 'Your code',
  text: 'Your code is 123456.',
  key: 'chl_1',
}
let folder: string

beforeEach(() => {
  now = NOON
  folder = mkdtempSync(join(tmpdir(), 'purser-outbox-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('writes one readable message that only its owner may read', async () => {
  await fileOutbox(join(folder, 'outbox'), clock).send(message, signal)
  const [file, ...others] = readdirSync(join(folder, 'outbox'))
  expect(others).toEqual([])
  expect(readFileSync(join(folder, 'outbox', file ?? ''), 'utf8')).toMatch(
    /To: a@example.com\r\nSubject: Your code\r\n[\s\S]*Your code is 123456\./,
  )
  expect(statSync(join(folder, 'outbox', file ?? '')).mode & 0o077).toBe(0)
})

test('says that the message did not leave when the folder cannot be written', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(fileOutbox(join(folder, 'file'), clock).send(message, signal)).rejects.toMatchObject({
    code: 'support.mailer.unreachable',
    kind: 'retryable',
  })
})

test('tidies what is older, also a message half written at a crash, and nothing that is not its own', async () => {
  const outbox = fileOutbox(folder, clock)
  await outbox.send(message, signal)
  writeFileSync(join(folder, '.2026-03-01T11-00-00-000Z-out_half.eml'), 'To: a@')
  writeFileSync(join(folder, '2020-notes.txt'), 'mine')
  now = '2026-03-01T13:00:00.000Z'
  await outbox.send({ ...message, key: 'chl_2' }, signal)
  expect(await outbox.tidy(new Date('2026-03-01T12:30:00Z'), signal)).toBe(2)
  expect(readdirSync(folder).sort()).toEqual(['2020-notes.txt', expect.stringMatching(/^2026-03-01T13-00-00-000Z/)])
  expect(await fileOutbox(join(folder, 'never-used'), clock).tidy(new Date(now), signal)).toBe(0)
})

test('takes back the message of one key in one shop, and says whether there was one', async () => {
  const outbox = fileOutbox(folder, clock)
  for (const key of ['out_1', 'out_2']) await outbox.send({ ...message, key, text: key }, signal)
  expect(await outbox.recall({ shop: shopId('another'), key: 'out_1' }, signal)).toBe(false)
  expect(await outbox.recall({ shop: message.shop, key: 'out_1' }, signal)).toBe(true)
  expect(await outbox.recall({ shop: message.shop, key: 'out_1' }, signal)).toBe(false)
  expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
    expect.stringContaining('out_2'),
  ])
})

test('forgets the messages of a session or to an address, and no others', async () => {
  const outbox = fileOutbox(folder, clock)
  await outbox.send(message, signal)
  await outbox.send({ ...message, session: 'ses_2', to: 'Ada@Example.com', key: 'chl_2' }, signal)
  await outbox.send(
    { ...message, session: 'ses_3', to: 'b@example.com', key: 'chl_3', text: 'To: ada@example.com' },
    signal,
  )
  const forgotten = await outbox.forget({ sessions: ['ses_1'], addresses: ['ada@example.com'] }, signal)
  expect(forgotten).toBe(2)
  expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
    expect.stringContaining('To: b@example.com'),
  ])
})
