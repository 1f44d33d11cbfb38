import { createHash } from 'node:crypto'

/** Without I, L, O and U, so that a receipt can be read out. Source: Crockford's base 32. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10

/** The name a system gives what it did: the same key, the same receipt, e.g. `RF-7K2Q0M9XZD`. */
export function receiptOf(prefix: string, key: string): string {
  const digest = createHash('sha256').update(key).digest()
  const letters = Array.from({ length: LENGTH }, (_, at) => LETTERS[(digest[at] ?? 0) % LETTERS.length])
  return `${prefix}-${letters.join('')}`
}
