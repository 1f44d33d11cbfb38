import type { Handoff, HandoffDetail, HandoffPage, HandoffStatus, LiveEvent, Operator } from './desk-shapes.ts'
import { events } from './event-stream.ts'
import { isRecord, type Failure as Refusal } from './reply.ts'
import { type Call, type Connection, call } from './request.ts'
import type { Message } from './shapes.ts'

/** Why a call gave nothing. `code` is the server's (docs/faults.md), empty where no readable answer came. */
export type Failure = {
  what: /** No answer at all: the network or the server is away. Whether it was done is not known. */
    | 'unreachable'
    | 'server'
    | 'signed_out'
    | 'forbidden'
    | 'missing'
    /** Readable, and refused because of how things stand now; `code` says why. */
    | 'conflict'
    | 'rate_limited'
    | 'refused'
  code: string
  detail: string
  traceId: string | null
  retryAfterSeconds: number | null
}
type SignedIn = { operator: Operator; expiresAt: string }
export type Result<T> = { outcome: 'ok'; value: T } | { outcome: 'failed'; failure: Failure }

/** What an operator's browser asks of the server; the session is a cookie. No call throws, except with the signal's reason. */
export type DeskClient = {
  /** Uses up the one-time code of a sign-in link. */
  signIn(code: string, signal: AbortSignal): Promise<Result<SignedIn>>
  whoAmI(signal: AbortSignal): Promise<Result<SignedIn>>
  signOut(signal: AbortSignal): Promise<Result<object>>
  handoffs(
    page: { status: HandoffStatus; cursor: string | null; limit: number },
    signal: AbortSignal,
  ): Promise<Result<HandoffPage>>
  handoff(id: string, signal: AbortSignal): Promise<Result<HandoffDetail>>
  claim(id: string, takeOver: boolean, signal: AbortSignal): Promise<Result<Handoff>>
  /** The same `clientMessageId` is sent to the shopper once, however often it is tried. */
  reply(id: string, reply: { text: string; clientMessageId: string }, signal: AbortSignal): Promise<Result<Message>>
  giveBack(id: string, note: string | null, signal: AbortSignal): Promise<Result<Handoff>>
  resolve(id: string, note: string | null, signal: AbortSignal): Promise<Result<Handoff>>
  /** Follows the desk until the connection breaks; ends then. */
  live(signal: AbortSignal): AsyncIterable<LiveEvent>
}

/** The desk's calls to the server. */
export function deskClient(connection: Connection): DeskClient {
  const sessions = '/v1/operator-sessions'
  const pathOf = (id: string, action = '') => `/v1/handoffs/${encodeURIComponent(id)}${action}`
  const ask = async <T>(
    request: Call,
    fields: readonly (keyof T & string)[],
    signal: AbortSignal,
  ): Promise<Result<T>> => {
    const reply = await call<T>(connection, request, fields, signal)
    if (reply.outcome === 'ok') return reply
    signal.throwIfAborted()
    return { outcome: 'failed', failure: failureOf(reply) }
  }
  const post = <T>(path: string, body: object, field: keyof T & string, signal: AbortSignal) =>
    ask<T>({ method: 'POST', path, body }, [field], signal)

  return {
    signIn: (code, signal) => post<SignedIn>(sessions, { code }, 'operator', signal),
    whoAmI: (signal) => ask<SignedIn>({ path: `${sessions}/current` }, ['operator'], signal),
    signOut: (signal) => ask<object>({ method: 'DELETE', path: `${sessions}/current` }, [], signal),
    handoffs({ status, cursor, limit }, signal) {
      const query = new URLSearchParams({ status, limit: String(limit), ...(cursor ? { cursor } : {}) })
      return ask<HandoffPage>({ path: `/v1/handoffs?${query}` }, ['items', 'nextCursor'], signal)
    },
    handoff: (id, signal) => ask<HandoffDetail>({ path: pathOf(id) }, ['id', 'messages'], signal),
    claim: (id, takeOver, signal) => post<Handoff>(pathOf(id, '/claim'), takeOver ? { takeOver } : {}, 'id', signal),
    reply: (id, reply, signal) => post<Message>(pathOf(id, '/reply'), reply, 'id', signal),
    giveBack: (id, note, signal) => post<Handoff>(pathOf(id, '/return'), note ? { note } : {}, 'id', signal),
    resolve: (id, note, signal) => post<Handoff>(pathOf(id, '/resolve'), note ? { note } : {}, 'id', signal),
    async *live(signal) {
      for await (const arrival of events(connection, { path: '/v1/live' }, '', signal)) {
        if (arrival.kind === 'end') return
        const event = arrival.kind === 'event' ? liveEventOf(arrival.event, arrival.data) : null
        if (event) yield event
      }
    },
  }
}

function liveEventOf(event: string, data: unknown): LiveEvent | null {
  if (event === 'ready') return { event }
  if (!isRecord(data)) return null
  const { id, status, handoffId, conversationId, role } = data as Record<string, string>
  if (event === 'handoff' && id) return { event, id, status: status as HandoffStatus }
  if (event === 'message' && handoffId)
    return { event, handoffId, conversationId: conversationId ?? '', role: role ?? '' }
  return null
}

function failureOf(refusal: Refusal): Failure {
  const none = { code: '', detail: '', traceId: null, retryAfterSeconds: null }
  if (refusal.outcome !== 'problem')
    return { what: refusal.outcome === 'malformed' ? 'server' : 'unreachable', ...none }
  const { status, code, detail, traceId, retryAfter } = refusal
  return { what: whatOf(status), code, detail, traceId, retryAfterSeconds: retryAfter }
}

function whatOf(status: number): Failure['what'] {
  if (status === 401) return 'signed_out'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 410) return 'missing'
  if (status === 409) return 'conflict'
  if (status === 429) return 'rate_limited'
  return status >= 500 ? 'server' : 'refused'
}
