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
  { access: ['ingest', 'read'], rate: 'machine', body: 'none', idempotent: false },
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
                }),
              ),
              nextCursor: z.string().nullable(),
            })
            .openapi('Freshness'),
        ),
      },
    },
  },
)
