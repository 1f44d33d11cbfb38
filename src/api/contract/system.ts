import { z } from '@hono/zod-openapi'
import { endpoint, type Guard, json } from './endpoint.ts'

const OPEN: Guard = { access: 'public', rate: 'none', body: 'none', idempotent: false }

export const healthRoute = endpoint(OPEN, {
  method: 'get',
  path: '/healthz',
  tags: ['System'],
  summary: 'Whether the process runs',
  responses: {
    200: { description: 'It does', content: json(z.object({ status: z.literal('ok') }).openapi('Health')) },
  },
})

const ReadinessSchema = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    mode: z.string().openapi({ description: 'Which model answers: builtin, or the configured one.' }),
    dependencies: z.record(
      z.string(),
      z
        .object({
          state: z.enum(['ready', 'limited', 'off', 'starting', 'outbox', 'down']),
          detail: z.string().optional(),
        })
        .loose(),
    ),
  })
  .openapi('Readiness')

export const readyRoute = endpoint(OPEN, {
  method: 'get',
  path: '/readyz',
  tags: ['System'],
  summary: 'Whether questions can be answered, with the state of everything that takes',
  responses: {
    200: { description: 'Ready', content: json(ReadinessSchema) },
    503: { description: 'Not ready; Retry-After says when to look again', content: json(ReadinessSchema) },
  },
})

export const metricsRoute = endpoint(OPEN, {
  method: 'get',
  path: '/metrics',
  tags: ['System'],
  summary: 'Prometheus metrics',
  responses: { 200: { description: 'Text exposition format', content: { 'text/plain': { schema: z.string() } } } },
})

export const openApiRoute = endpoint(OPEN, {
  method: 'get',
  path: '/openapi.json',
  tags: ['System'],
  summary: 'This contract as OpenAPI 3.1',
  responses: { 200: { description: 'The document', content: json(z.object({}).loose()) } },
})

export const docsRoute = endpoint(OPEN, {
  method: 'get',
  path: '/docs',
  tags: ['System'],
  summary: 'This contract to read',
  responses: { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
})
