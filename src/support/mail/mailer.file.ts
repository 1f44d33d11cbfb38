import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { isMailbox, messageName, oneLine } from './mail-address.ts'
import type { Mailer, MessageOutbox } from './mailer.port.ts'

/** Our own files alone, also one that a crash left half written; its time stands in front, so names are in order of time. */
const MESSAGE = /^\.?(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z)-out_[\w-]+\.eml$/

/**
 * The demo outbox: messages become files `TIME-ID.eml` in `folder` (readable by its owner alone) instead of leaving the machine.
 * A message is there whole or not at all, and once for its key while the first lies there. Throws Fault retryable
 * `support.mailer.unreachable` when it cannot be written, read or removed.
 */
export function fileOutbox(folder: string, clock: Clock): Mailer & MessageOutbox {
  return {
    async send(mail, signal) {
      signal.throwIfAborted()
      if (!isMailbox(mail.to)) return { outcome: 'refused' }
      const at = clock.now()
      const id = messageName(mail)
      const name = `${stamp(at)}-out_${id}.eml`
      const message = [
        `Date: ${at.toUTCString()}`,
        `Message-ID: <${id}@purser.invalid>`,
        `To: ${oneLine(mail.to)}`,
        `Subject: ${oneLine(mail.subject)}`,
        ...(mail.session ? [`X-Purser-Session: ${oneLine(mail.session)}`] : []),
        'Content-Type: text/plain; charset=utf-8',
        '',
        mail.text,
        '',
      ].join('\r\n')
      await reachable(async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        // A half-written one is from a send that died, so it does not count.
        const written = (await namesIn(folder)).some((each) => !each.startsWith('.') && each.endsWith(`-out_${id}.eml`))
        if (written) return
        const file = await open(join(folder, `.${name}`), 'w', 0o600)
        await file.writeFile(message).finally(() => file.close())
        await rename(join(folder, `.${name}`), join(folder, name))
      })
      return { outcome: 'sent' }
    },
    async recall(mail, signal) {
      const end = `-out_${messageName(mail)}.eml`
      return (await removeWhere(async (name) => name.endsWith(end), signal)) > 0
    },
    async check(signal) {
      signal.throwIfAborted()
      return { state: 'outbox', folder }
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
      code: 'support.mailer.unreachable',
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
