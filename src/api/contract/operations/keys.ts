import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json } from '../endpoint.ts'

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
