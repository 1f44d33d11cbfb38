import { tryReadJson } from '#domain/foreign-json.ts'
import { eventText } from './event-text.ts'
import { type Failure, problemOf } from './reply.ts'
import { type Call, type Connection, failureOf, SILENCE_MS, send, silenceWatch } from './request.ts'

/** `alive`: the server said that it is there. The last one is always `end`, and says why; a stream that simply stops ends as `network`. */
export type Arrival =
  | { kind: 'alive' }
  | { kind: 'event'; id: string; event: string; data: unknown }
  | { kind: 'end'; failure: Failure }

/** One connection to a stream of server-sent events, until it ends or was silent for too long. Never throws. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export async function* events(
  connection: Connection,
  request: Call,
  lastEventId: string,
  signal: AbortSignal,
): AsyncGenerator<Arrival, void> {
  const watch = silenceWatch(connection.clock, request.silence ?? SILENCE_MS, signal)
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  try {
    const headers = { accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) }
    const response = await watch.orCut(send(connection, { ...request, headers }, watch.signal))
    watch.heard()
    if (!response.ok) {
      const problem = problemOf(response, await watch.orCut(response.text()), connection.clock.now())
      return yield { kind: 'end', failure: problem }
    }
    reader = response.body?.getReader()
    if (!reader || !response.headers.get('content-type')?.startsWith('text/event-stream'))
      return yield { kind: 'end', failure: { outcome: 'malformed' } }
    yield* read(reader, watch)
  } catch (error) {
    yield { kind: 'end', failure: failureOf(error, watch, signal) }
  } finally {
    watch.stop()
    reader?.cancel().catch(() => {})
  }
}

async function* read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  watch: ReturnType<typeof silenceWatch>,
): AsyncGenerator<Arrival, void> {
  const feed = eventText()
  const decoder = new TextDecoder()
  while (true) {
    const { done, value } = await watch.orCut(reader.read())
    if (done) return yield { kind: 'end', failure: { outcome: 'network' } }
    watch.heard()
    for (const block of feed(decoder.decode(value, { stream: true }))) {
      const data = block.kind === 'event' ? tryReadJson(block.data) : undefined
      if (block.kind === 'comment') yield { kind: 'alive' }
      else if (block.kind === 'strange' || data === undefined)
        return yield { kind: 'end', failure: { outcome: 'malformed' } }
      else yield { ...block, data }
    }
  }
}
