import { events } from './event-stream.ts'
import { type Failure, isRecord, mayPass, pause, problemOf } from './reply.ts'
import { type Connection, PATIENCE_MS, SILENCE_MS } from './request.ts'
import type { Answer, ProgressStage } from './shapes.ts'

/** `lastEventId` takes an answer up where an earlier call was left. */
export type Question = { text: string; clientMessageId: string; lastEventId?: string }

/**
 * What happens while an answer is made. The texts of all deltas joined are the answer's text. `cut`: the connection broke
 * and is being taken up again. The last one is `answer` or `failed`; after `failed` asking again with the same
 * `clientMessageId`, and the last `id` seen as `lastEventId`, goes on.
 */
export type AskEvent =
  | { event: 'progress'; id: string; stage: ProgressStage }
  | { event: 'delta'; id: string; text: string }
  | { event: 'answer'; id: string; answer: Answer }
  | { event: 'cut'; failure: Failure }
  | { event: 'failed'; failure: Failure }

const FIRST_PAUSE_MS = 300
const MOST_PAUSE_MS = 4_000
/** Connections in a row that brought nothing new. */
const ATTEMPTS = 5

/** Asks and gives every event exactly once, over as many connections as it takes. Never throws. */
export async function* ask(
  connection: Connection,
  token: string,
  conversation: string,
  { lastEventId = '', ...body }: Question,
  signal: AbortSignal,
): AsyncGenerator<AskEvent, void> {
  const { clock } = connection
  const path = `/v1/conversations/${encodeURIComponent(conversation)}/messages`
  const progress = reader(lastEventId)
  let attempts = 0
  let heard = clock.elapsed()
  while (true) {
    let failure: Failure = { outcome: 'network' }
    // A second connection gets what is left of the shopper's patience.
    const silence = Math.min(SILENCE_MS, PATIENCE_MS - (clock.elapsed() - heard))
    const request = { method: 'POST' as const, path, token, body, silence }
    for await (const arrival of events(connection, request, progress.last(), signal)) {
      if (arrival.kind === 'end') {
        failure = arrival.failure
        break
      }
      heard = clock.elapsed()
      if (arrival.kind === 'alive') continue
      const next = progress.read(arrival)
      if (next === null) continue
      if (next.event === 'failed') {
        failure = next.failure
        break
      }
      attempts = 0
      yield next
      if (next.event === 'answer') return
    }
    attempts += 1
    const wait = waitFor(failure, pause(attempts, connection.chance(), FIRST_PAUSE_MS, MOST_PAUSE_MS))
    if (!mayPass(failure) || attempts >= ATTEMPTS || clock.elapsed() - heard + wait >= PATIENCE_MS)
      return yield { event: 'failed', failure }
    yield { event: 'cut', failure }
    await clock.sleep(wait, signal).catch(() => {})
    if (signal.aborted) return yield { event: 'failed', failure: { outcome: 'aborted' } }
  }
}

function waitFor(failure: Failure, wait: number): number {
  return failure.outcome === 'problem' ? Math.max(wait, (failure.retryAfter ?? 0) * 1000) : wait
}

/**
 * Reads events in order and each once: `msg_….p2` is the second stage, `.d3` the third piece of text. Null for one that
 * was there before; `failed` for what cannot be read or leaves a gap, which a new connection fills.
 */
function reader(lastEventId: string) {
  let last = lastEventId
  const seen = { p: 0, d: 0, a: 0 }
  const start = parsed(lastEventId)
  if (start) seen[start.kind] = start.number
  return {
    last: () => last,
    read({ id, event, data }: { id: string; event: string; data: unknown }): AskEvent | null {
      if (event === 'error') return { event: 'failed', failure: streamedProblem(data) }
      const at = parsed(id)
      if (at && at.number <= seen[at.kind]) return null
      const next = typed(id, event, data)
      if (next === null) return null
      if (at?.kind === 'd' && at.number > seen.d + 1) return unreadable
      if (next.event === 'failed') return next
      if (at) seen[at.kind] = at.number
      if (id) last = id
      return next
    },
  }
}

const unreadable: AskEvent = { event: 'failed', failure: { outcome: 'malformed' } }

function parsed(id: string): { kind: 'p' | 'd' | 'a'; number: number } | null {
  const match = /\.([pda])(\d+)$/.exec(id)
  return match ? { kind: match[1] as 'p' | 'd' | 'a', number: Number(match[2]) } : null
}

/** An event of a name we do not know is of a newer server, and passed over. */
function typed(id: string, event: string, data: unknown): AskEvent | null {
  const fields = isRecord(data) ? data : {}
  if (event === 'progress')
    return typeof fields.stage === 'string' ? { event, id, stage: fields.stage as ProgressStage } : unreadable
  if (event === 'delta') return typeof fields.text === 'string' ? { event, id, text: fields.text } : unreadable
  if (event !== 'answer') return null
  const complete = typeof fields.id === 'string' && typeof fields.text === 'string' && Array.isArray(fields.citations)
  return complete ? { event, id, answer: data as Answer } : unreadable
}

function streamedProblem(data: unknown): Failure {
  const status = isRecord(data) && typeof data.status === 'number' ? data.status : 500
  return problemOf(new Response(null, { status }), JSON.stringify(data), new Date(0))
}
