import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json, page } from '../endpoint.ts'

const EVENT = {
  type: 'object',
  description: 'A CloudEvents 1.0 event in the structured JSON format. Extensions that are not known are allowed.',
  required: ['specversion', 'id', 'source', 'type'],
  properties: {
    specversion: { type: 'string', const: '1.0' },
    id: {
      type: 'string',
      maxLength: 255,
      description: 'With `source` the name of the event: a second one is a duplicate.',
    },
    source: { type: 'string', maxLength: 500 },
    type: { type: 'string', description: 'One of those in docs/events.md.' },
    subject: { type: 'string', maxLength: 300 },
    time: { type: 'string', format: 'date-time' },
    sequence: {
      type: ['string', 'integer'],
      description: 'The sender’s own count for this subject; decides what is newer. Without it `time` does.',
    },
    data: { description: 'JSON, at most 512 KiB; by type, see docs/events.md.' },
  },
  example: {
    specversion: '1.0',
    id: 'evt-1',
    source: '/warehouse',
    type: 'inventory.adjusted',
    subject: 'K-1',
    sequence: '42',
    time: '2026-01-31T09:30:00Z',
    data: { sku: 'K-1', available: 3 },
  },
} as const

/** Read event by event, since one that is bad must not stop the others. */
const Body = z.unknown().openapi('CloudEvents', {
  oneOf: [EVENT, { type: 'array', maxItems: 1_000, items: EVENT }],
} as never)

const IntakeSchema = z
  .object({
    accepted: z.int(),
    duplicates: z.int(),
    rejected: z.array(
      z.object({
        index: z.int().openapi({ description: 'Place in the batch, from 0.' }),
        id: z.string().nullable(),
        code: z.string().openapi({ description: 'Stable; docs/events.md lists all.' }),
        message: z.string(),
      }),
    ),
  })
  .openapi('EventIntake')

export const sendEventsRoute = endpoint(
  { access: ['events'], rate: 'machine', body: 'json', idempotent: true },
  {
    method: 'post',
    path: '/v1/events',
    tags: ['Events'],
    summary: 'Say what happened: one event or a batch',
    description:
      'Also as application/cloudevents+json and application/cloudevents-batch+json, and in binary mode: the attributes as `ce-…` headers, the data as body. Accepted events are durable and take effect once, usually within a second; one that is older than what is known changes nothing. Bad events are named in `rejected`; the others are taken.',
    request: { body: { required: true, content: json(Body) } },
    responses: { 202: { description: 'Taken in', content: json(IntakeSchema) } },
  },
)

export const EVENT_STATES = ['waiting', 'applied', 'superseded', 'early', 'unhandled', 'parked'] as const

const ListedEventSchema = z
  .object({
    source: z.string(),
    id: z.string(),
    type: z.string(),
    subject: z.string().nullable(),
    sequence: z.string().nullable(),
    state: z.enum(EVENT_STATES).openapi({
      description:
        '`superseded`: something newer was known. `early`: kept until what it is about arrives. `unhandled`: kept for a handler of its own. `parked`: it cannot be applied; `problem` says why.',
    }),
    attempts: z.int().openapi({ description: 'How often applying it failed.' }),
    receivedAt: Instant,
    settledAt: Instant.nullable(),
    problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .openapi('ListedEvent')

export const listEventsRoute = endpoint(
  { access: { role: 'viewer', scopes: ['read', 'events'] }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/events',
    tags: ['Events'],
    summary: 'Events that were sent, and what became of them',
    description: 'Newest first. What an event said is not listed, since it may be about a person.',
    request: {
      query: z.strictObject({
        ...page(200),
        state: z
          .string()
          .regex(/^[a-z]+(,[a-z]+)*$/)
          .transform((text) => text.split(','))
          .pipe(z.array(z.enum(EVENT_STATES)))
          .optional()
          .openapi({
            type: 'string',
            description: `One or several of ${EVENT_STATES.join(', ')}, separated by commas; all when left out.`,
            example: 'parked',
          }),
      }),
    },
    responses: {
      200: {
        description: 'A page',
        content: json(
          z.object({ items: z.array(ListedEventSchema), nextCursor: z.string().nullable() }).openapi('EventPage'),
        ),
      },
    },
  },
)
