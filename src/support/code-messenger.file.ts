import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { CodeMessenger } from './code-messenger.port.ts'

/**
 * The demo outbox: messages become files `TIME-ID.eml` in `folder` (readable by its owner alone) instead of leaving the machine.
 * A message is there whole or not at all. Throws Fault retryable `support.messenger.unreachable` when it cannot be written.
 */
export function fileOutbox(folder: string, clock: Clock, ids: Ids): CodeMessenger {
  return {
    async send({ to, subject, text }, signal) {
      signal.throwIfAborted()
      const at = clock.now()
      const name = `${at.toISOString().replace(/[:.]/g, '-')}-${ids.make('out')}.eml`
      const message = [
        `Date: ${at.toUTCString()}`,
        `To: ${oneLine(to)}`,
        `Subject: ${oneLine(subject)}`,
        'Content-Type: text/plain; charset=utf-8',
        '',
        text,
        '',
      ].join('\r\n')
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const file = await open(join(folder, `.${name}`), 'w', 0o600)
        await file.writeFile(message).finally(() => file.close())
        await rename(join(folder, `.${name}`), join(folder, name))
      } catch (cause) {
        throw new Fault({
          kind: 'retryable',
          code: 'support.messenger.unreachable',
          message: 'The message could not be sent.',
          cause,
        })
      }
    },
  }
}

/** A header ends at a line break, so a value may not hold one. */
function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, ' ')
}
