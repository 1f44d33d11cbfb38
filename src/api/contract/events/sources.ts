import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json } from '../endpoint.ts'

const Problem = z.object({ code: z.string(), message: z.string() })
const Params = z.object({ id: z.string().min(1).max(100) })
const fields = {
  name: z.string().trim().min(1).max(200).openapi({ description: 'What the documents’ source is called.' }),
  url: z.string().min(1).max(2_000).openapi({
    description: 'https:// or http://, without a password; file:/// inside of PURSER_SOURCE_FOLDERS.',
    example: 'https://shop.example/feed.xml',
  }),
  mode: z.enum(['upsert', 'replace']).default('upsert'),
  everyMinutes: z.int().min(1).max(10_080).default(60),
  format: z.enum(['ndjson', 'csv', 'markdown', 'xml']).optional().openapi({
    description: 'When neither name nor type of the file tells.',
  }),
  mapping: z.string().max(16_000).optional().openapi({ description: 'As in POST /v1/imports.' }),
  currency: z.string().max(3).optional(),
  site: z.string().max(500).optional(),
}

const SourceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    mode: z.enum(['upsert', 'replace']),
    everyMinutes: z.int(),
    format: z.string().nullable(),
    nextAt: Instant.openapi({ description: 'When it is looked at next.' }),
    lastSuccessAt: Instant.nullable().openapi({
      description:
        'When the shop last had what the file has: an import of it ended, or it was unchanged. It stays when the file is away or refused.',
    }),
    failures: z.int().openapi({ description: 'In a row.' }),
    last: z
      .object({
        at: Instant,
        outcome: z.enum(['imported', 'unchanged', 'failed']),
        problem: Problem.nullable(),
      })
      .nullable(),
    import: z
      .object({
        id: z.string(),
        status: z.enum(['running', 'done', 'failed', 'cancelled']),
        problem: Problem.nullable(),
        ...{
          read: z.int(),
          unchanged: z.int(),
          created: z.int(),
          updated: z.int(),
          retired: z.int(),
          rejected: z.int(),
        },
      })
      .nullable()
      .openapi({ description: 'The newest made of it; GET /v1/imports/{id} has the rest.' }),
  })
  .openapi('SyncedSource')

export const addSourceRoute = endpoint(
  { access: ['ingest'], rate: 'machine', body: 'json', idempotent: true },
  {
    method: 'post',
    path: '/v1/sources',
    tags: ['Knowledge'],
    summary: 'Keep a file or folder elsewhere in sync',
    description:
      'It is looked at now and every `everyMinutes`, and imported when it changed (ETag, Last-Modified, sizes and times). Addresses of private networks are refused unless PURSER_SOURCE_PRIVATE allows them. 409 `source_taken` when there is one of that name.',
    request: { body: { required: true, content: json(z.strictObject(fields)) } },
    responses: { 201: { description: 'Added', content: json(SourceSchema) } },
    problems: [409, 422],
  },
)

export const listSourcesRoute = endpoint(
  { access: { role: 'viewer', scopes: ['ingest', 'read'] }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/sources',
    tags: ['Knowledge'],
    summary: 'What is kept in sync, and how that goes',
    responses: {
      200: {
        description: 'By name',
        content: json(z.object({ items: z.array(SourceSchema), nextCursor: z.null() }).openapi('SyncedSources')),
      },
    },
  },
)

export const getSourceRoute = endpoint(
  { access: { role: 'viewer', scopes: ['ingest', 'read'] }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/sources/{id}',
    tags: ['Knowledge'],
    summary: 'One synced source',
    request: { params: Params },
    responses: { 200: { description: 'The source', content: json(SourceSchema) } },
    problems: [404],
  },
)

export const syncSourceRoute = endpoint(
  { access: ['ingest'], rate: 'machine', body: 'none', idempotent: true },
  {
    method: 'post',
    path: '/v1/sources/{id}/sync',
    tags: ['Knowledge'],
    summary: 'Look at a source now',
    description:
      'Also when it seems unchanged. It is done within seconds, after the answer; `import` in GET /v1/sources/{id} tells what it came to. With `allowRetire=true` this once, documents that the file no longer has go however many they are.',
    request: { params: Params, query: z.strictObject({ allowRetire: z.enum(['true', 'false']).default('false') }) },
    responses: { 202: { description: 'Due now', content: json(SourceSchema) } },
    problems: [404],
  },
)

export const removeSourceRoute = endpoint(
  { access: ['ingest'], rate: 'machine', body: 'none', idempotent: true },
  {
    method: 'delete',
    path: '/v1/sources/{id}',
    tags: ['Knowledge'],
    summary: 'Look at a source no more',
    description: 'Its documents stay.',
    request: { params: Params },
    responses: { 204: { description: 'Removed' } },
    problems: [404],
  },
)
