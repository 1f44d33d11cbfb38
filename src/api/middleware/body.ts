import type { HonoRequest, MiddlewareHandler } from 'hono'
import { Fault } from '#domain/fault.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { ApiEnv } from '../caller.ts'
import type { ApiSettings } from '../settings.ts'
import { isStorableText } from '../storable-text.ts'

/** Nothing of ours is nested half as deep; whoever walks over what was sent would run out of stack at some depth. */
const MOST_LEVELS = 100
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i

/**
 * Reads a JSON body once, whole, within its limits, and leaves it for the validators. Throws Fault user `api.body.too_large`
 * (413), `api.body.too_slow` (408), `api.body.media_type` (415), `api.body.malformed` and `api.request.character` (400).
 */
export function jsonBody(
  { bodyBytes, bodyMs }: Pick<ApiSettings, 'bodyBytes' | 'bodyMs'>,
  clock: Clock,
): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const kind = context.get('endpoint').guard.body
    if (kind !== 'json' && kind !== 'optional_json') return next()
    const { raw } = context.req
    const told = context.req.header('content-length')
    if (Number(told ?? 0) > bodyBytes) throw tooLarge(bodyBytes)
    const bytes =
      told === undefined
        ? await readBody(raw.body, bodyBytes, clock.deadline(bodyMs, raw.signal))
        : await readAtOnce(raw, bodyBytes, clock.deadline(bodyMs, raw.signal))
    if (bytes.byteLength === 0) {
      if (kind === 'json') throw malformed('A JSON body is needed.')
      // With a type the validator reads it as JSON; without one it must find nothing, or it would ask for the type.
      keep(context.req, context.req.header('content-type') === undefined ? '' : '{}')
      return next()
    }
    if (!JSON_TYPE.test(context.req.header('content-type') ?? ''))
      throw new Fault({
        kind: 'user',
        code: 'api.body.media_type',
        message: 'Send the body as Content-Type: application/json.',
        status: 415,
      })
    const text = decode(bytes)
    const value = parse(text)
    if (isNestedDeeply(value)) throw malformed(`The body is nested over ${MOST_LEVELS} levels.`)
    if (text.includes('\\u') && !isStorable(value))
      throw new Fault({
        kind: 'user',
        code: 'api.request.character',
        message: 'The body contains \\u0000 or half a character, which no text can contain.',
        status: 400,
      })
    keep(context.req, text)
    await next()
  }
}

/** Hono looks here before it reads the request; the type says string, but what it stores itself is a promise. */
function keep(request: HonoRequest, text: string): void {
  Object.assign(request.bodyCache, { text: Promise.resolve(text) })
}

/**
 * A whole body of at most `most` bytes. Throws Fault user `api.body.too_large` (413), and `api.body.too_slow` (408) when `signal` aborts
 * before its end.
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  most: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (!body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  const giveUp = () => void reader.cancel(signal.reason).catch(() => {})
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (signal.aborted) throw tooSlow()
      if (done) return Buffer.concat(chunks)
      size += value.byteLength
      if (size > most) {
        giveUp()
        throw tooLarge(most)
      }
      chunks.push(value)
    }
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

/** The same for a body whose length was told, which HTTP holds it to: without a stream around it, which costs as much as a small request. */
async function readAtOnce(raw: Request, most: number, signal: AbortSignal): Promise<Uint8Array> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const giveUp = () => reject(tooSlow())
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    const bytes = new Uint8Array(await Promise.race([raw.arrayBuffer(), late]))
    if (bytes.byteLength > most) throw tooLarge(most)
    return bytes
  } catch (error) {
    throw signal.aborted ? tooSlow() : error
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw malformed('The body is not UTF-8.')
  }
}

function parse(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    throw malformed('The body is not JSON.')
  }
}

/** Level by level, which needs no stack. */
function isNestedDeeply(value: unknown): boolean {
  let here = [value]
  for (let level = 0; here.length > 0; level += 1) {
    if (level > MOST_LEVELS) return true
    here = here.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, member]) => isStorableText(name) && isStorable(member))
}

function malformed(message: string): Fault {
  return new Fault({ kind: 'user', code: 'api.body.malformed', message, status: 400 })
}

function tooLarge(most: number): Fault {
  return new Fault({
    kind: 'user',
    code: 'api.body.too_large',
    message: `The body is larger than ${most} bytes.`,
    status: 413,
  })
}

function tooSlow(): Fault {
  return new Fault({ kind: 'user', code: 'api.body.too_slow', message: 'The body came too slowly.', status: 408 })
}
