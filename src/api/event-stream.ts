import { asFault, type Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'

export type StreamEvent = { id: string; event: string; data: unknown }
export type StreamSettings = {
  heartbeatMs: number
  clock: Clock
  onFault(fault: Fault): unknown
  /** Asked with every heartbeat; after a false the stream ends, so that a session that was ended does not go on listening. */
  stillAllowed?(signal: AbortSignal): Promise<boolean>
}

/**
 * Server-sent events from `events`, which is told by its signal when the reader goes away. A comment goes out every
 * `heartbeatMs`, so that proxies keep the connection and a dead reader is noticed. A slow reader holds `events` back, so that
 * nothing piles up here. A throw becomes an `error` event with what `onFault` makes of it.
 * Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventStream(
  events: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
  settings: StreamSettings,
  ...ends: AbortSignal[]
): Response {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, ...ends])
  const encoder = new TextEncoder()
  let pulled = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => pulled.resolve(), { once: true })
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(text))
      }
      const taken = async () => {
        while (!signal.aborted && isFull(controller)) await pulled.promise
      }
      void pump(events(signal), send, taken, settings, signal).finally(() => {
        gone.abort()
        try {
          controller.close()
        } catch {
          // Already closed by the reader.
        }
      })
      // Behind what was not read yet, a heartbeat would tell nobody anything.
      const pulse = (text: string) => {
        if (!isFull(controller)) send(text)
      }
      void beat(pulse, settings, signal).then(() => gone.abort())
    },
    pull() {
      pulled.resolve()
      pulled = Promise.withResolvers()
    },
    cancel: () => gone.abort(),
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  })
}

function isFull({ desiredSize }: ReadableStreamDefaultController<Uint8Array>): boolean {
  return desiredSize !== null && desiredSize <= 0
}

async function pump(
  events: AsyncIterable<StreamEvent>,
  send: (text: string) => void,
  taken: () => Promise<void>,
  settings: StreamSettings,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const { id, event, data } of events) {
      if (signal.aborted) return
      send(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      await taken()
    }
  } catch (error) {
    if (!signal.aborted) send(`event: error\ndata: ${JSON.stringify(settings.onFault(asFault(error)))}\n\n`)
  }
}

async function beat(
  send: (text: string) => void,
  { heartbeatMs, clock, stillAllowed }: StreamSettings,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(heartbeatMs, signal).catch(() => {})
    // Who could not be asked about is let be: a database that is away for a moment must not throw everybody out.
    if (!signal.aborted && stillAllowed && !(await stillAllowed(signal).catch(() => true))) return
    send(': still here\n\n')
  }
}
