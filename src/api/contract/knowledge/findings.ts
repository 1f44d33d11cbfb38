import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json, page } from '../endpoint.ts'

export const FINDING_KINDS = [
  'missing_description',
  'supplier_copy',
  'exact_duplicate',
  'near_duplicate',
  'boilerplate',
  'contradiction',
  'orphan_category',
  'past_review',
  'language_mismatch',
  'mixed_attribute',
  'empty_attribute',
] as const

const FindingSchema = z
  .object({
    id: z.string().openapi({ description: 'The same as long as it is found of the same.' }),
    kind: z.enum(FINDING_KINDS),
    documents: z
      .array(z.object({ id: z.string(), version: z.int(), title: z.string(), source: z.string() }))
      .openapi({ description: 'At most 20 of `documentCount`.' }),
    documentCount: z.int(),
    quotes: z.array(
      z.object({
        documentId: z.string(),
        text: z.string().openapi({ description: 'As it stands in the document, cut at 300 characters.' }),
        field: z.string().optional().openapi({ description: 'The field it stands in, when not in the text.' }),
      }),
    ),
    why: z.string(),
    todo: z.string(),
    foundAt: Instant.openapi({ description: 'When it was found first.' }),
  })
  .openapi('ContentFinding')

export const findingsRoute = endpoint(
  { access: { role: 'viewer', scopes: ['ingest', 'read'] }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/knowledge/findings',
    tags: ['Knowledge'],
    summary: 'What is wrong with the content, with quotes and what to do',
    description:
      'Looked for in the background after each change; nothing is changed by it. A finding is told only while every document it names stands as it was looked at. docs/content-quality.md says what each kind means and what is too uncertain to be told.',
    request: {
      query: z.strictObject({
        ...page(200),
        source: z.string().min(1).max(200).optional(),
        kind: z.enum(FINDING_KINDS).optional(),
      }),
    },
    responses: {
      200: {
        description: 'A page',
        content: json(
          z
            .object({
              items: z.array(FindingSchema),
              nextCursor: z.string().nullable(),
              lookedAt: Instant.nullable().openapi({ description: 'When the content was looked at last.' }),
              complete: z.boolean().openapi({ description: 'False while changes are still to be looked at.' }),
            })
            .openapi('ContentFindingPage'),
        ),
      },
    },
  },
)

const AttributeSchema = z
  .object({
    name: z.string(),
    type: z.enum(['number', 'boolean', 'measure', 'money', 'enumeration', 'text', 'mixed', 'empty']).openapi({
      description: 'What nine in ten of its values are.',
    }),
    unit: z.string().optional().openapi({ description: 'Base unit of measures (kg, m, l, …), currency of money.' }),
    products: z.int().openapi({ description: 'How many have it.' }),
    empty: z.int().openapi({ description: 'In how many of those it has no value.' }),
    values: z.array(z.string()).optional().openapi({ description: 'Of an enumeration, most frequent first.' }),
  })
  .openapi('SourceAttribute')

export const attributesRoute = endpoint(
  { access: { role: 'viewer', scopes: ['ingest', 'read'] }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/knowledge/attributes',
    tags: ['Knowledge'],
    summary: 'What the attributes of a source’s products are',
    description: 'As far as content has been looked at in the background; the most frequent first.',
    request: { query: z.strictObject({ source: z.string().min(1).max(200) }) },
    responses: {
      200: {
        description: 'The attributes',
        content: json(
          z.object({ items: z.array(AttributeSchema), nextCursor: z.null() }).openapi('SourceAttributeList'),
        ),
      },
    },
  },
)
