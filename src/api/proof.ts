import { createHash } from 'node:crypto'

/** What is stored of a key or token: lower-case hex SHA-256. They have 144 random bits or more, so no salt is needed. */
export function proofOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
