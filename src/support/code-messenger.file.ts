import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { CodeMessenger, MessageOutbox } from './code-messenger.port.ts'

/** Our own files alone, also one that a crash left half written; its time stands in front, so names are in order of time. */
const MESSAGE = /^\.?(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z)-out_[\w-]+\.eml$/

/**
 * The demo outbox: messages become files `TIME-ID.eml` in `folder` (readable by its owner alone) instead of leaving the machine.
 * A message is there whole or not at all. Throws Fault retryable `support.messenger.unreachable` when it cannot be written, read
 * or removed.
 */
export function fileOutbox(folder: string, clock: Clock, ids: Ids): CodeMessenger & MessageOutbox {
  return {
    async send({ session, to, subject, text }, signal) {
      signal.throwIfAborted()
      const at = clock.now()
      const name = `${stamp(at)}-${ids.make('out')}.eml`
      const message = [
        `Date: ${at.toUTCString()}`,
        `To: ${oneLine(to)}`,
        `Subject: ${oneLine(subject)}`,
        `X-Purser-Session: ${oneLine(session)}`,
        'Content-Type: text/plain; charset=utf-8',
        '',
        text,
        '',
      ].join('\r\n')
      await reachable(async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const file = await open(join(folder, `.${name}`), 'w', 0o600)
        await file.writeFile(message).finally(() => file.close())
        await rename(join(folder, `.${name}`), join(folder, name))
      })
    },
    tidy: (before, signal) => removeWhere(async (name) => (MESSAGE.exec(name)?.[1] ?? '') < stamp(before), signal),
    forget: ({ sessions, addresses }, signal) => {
      const known = new Set(addresses.map((address) => address.toLowerCase()))
      return removeWhere(async (name) => {
        const message = await readFile(join(folder, name), 'utf8')
        const session = headerOf(message, 'X-Purser-Session')
        return sessions.some((id) => id === session) || known.has(headerOf(message, 'To').toLowerCase())
      }, signal)
    },
  }

  async function removeWhere(isMeant: (name: string) => Promise<boolean>, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted()
    return reachable(async () => {
      let removed = 0
      for (const name of await namesIn(folder)) {
        signal.throwIfAborted()
        if (!(await isMeant(name).catch(unlessGone))) continue
        await rm(join(folder, name), { force: true })
        removed += 1
      }
      return removed
    }, signal)
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names.filter((name) => MESSAGE.test(name))
}

/** Somebody else may tidy at the same time. */
function unlessGone(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false
  throw error
}

async function reachable<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw new Fault({
      kind: 'retryable',
      code: 'support.messenger.unreachable',
      message: 'The outbox for messages cannot be used.',
      cause,
    })
  }
}

function stamp(at: Date): string {
  return at.toISOString().replace(/[:.]/g, '-')
}

function headerOf(message: string, name: string): string {
  const [head = ''] = message.split('\r\n\r\n')
  const line = head.split('\r\n').find((each) => each.startsWith(`${name}: `))
  return line?.slice(name.length + 2) ?? ''
}

/** A header ends at a line break, so a value may not hold one. */
function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, ' ')
}
