import { z } from 'zod'
import { kindOf, readClaim } from './event-claims.ts'
import { arrivalTime, stampTime } from './stamp.ts'

/** A CloudEvent that may be taken in. `stampedAt` is a stamp's time. */
export type ReadEvent = {
  source: string
  id: string
  type: string
  subject: string | null
  sequence: string | null
  stampedAt: string
  /** JSON text of the event's data; null when it has none. */
  data: string | null
  /** Kept for a handler of its own instead of being applied. */
  kept: boolean
}
export type Rejection = { id: string | null; code: string; message: string }

/** A sender's clock may be this far ahead before its times are no longer believed. */
const AHEAD_MS = 300_000
/** Data of one event, as JSON text. Larger content goes through documents and imports. */
const MOST_DATA = 524_288

const PRINTABLE = /^[^\p{Cc}\p{Cs}]+$/u
const text = (most: number) => z.string().min(1).max(most).regex(PRINTABLE, 'Control characters do not belong here')
/** CloudEvents 1.0.2, "Context attributes" and the sequence extension. Lengths are ours. */
const Envelope = z.object({
  specversion: z.literal('1.0', 'Only CloudEvents 1.0 is read'),
  id: text(255),
  source: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[\x21-\x7e]+$/, 'Not a URI reference'),
  type: text(200),
  subject: text(300).optional(),
  time: z.string().optional(),
  sequence: z.union([text(100), z.int().nonnegative()]).optional(),
  datacontenttype: z
    .string()
    .regex(/^[\w.+-]+\/([\w.-]+\+)?json\s*(;|$)/i, 'Only JSON data is read')
    .optional(),
  dataschema: z.string().max(2_000).optional(),
})
/** "CloudEvents attribute names MUST consist of lower-case letters or digits." */
const NAME = /^[a-z0-9]+$/

/**
 * One CloudEvent in the structured JSON format, at `place` of its batch, or why it is refused. Extensions that are not known are
 * allowed, as the standard asks. Never throws.
 */
export function readEvent(value: unknown, place: number, receivedAt: Date): ReadEvent | Rejection {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { id: null, code: 'not_an_event', message: 'An event is a JSON object.' }
  // null is how the JSON format may write an attribute that is not set.
  const given = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
  const id = typeof given.id === 'string' ? given.id.slice(0, 255) : null
  const reject = (code: string, message: string): Rejection => ({ id, code, message })

  const odd = Object.keys(given).find((name) => !NAME.test(name) && name !== 'data_base64')
  if (odd !== undefined)
    return reject('attribute_invalid', `${odd.slice(0, 50)}: attribute names are lower-case letters and digits.`)
  const read = Envelope.safeParse(given)
  if (!read.success) return reject(...problemOf(read.error, given))
  const { source, type, subject = null, sequence } = read.data
  const kind = kindOf(type)
  if (kind === 'unknown')
    return reject('type_unknown', `${type} is no type this shop reads; docs/events.md lists them.`)
  if (given.data_base64 !== undefined) return reject('data_encoding', 'data_base64 is not read; send JSON in data.')
  const data = given.data === undefined ? null : jsonOf(given.data)
  if (data === 'too deep') return reject('data_invalid', 'data: Nested too deep.')
  if (data !== null && data.length > MOST_DATA)
    return reject('data_too_large', `data is over ${MOST_DATA} characters; send it as a document or an import.`)
  const claim = kind === 'applied' ? readClaim(type, given.data, subject) : null
  if (claim && !claim.ok) return reject(claim.code, claim.message)

  const counted = sequence === undefined ? null : String(sequence)
  const stampedAt = timeOf(read.data.time, counted, place, receivedAt)
  if (stampedAt === null) return reject('attribute_invalid', 'time: Not an RFC 3339 time.')
  if (stampedAt === 'ahead')
    return reject('time_ahead', 'time is over five minutes in the future. Set the clock, or send a sequence.')
  return { source, id: read.data.id, type, subject, sequence: counted, stampedAt, data, kept: kind === 'kept' }
}

/** Reading JSON has no limit to its depth, writing it has. */
function jsonOf(data: unknown): string | 'too deep' {
  try {
    return JSON.stringify(data)
  } catch (error) {
    if (error instanceof RangeError) return 'too deep'
    throw error
  }
}

/** A clock that is ahead would let its word stand against everybody's newer one; with a sequence it decides nothing and is cut back. */
function timeOf(time: string | undefined, sequence: string | null, place: number, receivedAt: Date) {
  if (time === undefined) return arrivalTime(receivedAt, place)
  const stated = stampTime(time)
  const latest = stampTime(new Date(receivedAt.getTime() + AHEAD_MS).toISOString()) ?? ''
  if (stated === null || stated <= latest) return stated
  return sequence === null ? 'ahead' : arrivalTime(receivedAt, place)
}

function problemOf({ issues: [issue] }: z.ZodError, given: Record<string, unknown>): [code: string, message: string] {
  const name = String(issue?.path[0] ?? '')
  if (given[name] === undefined) return ['attribute_missing', `${name} is missing.`]
  if (name === 'specversion') return ['specversion_unsupported', `specversion: ${issue?.message}.`]
  if (name === 'datacontenttype') return ['data_encoding', `datacontenttype: ${issue?.message}.`]
  if (issue?.code === 'too_big') return ['attribute_too_long', `${name} is longer than ${issue.maximum} characters.`]
  return ['attribute_invalid', `${name}: ${issue?.message}.`]
}
