import { createHash } from 'node:crypto'
import type { Mail } from './mailer.port.ts'

/** One mailbox and nothing that could make it two, or add a header. Not whether anybody reads it: only sending tells. */
const MAILBOX = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,255}$/u

export function isMailbox(address: string): boolean {
  return MAILBOX.test(address)
}

/** The same for the same shop and key, 32 characters, and tells neither. */
export function messageName({ shop, key }: Pick<Mail, 'shop' | 'key'>): string {
  return createHash('sha256')
    .update(JSON.stringify([shop, key]))
    .digest('hex')
    .slice(0, 32)
}

/** A header ends at a line break, so a value may not hold one. */
export function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, ' ')
}
