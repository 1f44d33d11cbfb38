import { randomBytes, randomInt } from 'node:crypto'
import type { Clock } from './clock.port.ts'
import type { Ids } from './ids.port.ts'

/** Ids in the layout of UUIDv7 (RFC 9562, section 5.7: 48 bits of Unix milliseconds, then randomness), as hex behind their kind. */
export function randomIds(clock: Clock): Ids {
  return {
    make(kind) {
      const time = clock.now().getTime().toString(16).padStart(12, '0')
      return `${kind}_${time}${randomBytes(10).toString('hex')}`
    },
    secret: (bytes) => randomBytes(bytes).toString('base64url'),
    below: (limit) => randomInt(limit),
  }
}
