import { z } from '@hono/zod-openapi'
import { HandoffReasonSchema } from '../answer.ts'
import { endpoint, Instant, json, page } from '../endpoint.ts'
import { MessageSchema } from '../shoppers/conversations.ts'
import { HandoffPacketSchema } from './handoff-packet.ts'

const HandoffStatusSchema = z.enum(['waiting', 'claimed', 'resolved'])
const HandoffId = z.object({ id: z.string().min(1).max(100) })
const NoteSchema = z.string().trim().min(1).max(2000)

export const HandoffSchema = z
  .object({
    id: z.string(),
    conversationId: z.string(),
    reason: HandoffReasonSchema,
    status: HandoffStatusSchema,
    resolution: z.enum(['resolved', 'returned']).nullable(),
    queue: z.string(),
    dueAt: Instant.openapi({
      description:
        'When a person is to have replied, as promised when it was opened, or when the shopper wrote again after a reply.',
    }),
    expectedReplyBy: Instant.nullable().openapi({ description: 'What the shopper was last told.' }),
    wait: z.object({ ahead: z.int(), open: z.boolean(), opensAt: Instant.nullable() }).nullable(),
    contact: z.string().nullable(),
    packet: HandoffPacketSchema,
    claimedBy: z.string().nullable().openapi({ description: 'Name of who has it, or had it when it was closed.' }),
    claimedById: z.string().nullable(),
    claimedAt: Instant.nullable(),
    repliedAt: Instant.nullable().openapi({
      description: 'The first reply to what the shopper wrote last, which ends the timers; null while one is owed.',
    }),
    remindedAt: Instant.nullable().openapi({ description: 'Since the promise that `dueAt` says.' }),
    escalatedAt: Instant.nullable().openapi({ description: 'Nobody had replied when it was due.' }),
    resolvedAt: Instant.nullable(),
    createdAt: Instant,
  })
  .openapi('Handoff')

const DeskMessageSchema = MessageSchema.extend({
  seenAt: Instant.nullable().openapi({
    description: 'Of a person’s message: when the shopper’s page said that it was on the screen.',
  }),
}).openapi('DeskMessage')

export const HandoffDetailSchema = HandoffSchema.extend({
  messages: z.array(DeskMessageSchema).openapi({ description: 'The transcript as it is now.' }),
  history: z.array(
    z.object({
      change: z.enum([
        'opened',
        'claimed',
        'taken_over',
        'replied',
        'returned',
        'resolved',
        'reminded',
        'escalated',
        'emailed',
        'not_emailed',
        'released',
      ]),
      by: z
        .object({ id: z.string(), name: z.string() })
        .nullable()
        .openapi({ description: 'Null: the shopper, the assistant or a timer.' }),
      note: z.string().nullable(),
      at: Instant,
    }),
  ),
}).openapi('HandoffDetail')

const desk = { rate: 'machine', idempotent: false } as const
const tags = ['Desk']
const HELD =
  '409 `already_claimed`: another person has it; `claimedBy` says who. 409 `already_resolved`: it is closed. Doing the same again gives the same.'

export const listHandoffsRoute = endpoint(
  { access: { role: 'viewer' }, body: 'none', ...desk },
  {
    method: 'get',
    path: '/v1/handoffs',
    tags,
    summary: 'Conversations that wait for a person',
    description:
      'Waiting ones first, then those claimed to whom a reply is owed, then those replied to, each the soonest due first; closed ones last, the latest due first.',
    request: { query: z.strictObject({ ...page(200), status: HandoffStatusSchema.optional() }) },
    responses: {
      200: {
        description: 'A page',
        content: json(
          z.object({ items: z.array(HandoffSchema), nextCursor: z.string().nullable() }).openapi('HandoffPage'),
        ),
      },
    },
  },
)

export const getHandoffRoute = endpoint(
  { access: { role: 'viewer' }, body: 'none', ...desk },
  {
    method: 'get',
    path: '/v1/handoffs/{id}',
    tags,
    summary: 'One hand-over with its transcript',
    request: { params: HandoffId },
    responses: { 200: { description: 'As it is now', content: json(HandoffDetailSchema) } },
    problems: [404],
  },
)

export const claimHandoffRoute = endpoint(
  { access: { role: 'agent' }, body: 'optional_json', ...desk },
  {
    method: 'post',
    path: '/v1/handoffs/{id}/claim',
    tags,
    summary: 'Take a conversation',
    description: `From then on the assistant is silent. ${HELD}`,
    request: {
      params: HandoffId,
      body: {
        required: false,
        content: json(
          z
            .strictObject({
              takeOver: z.boolean().default(false).openapi({ description: 'true: also from another person.' }),
            })
            .openapi('HandoffClaim'),
        ),
      },
    },
    responses: { 200: { description: 'It is yours', content: json(HandoffSchema) } },
    problems: [404, 409],
  },
)

export const replyToHandoffRoute = endpoint(
  { access: { role: 'agent' }, body: 'json', ...desk },
  {
    method: 'post',
    path: '/v1/handoffs/{id}/reply',
    tags,
    summary: 'Write to the shopper',
    description:
      'Stored once per `clientMessageId`; the shopper sees it at once, or gets an e-mail if they are not there and an address is known. 409 `not_claimed`: it is not yours (`claimedBy`: whose); `already_resolved`; `client_message_mismatch`: that id was used for another text.',
    request: {
      params: HandoffId,
      body: {
        required: true,
        content: json(
          z
            .strictObject({
              text: z
                .string()
                .min(1)
                .max(8000)
                .refine((text) => text.trim().length > 0, 'must not be blank'),
              clientMessageId: z.string().min(1).max(100),
            })
            .openapi('HandoffReply'),
        ),
      },
    },
    responses: { 200: { description: 'Stored', content: json(MessageSchema) } },
    problems: [404, 409],
  },
)

const close = (way: 'return' | 'resolve', summary: string, description: string) =>
  endpoint(
    { access: { role: 'agent' }, body: 'optional_json', ...desk },
    {
      method: 'post',
      path: `/v1/handoffs/{id}/${way}` as const,
      tags,
      summary,
      description: `${description} Also where nobody had it. ${HELD}`,
      request: {
        params: HandoffId,
        body: {
          required: false,
          content: json(z.strictObject({ note: NoteSchema.optional() }).openapi('HandoffClosing')),
        },
      },
      responses: { 200: { description: 'Closed', content: json(HandoffSchema) } },
      problems: [404, 409],
    },
  )

export const returnHandoffRoute = close(
  'return',
  'Give a conversation back to the assistant',
  'The assistant answers again and knows what was said; what the shopper wrote last without a reply it answers now.',
)
export const resolveHandoffRoute = close(
  'resolve',
  'Close a conversation',
  'The shopper’s next message begins a new topic.',
)
