import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json } from '../endpoint.ts'
import { KindSchema } from './documents.ts'

const Scores = z
  .object({
    fused: z.number(),
    sparse: z.number(),
    ngram: z.number(),
    phrase: z.number(),
    cosine: z.number().nullable(),
    exact: z.number(),
  })
  .openapi('Scores')

export const searchRoute = endpoint(
  { access: ['ingest', 'read'], rate: 'machine', body: 'json', idempotent: false },
  {
    method: 'post',
    path: '/v1/search',
    tags: ['Knowledge'],
    summary: 'Search the passages answers are made from',
    description: '`explain` adds every score and what each word of the query is worth in this shop.',
    request: {
      body: {
        required: true,
        content: json(
          z
            .strictObject({
              query: z.string().min(1).max(2000),
              kind: KindSchema.optional(),
              limit: z.int().min(1).max(100).default(10),
              explain: z.boolean().default(false),
              locale: z.string().min(2).max(35).optional(),
              region: z.string().min(1).max(20).optional(),
              channel: z.string().min(1).max(40).optional(),
              audience: z.string().min(1).max(200).optional(),
            })
            .openapi('SearchRequest', { example: { query: 'return period', limit: 5 } }),
        ),
      },
    },
    responses: {
      200: {
        description: 'Passages, best first',
        content: json(
          z
            .object({
              items: z.array(
                z.object({
                  documentId: z.string(),
                  chunkId: z.string(),
                  title: z.string(),
                  headingPath: z.array(z.string()),
                  text: z.string(),
                  score: z.number(),
                  scores: Scores,
                  kind: KindSchema.optional(),
                  documentVersion: z.int().optional(),
                  updatedAt: z.string().optional(),
                }),
              ),
              terms: z
                .array(
                  z.object({ word: z.string(), stem: z.string(), weight: z.number(), documentFrequency: z.number() }),
                )
                .optional(),
            })
            .openapi('SearchResult'),
        ),
      },
    },
  },
)

export const freshnessRoute = endpoint(
  { access: { role: 'viewer', scopes: ['ingest', 'read'] }, rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/knowledge/freshness',
    tags: ['Knowledge'],
    summary: 'How current the content is, by source',
    responses: {
      200: {
        description: 'By source',
        content: json(
          z
            .object({
              items: z.array(
                z.object({
                  source: z.string(),
                  documents: z.int(),
                  newest: Instant,
                  oldest: Instant,
                  overdue: z.int().openapi({ description: 'Documents in force whose validUntil has passed.' }),
                  maxAgeDays: z.int().nullable().openapi({ description: 'The limit of the source.' }),
                  tooOld: z.int().openapi({ description: 'Documents older than the limit.' }),
                  lastImportAt: Instant.nullable().openapi({ description: 'When the last import was done.' }),
                  lastSuccessAt: Instant.nullable().openapi({
                    description: 'When an import was done, or a look at a synced source found it unchanged.',
                  }),
                  problem: z.object({ code: z.string(), message: z.string() }).nullable().openapi({
                    description: 'What keeps a synced source from it now.',
                  }),
                  nextRunAt: Instant.nullable().openapi({ description: 'Of synced sources.' }),
                  staleAnswers: z.object({
                    count: z.int().openapi({
                      description:
                        'Answers of the last 30 days, of the newest 2,000, that cite a document overdue or too old.',
                    }),
                    items: z
                      .array(
                        z.object({
                          messageId: z.string(),
                          conversationId: z.string(),
                          answeredAt: Instant,
                          documentId: z.string(),
                          title: z.string(),
                        }),
                      )
                      .openapi({ description: 'The newest, at most 20.' }),
                  }),
                }),
              ),
              nextCursor: z.string().nullable(),
              vectors: z
                .object({
                  done: z.int(),
                  total: z.int().openapi({ description: 'Different passages that are searched.' }),
                  perSecond: z.number().nullable().openapi({ description: 'Of late; null while none are made.' }),
                  remainingSeconds: z.int().nullable().openapi({ description: 'At that rate.' }),
                })
                .nullable()
                .openapi({
                  description:
                    'Passages are found by their words at once, by their meaning when they have a vector, which is made in the background. null: this instance has no embedding model.',
                }),
            })
            .openapi('Freshness'),
        ),
      },
    },
  },
)

export const limitRoute = endpoint(
  { access: { role: 'admin', scopes: ['ingest'] }, rate: 'machine', body: 'json', idempotent: false },
  {
    method: 'put',
    path: '/v1/knowledge/freshness/{source}',
    tags: ['Knowledge'],
    summary: 'Say how old the documents of a source may become',
    description: 'Older ones count as tooOld and become findings of the kind past_review. null: no limit.',
    request: {
      params: z.object({ source: z.string().min(1).max(200) }),
      body: {
        required: true,
        content: json(z.strictObject({ maxAgeDays: z.int().min(1).max(3_650).nullable() }).openapi('SourceLimit')),
      },
    },
    responses: { 204: { description: 'In force' } },
  },
)
