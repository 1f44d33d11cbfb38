import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json } from '../endpoint.ts'

export const WidgetConfigSchema = z
  .object({
    shop: z.object({ name: z.string() }),
    assistant: z.object({ name: z.string() }),
    privacy: z.object({
      version: z.string(),
      notice: z.string().openapi({ description: 'Plain text to show before the first message; empty for none.' }),
      url: z.string().nullable(),
      consent: z.enum(['none', 'required']).openapi({
        description: '`required`: POST /v1/sessions needs `consent` with this version, and nothing is stored before.',
      }),
    }),
    support: z.object({
      open: z.boolean().openapi({ description: 'Whether people answer now.' }),
      opensAt: Instant.nullable().openapi({
        description: 'While closed: the next opening, if there is one in three weeks.',
      }),
      timeZone: z.string(),
      replyWithinMinutes: z.int(),
    }),
    starters: z.array(z.string()),
    defaultLocale: z.string(),
    locale: z.string().openapi({ description: 'The language to speak: the asked one where the shop allows it.' }),
    retentionDays: z.int(),
  })
  .openapi('WidgetConfig')

export const widgetConfigRoute = endpoint(
  { access: 'public', rate: 'sessions', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/widget',
    tags: ['Shoppers'],
    summary: 'What the widget shows before the first message',
    description:
      'Stores nothing. May be kept for a minute. 401: `api.public_key.unknown`. 403: `api.origin.refused` for pages the shop does not allow.',
    request: {
      query: z.object({ key: z.string().min(1).max(200), locale: z.string().max(35).optional() }),
    },
    responses: { 200: { description: 'The configuration', content: json(WidgetConfigSchema) } },
    problems: [401, 403, 404],
  },
)
