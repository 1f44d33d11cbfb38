import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Events } from '#ingest/events/events.port.ts'
import { type ApiEnv, shopOf, signalOf } from '../../caller.ts'
import { EVENT_STATES, listEventsRoute, sendEventsRoute } from '../../contract/events/events.ts'
import { binaryEvent } from './binary-event.ts'

/** What other systems say happened, and what became of it. */
export function eventRoutes(app: OpenAPIHono<ApiEnv>, events: Pick<Events, 'accept' | 'list'>): void {
  app.openapi(sendEventsRoute, async (context) => {
    const body: unknown = context.req.valid('json')
    const event = binaryEvent(context.req.header(), body) ?? body
    const intake = await events.accept(shopOf(context), event, signalOf(context))
    return context.json(intake, 202)
  })

  app.openapi(listEventsRoute, async (context) => {
    const { state = [...EVENT_STATES], cursor = null, limit } = context.req.valid('query')
    const page = await events.list(shopOf(context), { states: state, cursor, limit }, signalOf(context))
    const items = page.items.map(({ receivedAt, settledAt, ...event }) => ({
      ...event,
      receivedAt: receivedAt.toISOString(),
      settledAt: settledAt?.toISOString() ?? null,
    }))
    return context.json({ items, nextCursor: page.nextCursor }, 200)
  })
}
