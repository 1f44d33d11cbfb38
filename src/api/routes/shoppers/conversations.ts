import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ConversationEvent, Feedback, Transcript, TranscriptMessage } from '#db/support/conversations.port.ts'
import type { ConversationId, MessageId } from '#domain/ids.ts'
import type { Conversations } from '#support/conversations.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type ApiEnv, notFound, ownerOf, sessionOf, signalOf } from '../../caller.ts'
import {
  askForPersonRoute,
  conversationEventsRoute,
  feedbackRoute,
  openConversationRoute,
  seenRoute,
  transcriptRoute,
} from '../../contract/shoppers/conversations.ts'
import { eventStream } from '../../event-stream.ts'
import { problemBody } from '../../problem.ts'
import { proofOf } from '../../proof.ts'

/** Conversations but for asking: start, read, follow, ask for a person, rate. What is not the session's is 404. */
export function conversationRoutes(
  app: OpenAPIHono<ApiEnv>,
  conversations: Conversations,
  stream: { heartbeatMs: number; clock: Clock },
  lifetime: AbortSignal,
): void {
  app.openapi(openConversationRoute, async (context) => {
    const key = context.req.header('idempotency-key')
    const id = await conversations.open(
      ownerOf(sessionOf(context)),
      key === undefined ? null : proofOf(key),
      signalOf(context),
    )
    return context.json({ id }, 201)
  })

  app.openapi(transcriptRoute, async (context) => {
    const transcript = await conversations.transcript(
      ownerOf(sessionOf(context)),
      context.req.valid('param').id as ConversationId,
      signalOf(context),
    )
    if (!transcript) throw notFound('conversation')
    return context.json(transcriptBody(transcript), 200)
  })

  app.openapi(seenRoute, async (context) => {
    const { outcome } = await conversations.seen(
      ownerOf(sessionOf(context)),
      context.req.valid('param').id as ConversationId,
      context.req.valid('json').upTo as MessageId,
      signalOf(context),
    )
    if (outcome !== 'seen') throw notFound(outcome === 'no_message' ? 'message' : 'conversation')
    return context.body(null, 204)
  })

  app.openapi(conversationEventsRoute, async (context) => {
    const owner = ownerOf(sessionOf(context))
    const id = context.req.valid('param').id as ConversationId
    const after = Number(/^\d{1,9}$/.exec(context.req.header('last-event-id') ?? '')?.[0] ?? 0)
    // Looked up before the stream begins, while the answer can still be a 404. Nothing has been shown by that.
    if ((await conversations.follow(owner, id, after, signalOf(context))) === null) throw notFound('conversation')
    const traceId = context.get('traceId')
    const settings = {
      ...stream,
      stillAllowed: context.get('stillAllowed'),
      onFault: (fault: Parameters<typeof problemBody>[0]) => problemBody(fault, traceId),
    }
    return eventStream((signal) => eventsFrom(owner, id, after, signal), settings, signalOf(context), lifetime) as never
  })

  app.openapi(askForPersonRoute, async (context) => {
    const { reason = null, contact = null } = context.req.valid('json')
    const handoff = await conversations.askForPerson(
      sessionOf(context),
      context.req.valid('param').id as ConversationId,
      { reason, contact },
      signalOf(context),
    )
    if (!handoff) throw notFound('conversation')
    return context.json(handoff, 201)
  })

  app.openapi(feedbackRoute, async (context) => {
    const { helpful, reason = null, comment = null } = context.req.valid('json')
    const message = context.req.valid('param').id as MessageId
    const feedback = await conversations.rate(
      ownerOf(sessionOf(context)),
      message,
      { helpful, reason, comment },
      signalOf(context),
    )
    if (!feedback) throw notFound('message')
    return context.json(feedbackBody(feedback), 200)
  })

  async function* eventsFrom(
    owner: ReturnType<typeof ownerOf>,
    id: ConversationId,
    after: number,
    signal: AbortSignal,
  ) {
    const events = await conversations.follow(owner, id, after, signal)
    for await (const event of events ?? [])
      yield { id: String(event.sequence), event: event.kind, data: eventBody(event) }
  }
}

export function transcriptBody({ id, createdAt, updatedAt, messages, handoff, lastEvent }: Transcript) {
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
  return { id, ...times, messages: messages.map(messageBody), handoff, lastEventId: String(lastEvent) }
}

function eventBody(event: ConversationEvent) {
  return event.kind === 'message' ? messageBody(event.message) : event.handoff
}

export function messageBody({ at, feedback, ...message }: TranscriptMessage) {
  return { ...message, at: at.toISOString(), feedback: feedback && feedbackBody(feedback) }
}

function feedbackBody({ at, ...feedback }: Feedback) {
  return { ...feedback, at: at.toISOString() }
}
