import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Fault } from '#domain/fault.ts'
import type { ConversationId } from '#domain/ids.ts'
import type { Questions } from '#support/questions.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type ApiEnv, notFound, otherText, ownerOf, sessionOf, signalOf } from '../../caller.ts'
import { askRoute, stopRoute } from '../../contract/shoppers/conversations.ts'
import { eventStream } from '../../event-stream.ts'
import { problemBody } from '../../problem.ts'

/**
 * POST /v1/conversations/{id}/messages: the answer as JSON, or as events while it is made; a client that goes away loses nothing.
 * POST …/{clientMessageId}/cancel ends it.
 */
export function askQuestion(
  app: OpenAPIHono<ApiEnv>,
  questions: Questions,
  stream: { heartbeatMs: number; clock: Clock },
  lifetime: AbortSignal,
): void {
  app.openapi(askRoute, async (context) => {
    const traceId = context.get('traceId')
    const conversation = context.req.valid('param').id as ConversationId
    const asked = await questions.ask(
      ownerOf(sessionOf(context)),
      conversation,
      { ...context.req.valid('json'), traceId },
      signalOf(context),
    )
    if (asked.outcome === 'unknown_conversation') throw notFound('conversation')
    if (asked.outcome === 'other_text') throw otherText()
    if (!prefersEvents(context.req.header('accept'))) return context.json(await asked.answer(signalOf(context)), 200)
    const lastEventId = context.req.header('last-event-id') ?? null
    const settings = { ...stream, onFault: (fault: Fault) => problemBody(fault, traceId) }
    return eventStream((signal) => asked.events(lastEventId, signal), settings, signalOf(context), lifetime) as never
  })

  app.openapi(stopRoute, async (context) => {
    const { id, clientMessageId } = context.req.valid('param')
    const owner = ownerOf(sessionOf(context))
    const outcome = await questions.stop(owner, id as ConversationId, clientMessageId, signalOf(context))
    if (outcome === null) throw notFound('message')
    return context.json({ outcome }, 200)
  })
}

/** JSON unless events are named: a client that accepts anything reads an answer, not a stream. */
function prefersEvents(accept: string | undefined): boolean {
  return /\btext\/event-stream\b/i.test(accept ?? '')
}
