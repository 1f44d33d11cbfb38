import { z } from '@hono/zod-openapi'
import { HandoffReasonSchema } from '../answer.ts'
import { endpoint, Instant, json, page } from '../endpoint.ts'

const ScopeSchema = z.enum(['ingest', 'events', 'read', 'admin'])

export const createKeyRoute = endpoint(
  { access: { role: 'admin' }, rate: 'operator', body: 'json', idempotent: true },
  {
    method: 'post',
    path: '/v1/keys',
    tags: ['Operations'],
    summary: 'Make an API key',
    request: {
      body: {
        required: true,
        content: json(
          z.strictObject({ scope: ScopeSchema, name: z.string().trim().min(1).max(100) }).openapi('KeyRequest'),
        ),
      },
    },
    responses: {
      201: {
        description: 'The key. `secret` is shown this once; only its hash is stored.',
        content: json(
          z
            .object({ id: z.string(), scope: ScopeSchema, name: z.string(), secret: z.string(), createdAt: Instant })
            .openapi('NewKey'),
        ),
      },
    },
  },
)

const KeySchema = z
  .object({
    id: z.string(),
    scope: ScopeSchema,
    name: z.string(),
    createdAt: Instant,
    revokedAt: Instant.nullable(),
  })
  .openapi('Key')

export const listKeysRoute = endpoint(
  { access: { role: 'admin' }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/keys',
    tags: ['Operations'],
    summary: 'API keys',
    description: 'Oldest first, revoked ones too; never their secrets.',
    responses: {
      200: {
        description: 'All keys',
        content: json(z.object({ items: z.array(KeySchema), nextCursor: z.null() }).openapi('Keys')),
      },
    },
  },
)

export const revokeKeyRoute = endpoint(
  { access: { role: 'admin' }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'delete',
    path: '/v1/keys/{id}',
    tags: ['Operations'],
    summary: 'Revoke an API key',
    description: 'In force for the next request. Revoking it again changes nothing.',
    request: { params: z.strictObject({ id: z.string().min(1).max(100) }) },
    responses: { 204: { description: 'Revoked' } },
  },
)

const HandoffStatus = z.enum(['waiting', 'claimed', 'resolved'])

export const listHandoffsRoute = endpoint(
  { access: ['admin'], rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/handoffs',
    tags: ['Operations'],
    summary: 'Conversations that wait for a person',
    description: 'Waiting ones first, the soonest due first.',
    request: { query: z.strictObject({ ...page(200), status: HandoffStatus.optional() }) },
    responses: {
      200: {
        description: 'A page',
        content: json(
          z
            .object({
              items: z.array(
                z
                  .object({
                    id: z.string(),
                    conversationId: z.string(),
                    reason: HandoffReasonSchema,
                    status: HandoffStatus,
                    queue: z.string(),
                    dueAt: Instant,
                    contact: z.string().nullable(),
                    packet: z
                      .object({
                        question: z.string().nullable(),
                        transcript: z.array(
                          z.object({ role: z.string(), text: z.string(), at: z.string().optional() }),
                        ),
                        identity: z.object({
                          customerId: z.string().nullable(),
                          name: z.string().nullable(),
                          email: z.string().nullable(),
                          contact: z.string().nullable(),
                        }),
                        orders: z.array(z.unknown()),
                        retrieved: z.unknown(),
                        tried: z.array(z.string()),
                        reason: z.string(),
                        summary: z.string().nullable(),
                        suggestedReply: z.string().nullable(),
                      })
                      .partial()
                      .openapi('HandoffPacket', {
                        description: 'What the person needs so that nothing is asked twice. Empty once erased.',
                      }),
                    claimedBy: z.string().nullable(),
                    claimedAt: Instant.nullable(),
                    resolvedAt: Instant.nullable(),
                    createdAt: Instant,
                  })
                  .openapi('Handoff'),
              ),
              nextCursor: z.string().nullable(),
            })
            .openapi('HandoffPage'),
        ),
      },
    },
  },
)
