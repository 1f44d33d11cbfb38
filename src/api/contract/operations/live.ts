import { z } from '@hono/zod-openapi'
import { endpoint } from '../endpoint.ts'

export const liveRoute = endpoint(
  { access: { role: 'viewer' }, rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/live',
    tags: ['Desk'],
    summary: 'Follow the desk',
    description:
      'Server-sent events: `ready {}` after every connect, and whenever something may have been missed: read everything anew. `handoff {id, conversationId, status}`: it changed, or the shopper has seen a reply (`seenAt` of its messages). `message {handoffId, conversationId, role}`: somebody wrote in a conversation that has an open hand-over. Contents are never sent, they are fetched. Comments keep the connection alive.',
    responses: { 200: { description: 'The events', content: { 'text/event-stream': { schema: z.string() } } } },
  },
)
