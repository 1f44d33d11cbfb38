import { z } from '@hono/zod-openapi'
import { CitationSchema } from '../answer.ts'
import { endpoint, Instant, json, page } from '../endpoint.ts'

const RatingSchema = z
  .object({
    id: z.string(),
    messageId: z.string(),
    conversationId: z.string(),
    helpful: z.boolean(),
    reason: z.string().nullable(),
    comment: z.string().nullable(),
    at: Instant.openapi({ description: 'When it was given or last changed.' }),
    question: z
      .object({ text: z.string(), locale: z.string().nullable(), at: Instant })
      .nullable()
      .openapi({ description: 'null where a person wrote by themselves.' }),
    answer: z.object({
      by: z.enum(['assistant', 'person']),
      text: z.string(),
      outcome: z.enum(['answered', 'clarify', 'handed_off', 'declined']).nullable(),
      route: z.enum(['knowledge', 'product', 'order', 'smalltalk', 'person']).nullable(),
      language: z.string().nullable(),
      confidence: z.number().nullable(),
      at: Instant,
    }),
    citations: z.array(CitationSchema).openapi({ description: 'As given, with `state` as of now.' }),
    versions: z
      .object({ pipeline: z.string(), weights: z.string() })
      .nullable()
      .openapi({ description: 'What made the answer: the pipeline, and the data its gate was fitted on.' }),
  })
  .openapi('Rating')

export const listFeedbackRoute = endpoint(
  { access: ['read'], rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/feedback',
    tags: ['Operations'],
    summary: 'What shoppers thought of answers',
    description: 'For evaluation; the newest first. Of erased and expired conversations nothing is listed.',
    request: { query: z.strictObject({ ...page(200), helpful: z.enum(['true', 'false']).optional() }) },
    responses: {
      200: {
        description: 'A page',
        content: json(
          z.object({ items: z.array(RatingSchema), nextCursor: z.string().nullable() }).openapi('RatingPage'),
        ),
      },
    },
  },
)
