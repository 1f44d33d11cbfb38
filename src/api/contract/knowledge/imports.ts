import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json } from '../endpoint.ts'

const Params = z.object({ id: z.string().min(1).max(100) })
const Flag = z.enum(['true', 'false']).default('false')

const ImportSchema = z
  .object({
    id: z.string(),
    source: z.string(),
    mode: z.enum(['upsert', 'replace']),
    dryRun: z.boolean(),
    allowRetire: z.boolean(),
    status: z.enum(['running', 'done', 'failed', 'cancelled']),
    total: z.int().nullable().openapi({ description: 'Rows of the file; null while it still arrives.' }),
    read: z.int(),
    unchanged: z.int(),
    created: z.int(),
    updated: z.int(),
    retired: z.int(),
    rejected: z.int(),
    duplicates: z.int().openapi({ description: 'Rows that a later row of the same file replaced.' }),
    problem: z.object({ code: z.string(), message: z.string() }).nullable().openapi({
      description: 'Why it failed: `mass_retirement` when `replace` would retire over 30 % of the source.',
    }),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .openapi('Import')

export const startImportRoute = endpoint(
  { access: ['ingest'], rate: 'machine', body: 'stream', idempotent: true },
  {
    method: 'post',
    path: '/v1/imports',
    tags: ['Knowledge'],
    summary: 'Import a file of documents',
    description:
      'The body streams without limit; it is durable once answered, and an import interrupted by a crash goes on. A bad row is set aside and never stops the rest. `replace` retires documents of that source which the file no longer has. The body is `application/x-ndjson` (a Document a line), `text/csv` or `text/markdown`.',
    request: {
      query: z.strictObject({
        source: z.string().trim().min(1).max(200),
        mode: z.enum(['upsert', 'replace']).default('upsert'),
        dryRun: Flag,
        allowRetire: Flag,
      }),
      body: {
        required: true,
        content: {
          'application/x-ndjson': { schema: { type: 'string' } },
          'text/csv': { schema: { type: 'string' } },
          'text/markdown': { schema: { type: 'string' } },
        },
      },
    },
    responses: {
      202: {
        description: 'Accepted; it runs from here on',
        content: json(z.object({ id: z.string() }).openapi('ImportStarted')),
      },
    },
  },
)

export const getImportRoute = endpoint(
  { access: ['ingest', 'read'], rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/imports/{id}',
    tags: ['Knowledge'],
    summary: 'How far an import is',
    request: { params: Params },
    responses: { 200: { description: 'Its state', content: json(ImportSchema) } },
    problems: [404],
  },
)

export const importErrorsRoute = endpoint(
  { access: ['ingest', 'read'], rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/imports/{id}/errors',
    tags: ['Knowledge'],
    summary: 'What was wrong with which row',
    description: 'One JSON object a line: `{line, id, code, message, field?, value?}`.',
    request: { params: Params },
    responses: { 200: { description: 'By line', content: { 'application/x-ndjson': { schema: z.string() } } } },
    problems: [404],
  },
)

export const cancelImportRoute = endpoint(
  { access: ['ingest'], rate: 'machine', body: 'none', idempotent: true },
  {
    method: 'post',
    path: '/v1/imports/{id}/cancel',
    tags: ['Knowledge'],
    summary: 'Stop an import',
    description: 'What is stored already stays. One that has ended is left as it is; its status tells.',
    request: { params: Params },
    responses: { 200: { description: 'Its state now', content: json(ImportSchema) } },
    problems: [404],
  },
)
