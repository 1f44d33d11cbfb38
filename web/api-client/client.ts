import { type BrowserClock, browserClock } from '../browser-clock.ts'
import { type AskEvent, ask, type Question } from './ask.ts'
import { type FollowEvent, follow } from './follow.ts'
import type { Reply } from './reply.ts'
import { type Call, call } from './request.ts'
import type {
  Challenge,
  Feedback,
  HandoffNotice,
  MyData,
  Receipt,
  Session,
  Transcript,
  WidgetConfig,
} from './shapes.ts'

export type { AskEvent, Question } from './ask.ts'
export type { FollowEvent } from './follow.ts'
export type { Failure, Reply } from './reply.ts'
export type * from './shapes.ts'

/** `baseUrl` without a slash at its end. On a server give a `fetch` that sends an `Origin` the shop allows. */
export type ClientOptions = { baseUrl: string; publicKey: string; fetch?: typeof fetch; clock?: BrowserClock }

export type SessionRequest = {
  identityToken?: string
  locale?: string
  region?: string
  channel?: string
  consent?: { version: string }
}

export type PurserClient = {
  /** What a page has to know before anything is said: names, privacy notice, opening hours, starters. */
  widgetConfig(locale: string | null, signal: AbortSignal): Promise<Reply<WidgetConfig>>
  openSession(request: SessionRequest, signal: AbortSignal): Promise<Reply<Session>>
  /** What the shopper of a session may do. */
  shopper(token: string): ShopperClient
}

/** A call that fails says so in its reply; nothing here rejects. Times are ISO 8601, in UTC. */
export type ShopperClient = {
  /** The same `key` gives the same conversation, so that a repeated call opens no second one. */
  openConversation(key: string, signal: AbortSignal): Promise<Reply<{ id: string }>>
  transcript(conversation: string, signal: AbortSignal): Promise<Reply<Transcript>>
  /** Says that message `upTo` and all before it are on the screen: what a person wrote then does not go by e-mail as well. */
  seen(conversation: string, upTo: string, signal: AbortSignal): Promise<Reply<unknown>>
  /** Asks, and gives the answer while it is made; see AskEvent. A broken connection is taken up where it broke. */
  ask(conversation: string, question: Question, signal: AbortSignal): AsyncIterable<AskEvent>
  /** Stops the answer being made to that message. `too_late`: it was complete. */
  cancel(
    conversation: string,
    clientMessageId: string,
    signal: AbortSignal,
  ): Promise<Reply<{ outcome: 'stopped' | 'too_late' }>>
  /** Everything that happens after `lastEventId` (of a transcript; empty: from the start), until aborted. */
  follow(conversation: string, lastEventId: string, signal: AbortSignal): AsyncIterable<FollowEvent>
  askForPerson(
    conversation: string,
    wish: { reason?: string; contact?: string },
    signal: AbortSignal,
  ): Promise<Reply<HandoffNotice>>
  /** Can be said again and differently; the last counts. */
  rate(
    message: string,
    feedback: { helpful: boolean; reason?: string; comment?: string },
    signal: AbortSignal,
  ): Promise<Reply<Feedback>>
  /** Has a code of six digits sent to the e-mail on an order. */
  startProof(claim: { orderNumber: string; email: string }, signal: AbortSignal): Promise<Reply<Challenge>>
  /** Unlocks the order for this session. A wrong code is a `problem` with code `api.challenge.refused`. */
  finishProof(challenge: string, code: string, signal: AbortSignal): Promise<Reply<{ unlocked: true; orderId: string }>>
  myData(signal: AbortSignal): Promise<Reply<MyData>>
  eraseMyData(signal: AbortSignal): Promise<Reply<Receipt>>
}

/** A typed client of the shopper's part of the API, for browsers and servers. Source: openapi.json. */
export function purserClient({ baseUrl, publicKey, ...means }: ClientOptions): PurserClient {
  const fetcher = means.fetch ?? ((input, init) => fetch(input, init))
  const connection = { baseUrl, fetch: fetcher, clock: means.clock ?? browserClock(), chance: () => Math.random() }
  return {
    widgetConfig(locale, signal) {
      const query = new URLSearchParams({ key: publicKey, ...(locale ? { locale } : {}) })
      return call<WidgetConfig>(connection, { path: `/v1/widget?${query}` }, ['shop', 'privacy', 'support'], signal)
    },
    openSession: (request, signal) =>
      call<Session>(
        connection,
        { method: 'POST', path: '/v1/sessions', body: { publicKey, ...request } },
        ['token', 'expiresAt'],
        signal,
      ),
    shopper: (token) => shopperClient(token),
  }

  function shopperClient(token: string): ShopperClient {
    const to = <Value>(request: Call, fields: readonly (keyof Value & string)[], signal: AbortSignal) =>
      call<Value>(connection, { ...request, token }, fields, signal)
    const post = (path: string, body: unknown, headers = {}): Call => ({ method: 'POST', path, body, headers })
    const part = encodeURIComponent
    return {
      openConversation: (key, signal) => to(post('/v1/conversations', {}, { 'idempotency-key': key }), ['id'], signal),
      transcript: (id, signal) => to({ path: `/v1/conversations/${part(id)}` }, ['messages', 'lastEventId'], signal),
      seen: (id, upTo, signal) => to(post(`/v1/conversations/${part(id)}/seen`, { upTo }), [], signal),
      ask: (conversation, question, signal) => ask(connection, token, conversation, question, signal),
      cancel: (conversation, message, signal) =>
        to(
          { method: 'POST', path: `/v1/conversations/${part(conversation)}/messages/${part(message)}/cancel` },
          ['outcome'],
          signal,
        ),
      follow: (conversation, after, signal) => follow(connection, token, conversation, after, signal),
      askForPerson: (conversation, wish, signal) =>
        to(post(`/v1/conversations/${part(conversation)}/handoff`, wish), ['id', 'status'], signal),
      rate: (message, feedback, signal) =>
        to(post(`/v1/messages/${part(message)}/feedback`, feedback), ['helpful'], signal),
      startProof: (claim, signal) => to(post('/v1/identity/challenges', claim), ['id', 'expiresAt'], signal),
      finishProof: (challenge, code, signal) =>
        to(post(`/v1/identity/challenges/${part(challenge)}`, { code }), ['orderId'], signal),
      myData: (signal) => to({ path: '/v1/me/data' }, ['conversations'], signal),
      eraseMyData: (signal) => to({ method: 'DELETE', path: '/v1/me/data' }, ['erasedAt'], signal),
    }
  }
}
