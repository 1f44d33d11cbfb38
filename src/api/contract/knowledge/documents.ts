import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json, MoneySchema, page } from '../endpoint.ts'

/** Documents are content an ingestion job sends; limits keep one row from being a whole site. */
export const DocumentId = z
  .string()
  .min(1)
  .max(300)
  .regex(/^\S(.*\S)?$/, 'no blanks at the ends')
const Word = z.string().min(1).max(200)
export const AttributeSchema = z.union([
  z.string().max(2000),
  z.number(),
  z.boolean(),
  z.strictObject({ value: z.number(), unit: z.string().min(1).max(40) }),
])
export const KindSchema = z.enum(['product', 'policy', 'faq', 'article'])
const fields = {
  kind: KindSchema,
  title: z.string().min(1).max(500),
  text: z.string().max(900_000).openapi({ description: 'Markdown, plain text or HTML.' }),
  url: z.url().max(2000).optional(),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 language tag')
    .max(35)
    .optional(),
  updatedAt: Instant.optional(),
  validFrom: Instant.optional(),
  validUntil: Instant.optional(),
  audience: Word.optional(),
  scope: z
    .strictObject({
      region: Word.optional(),
      channel: Word.optional(),
      category: Word.optional(),
      brand: Word.optional(),
    })
    .optional(),
  sku: Word.optional(),
  category: Word.optional(),
  attributes: z
    .record(z.string().min(1).max(200), AttributeSchema)
    .refine((attributes) => Object.keys(attributes).length <= 300, 'at most 300 attributes')
    .optional(),
  price: MoneySchema.optional(),
  availability: Word.optional(),
  image: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }).max(2000),
      alt: z.string().min(1).max(500).optional().openapi({ description: 'What is to be seen, for who cannot see it.' }),
    })
    .optional()
    .openapi({ description: 'Shown on the product’s card; answers are not made from it.' }),
  aliases: z.array(z.string().min(1).max(500)).max(200).optional(),
}

const DocumentPut = z.strictObject({ id: DocumentId.optional(), ...fields }).openapi('Document', {
  description:
    'A piece of the shop’s content. In a file every document has its `id`; when put by itself the id stands in the path.',
  example: {
    id: 'policies/returns',
    kind: 'policy',
    title: 'Returns',
    text: '# Returns\n\nYou can return items within 30 days of delivery.',
    locale: 'en',
  },
})

const stored = {
  source: z.string(),
  version: z.int(),
  contentHash: z.string(),
  storedAt: Instant,
  retiredAt: Instant.nullable(),
}
const StoredDocumentSchema = z.object({ id: DocumentId, ...fields, ...stored }).openapi('StoredDocument')
const Stored = z.object({ changed: z.boolean(), chunks: z.int(), version: z.int() }).openapi('DocumentStored')
export const DocumentParams = z.object({
  id: z.string().min(1).max(300).openapi({ description: 'Slashes are sent as %2F.' }),
})
export const VersionNumber = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)
const KNOWLEDGE = ['ingest'] as const
export const READING = ['ingest', 'read'] as const

export const putDocumentRoute = endpoint(
  { access: KNOWLEDGE, rate: 'machine', body: 'json', idempotent: true },
  {
    method: 'put',
    path: '/v1/documents/{id}',
    tags: ['Knowledge'],
    summary: 'Store a document',
    description: 'Equal content changes nothing. Once answered it is durable; answers use it within a second.',
    request: { params: DocumentParams, body: { required: true, content: json(DocumentPut) } },
    responses: {
      200: {
        description: 'Stored',
        content: json(Stored),
      },
    },
    problems: [422],
  },
)

export const getDocumentRoute = endpoint(
  { access: READING, rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/documents/{id}',
    tags: ['Knowledge'],
    summary: 'A document as it was sent, with its versions',
    request: { params: DocumentParams },
    responses: {
      200: {
        description: 'The document',
        content: json(
          z
            .object({
              ...StoredDocumentSchema.shape,
              versions: z.array(
                z.object({ version: z.int(), contentHash: z.string(), storedAt: Instant, title: z.string() }),
              ),
              duplicateOf: z
                .object({ id: z.string(), kind: z.enum(['exact_duplicate', 'near_duplicate']) })
                .optional()
                .openapi({ description: 'The first document that says the same, as the findings have it.' }),
            })
            .openapi('DocumentWithVersions'),
        ),
      },
    },
    problems: [404],
  },
)

export const documentVersionRoute = endpoint(
  { access: { role: 'viewer', scopes: READING }, rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/documents/{id}/versions/{version}',
    tags: ['Knowledge'],
    summary: 'A version of a document as it was sent',
    request: {
      params: DocumentParams.extend({
        version: VersionNumber,
      }),
    },
    responses: {
      200: {
        description: 'The version',
        content: json(
          z.object({ id: DocumentId, ...fields, version: z.int(), storedAt: Instant }).openapi('DocumentVersion'),
        ),
      },
    },
    problems: [404],
  },
)

export const restoreDocumentRoute = endpoint(
  { access: { role: 'admin', scopes: KNOWLEDGE }, rate: 'machine', body: 'json', idempotent: true },
  {
    method: 'post',
    path: '/v1/documents/{id}/restore',
    tags: ['Knowledge'],
    summary: 'Bring an earlier version back',
    description:
      'It is stored as the newest version, also of a retired document, and answers use it within a second. The document keeps its source, whose next import or sync counts again.',
    request: {
      params: DocumentParams,
      body: {
        required: true,
        content: json(
          z
            .strictObject({
              version: z
                .int()
                .min(1)
                .max(2 ** 31 - 1),
            })
            .openapi('DocumentRestore'),
        ),
      },
    },
    responses: { 200: { description: 'Stored', content: json(Stored) } },
    problems: [404],
  },
)

export const deleteDocumentRoute = endpoint(
  { access: KNOWLEDGE, rate: 'machine', body: 'none', idempotent: true },
  {
    method: 'delete',
    path: '/v1/documents/{id}',
    tags: ['Knowledge'],
    summary: 'Take a document out of answers and search',
    description: 'Its versions stay as history. Deleting twice is 204 twice; an id never seen is 404.',
    request: { params: DocumentParams },
    responses: { 204: { description: 'Retired' } },
    problems: [404],
  },
)

export const listDocumentsRoute = endpoint(
  { access: READING, rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/documents',
    tags: ['Knowledge'],
    summary: 'Documents in force',
    request: { query: z.strictObject({ ...page(500), source: Word.optional(), kind: KindSchema.optional() }) },
    responses: {
      200: {
        description: 'A page',
        content: json(
          z.object({ items: z.array(StoredDocumentSchema), nextCursor: z.string().nullable() }).openapi('DocumentPage'),
        ),
      },
    },
  },
)
