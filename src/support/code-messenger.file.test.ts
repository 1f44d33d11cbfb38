import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { shopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { fileOutbox } from './code-messenger.file.ts'

const { signal } = new AbortController()
const clock = { now: () => new Date('2026-03-01T12:00:00Z') } as Clock
const ids = { make: () => 'out_1' } as unknown as Ids
const message = { shop: shopId('shop'), to: 'a@example.com', subject: 'Your code', text: 'Your code is 123456.' }
let folder: string

beforeEach(() => {
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
