import { readJson } from '#domain/foreign-json.ts'
import type { BrowserClock } from '../browser-clock.ts'
import { type Failure, isRecord, problemOf, type Reply } from './reply.ts'

/** Where requests go and by what means. `chance` gives 0–1, so that clients do not come back all at once. */
export type Connection = { baseUrl: string; fetch: typeof fetch; clock: BrowserClock; chance(): number }

export type Call = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  token?: string
  body?: unknown
  headers?: Record<string, string>
  /** Of a stream, in milliseconds: SILENCE_MS, where it is not said. */
  silence?: number
}

/** How long a shopper may be left without a word of what goes on, in milliseconds: a call that takes longer has failed. */
export const PATIENCE_MS = 9_500
/** After so much silence a stream counts as cut, in milliseconds; the server says every 4 s that it is there. */
export const SILENCE_MS = 7_000

/** One call with JSON in and out. What comes back is `malformed` without the fields named. Never rejects. */
export async function call<Value>(
  connection: Connection,
  request: Call,
  fields: readonly (keyof Value & string)[],
  signal: AbortSignal,
): Promise<Reply<Value>> {
  const watch = silenceWatch(connection.clock, PATIENCE_MS, signal)
  try {
    const response = await watch.orCut(send(connection, request, watch.signal))
    const text = await watch.orCut(response.text())
    if (!response.ok) return problemOf(response, text, connection.clock.now())
    const value = text === '' ? {} : readJson(text)
    if (!isRecord(value) || fields.some((field) => value[field] === undefined)) return { outcome: 'malformed' }
    return { outcome: 'ok', value: value as Value }
  } catch (error) {
    return failureOf(error, watch, signal)
  } finally {
    watch.stop()
  }
}

/** The response to a call. Rejects as fetch does. */
export function send(connection: Connection, request: Call, signal: AbortSignal): Promise<Response> {
  const { method = 'GET', path, token, body, headers } = request
  return connection.fetch(connection.baseUrl + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    cache: 'no-store',
    signal,
  })
}

/** Cuts a call once nothing was heard for `ms`. `orCut` also ends what does not listen to the signal. */
export type SilenceWatch = {
  signal: AbortSignal
  heard(): void
  orCut<Value>(work: Promise<Value>): Promise<Value>
  timedOut(): boolean
  stop(): void
}

export function silenceWatch(clock: BrowserClock, ms: number, signal: AbortSignal): SilenceWatch {
  const cut = new AbortController()
  let waiting = new AbortController()
  let silent = false
  const gone = () => cut.abort(signal.reason)
  if (signal.aborted) gone()
  signal.addEventListener('abort', gone, { once: true })
  const ended = new Promise<never>((_resolve, reject) => {
    const end = () => reject(cut.signal.reason)
    if (cut.signal.aborted) end()
    cut.signal.addEventListener('abort', end, { once: true })
  })
  ended.catch(() => {})
  const heard = () => {
    waiting.abort()
    waiting = new AbortController()
    clock.sleep(ms, waiting.signal).then(
      () => {
        silent = true
        cut.abort()
      },
      () => {},
    )
  }
  heard()
  return {
    signal: cut.signal,
    heard,
    orCut: (work) => Promise.race([work, ended]),
    timedOut: () => silent,
    stop() {
      waiting.abort()
      signal.removeEventListener('abort', gone)
    },
  }
}

/** What a rejection of `send` or of reading its body means. */
export function failureOf(error: unknown, watch: SilenceWatch, signal: AbortSignal): Failure {
  if (signal.aborted) return { outcome: 'aborted' }
  if (watch.timedOut()) return { outcome: 'timeout' }
  return { outcome: error instanceof SyntaxError ? 'malformed' : 'network' }
}
