import { events } from './event-stream.ts'
import { type Failure, isRecord, mayPass, pause } from './reply.ts'
import type { Connection } from './request.ts'
import type { HandoffNotice, Message } from './shapes.ts'

/** What happens in a conversation. `connected` after each connection, `cut` when one broke and will be taken up again, `failed` when that makes no sense. */
export type FollowEvent =
  | { event: 'connected' }
  | { event: 'message'; id: string; message: Message }
  | { event: 'handoff'; id: string; notice: HandoffNotice }
  | { event: 'cut'; failure: Failure }
  | { event: 'failed'; failure: Failure }

const FIRST_PAUSE_MS = 500
const MOST_PAUSE_MS = 30_000

/** Follows a conversation from behind `after` until aborted, each event once. Never throws. */
export async function* follow(
  connection: Connection,
  token: string,
  conversation: string,
  after: string,
  signal: AbortSignal,
): AsyncGenerator<FollowEvent, void> {
  const path = `/v1/conversations/${encodeURIComponent(conversation)}/events`
  let last = after
  let attempts = 0
  while (!signal.aborted) {
    let failure: Failure = { outcome: 'network' }
    let connected = false
    for await (const arrival of events(connection, { path, token }, last, signal)) {
      if (arrival.kind === 'end') {
        failure = arrival.failure
        break
      }
      attempts = 0
      if (!connected) yield { event: 'connected' }
      connected = true
      // Numbered per conversation, so what is not above the last one was there before.
      if (arrival.kind === 'alive' || (last !== '' && Number(arrival.id) <= Number(last))) continue
      if (!isRecord(arrival.data) || typeof arrival.data.id !== 'string') continue
      if (arrival.id) last = arrival.id
      if (arrival.event === 'message')
        yield { event: 'message', id: arrival.id, message: arrival.data as unknown as Message }
      if (arrival.event === 'handoff')
        yield { event: 'handoff', id: arrival.id, notice: arrival.data as unknown as HandoffNotice }
    }
    if (signal.aborted) return
    // Too many requests pass by themselves here, where nobody waits for an answer.
    if (!mayPass(failure) && !(failure.outcome === 'problem' && failure.status === 429))
      return yield { event: 'failed', failure }
    attempts += 1
    yield { event: 'cut', failure }
    const wait = pause(attempts, connection.chance(), FIRST_PAUSE_MS, MOST_PAUSE_MS)
    const asked = failure.outcome === 'problem' ? (failure.retryAfter ?? 0) * 1000 : 0
    await connection.clock.sleep(Math.max(wait, asked), signal).catch(() => {})
  }
}
