import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json, page } from '../endpoint.ts'

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
    incomplete: z.boolean().openapi({
      description:
        'The file ended too early, or has rows of which nobody can tell the document; `replace` then retires nothing.',
    }),
    rowsPerSecond: z.number().nullable().openapi({ description: 'Of late; null before the first batch.' }),
    remainingSeconds: z.int().nullable().openapi({ description: 'At that rate; null unless it runs.' }),
    answersAffected: z
      .int()
      .nullable()
      .openapi({ description: 'Of a finished dry run: answers given that cite what would change.' }),
    problem: z.object({ code: z.string(), message: z.string() }).nullable().openapi({
      description: 'Why it failed: `mass_retirement` when `replace` would retire over 30 % of the source.',
    }),
    waitsFor: z.string().nullable().openapi({
      description: 'Another import of the same source that has to end first: of one source, one runs at a time.',
    }),
    startedAt: Instant,
    lastProgressAt: Instant.openapi({
      description:
        'One that stands still is taken up again within two minutes, and failed (`no_progress`) after a day.',
    }),
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
      'The body streams without limit; it is durable once answered, and an import interrupted by a crash goes on. A bad row is set aside and never stops the rest. `replace` retires documents of that source which the file no longer has. The body is `application/x-ndjson` (a Document a line), `text/csv` or `text/tab-separated-values` (columns named as the fields of a Document, or translated by `mapping`; a Shopify product export and a Google Merchant feed are recognised), `application/xml` (a Google Merchant feed, RSS or Atom) or `text/markdown`; each may be gzip, told by its content.',
    request: {
      query: z.strictObject({
        source: z.string().trim().min(1).max(200),
        mode: z.enum(['upsert', 'replace']).default('upsert'),
        dryRun: Flag,
        allowRetire: Flag,
        mapping: z.string().max(16_000).optional().openapi({
          description: 'JSON: which column is which field, and what holds for all rows; see docs/import.md.',
        }),
        currency: z.string().max(3).optional().openapi({ description: 'Of prices that name none, such as EUR.' }),
        site: z.string().max(500).optional().openapi({
          description: 'The shop’s own address; makes addresses of the product handles of a Shopify export.',
        }),
      }),
      body: {
        required: true,
        content: {
          'application/x-ndjson': { schema: { type: 'string' } },
          'text/csv': { schema: { type: 'string' } },
          'text/tab-separated-values': { schema: { type: 'string' } },
          'application/xml': { schema: { type: 'string' } },
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
    problems: [422],
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

export const listImportsRoute = endpoint(
  { access: ['ingest', 'read'], rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/imports',
    tags: ['Knowledge'],
    summary: 'Imports of the last two weeks, newest first',
    description: 'Also those whose file still arrives (`total` is null), which can be cancelled.',
    request: { query: z.strictObject({ ...page(100), source: z.string().trim().min(1).max(200).optional() }) },
    responses: {
      200: {
        description: 'A page',
        content: json(
          z.object({ items: z.array(ImportSchema), nextCursor: z.string().nullable() }).openapi('ImportPage'),
        ),
      },
    },
  },
)

export const importErrorsRoute = endpoint(
  { access: ['ingest', 'read'], rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/imports/{id}/errors',
    tags: ['Knowledge'],
    summary: 'What was wrong with which row',
    description:
      'One JSON object a line: `{line, id, code, message, field?, column?, value?, hint?}`. `column` is what the file calls the field, `hint` what to do about it. Notes that reject nothing stand among them (`duplicate_id`, `not_published`, …).',
    request: { params: Params },
    responses: { 200: { description: 'By line', content: { 'application/x-ndjson': { schema: z.string() } } } },
    problems: [404],
  },
)

export const rejectedRowsRoute = endpoint(
  { access: ['ingest', 'read'], rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/imports/{id}/rejected',
    tags: ['Knowledge'],
    summary: 'The rejected rows as they were sent',
    description:
      'A file of the format that was sent (uncompressed; a table with its header, a feed with what stands around its items), to be corrected and sent again. Rows over 4 MiB are not in it.',
    request: { params: Params },
    responses: {
      200: {
        description: 'The rows',
        content: Object.fromEntries(
          ['application/x-ndjson', 'text/csv', 'text/tab-separated-values', 'application/xml', 'text/markdown'].map(
            (type) => [type, { schema: z.string() }],
          ),
        ),
      },
    },
    problems: [404],
  },
)

export const affectedAnswersRoute = endpoint(
  { access: ['ingest', 'read'], rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/imports/{id}/affected-answers',
    tags: ['Knowledge'],
    summary: 'Answers that a dry run would change',
    description:
      'Answers given to shoppers that cite a document which would be updated or retired, newest first, one JSON object a line for each citation: `{messageId, conversationId, answeredAt, documentId, title, quote, change, passageStays}`. `passageStays`: the cited passage itself would still be there. Empty for an import that is no dry run.',
    request: { params: Params },
    responses: { 200: { description: 'Newest first', content: { 'application/x-ndjson': { schema: z.string() } } } },
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
