import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json, MoneySchema } from '../endpoint.ts'
import { AttributeSchema, DocumentId, DocumentParams, READING, VersionNumber } from './documents.ts'

const FieldValue = z.union([AttributeSchema, MoneySchema, z.array(z.string())]).nullable()
const Compared = z.object({ version: z.int(), storedAt: Instant, title: z.string() })

const DifferenceSchema = z
  .object({
    id: DocumentId,
    from: Compared,
    to: Compared,
    differs: z
      .boolean()
      .openapi({ description: 'False where only markup differs, or nothing: shoppers are told the same.' }),
    fields: z.array(z.object({ field: z.string(), before: FieldValue, after: FieldValue })).openapi({
      description: 'By name, as in a table: `price`, `attributes.weight`, `scope.region`. Null: not there.',
    }),
    passages: z
      .array(
        z.object({
          change: z.enum(['added', 'removed', 'changed']),
          heading: z.array(z.string()),
          before: z.string().nullable(),
          after: z.string().nullable(),
          clipped: z.boolean().openapi({ description: 'A part is shown, around the first difference.' }),
        }),
      )
      .openapi({
        description:
          'Paragraphs, list items, table rows and headings in reading order, under the headings they stand below.',
      }),
    counts: z
      .object({ fields: z.int(), added: z.int(), removed: z.int(), changed: z.int() })
      .openapi({ description: 'Of everything that differs, also beyond what is listed.' }),
    complete: z.boolean().openapi({
      description:
        'Whether everything that differs is listed, and whole. Of texts with more than 200,000 characters together the fields alone are.',
    }),
  })
  .openapi('DocumentDifference', {
    example: {
      id: 'policies/returns',
      from: { version: 2, storedAt: '2026-01-31T09:30:00.000Z', title: 'Returns' },
      to: { version: 3, storedAt: '2026-03-04T10:00:00.000Z', title: 'Returns' },
      differs: true,
      fields: [{ field: 'validUntil', before: null, after: '2026-12-31T00:00:00Z' }],
      passages: [
        {
          change: 'changed',
          heading: ['Returns', 'How long'],
          before: 'You have 30 days from delivery.',
          after: 'You have 14 days from delivery.',
          clipped: false,
        },
      ],
      counts: { fields: 1, added: 0, removed: 0, changed: 1 },
      complete: true,
    },
  })

export const documentDifferenceRoute = endpoint(
  { access: { role: 'viewer', scopes: READING }, rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/documents/{id}/difference',
    tags: ['Knowledge'],
    summary: 'What differs between two versions of a document',
    description:
      'Fields with their values, and passages as readers see them. At most 200 of each are listed, a passage with 1,500 characters of each version.',
    request: {
      params: DocumentParams,
      query: z.strictObject({
        from: VersionNumber.openapi({ description: 'The version before.' }),
        to: VersionNumber.optional().openapi({ description: 'The version after; the newest without it.' }),
      }),
    },
    responses: { 200: { description: 'The difference', content: json(DifferenceSchema) } },
    problems: [404],
  },
)
