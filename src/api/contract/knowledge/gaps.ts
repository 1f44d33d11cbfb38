import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json, page } from '../endpoint.ts'

const Count = z.int().optional()

const GapSchema = z
  .object({
    id: z.string().openapi({ description: 'The same as long as the group’s words are.' }),
    words: z.array(z.string()).openapi({ description: 'What the group is about, in base forms.' }),
    count: z.int(),
    recent: z.int().openapi({ description: 'Of them in the newer half of the window.' }),
    firstAskedAt: Instant,
    lastAskedAt: Instant,
    examples: z.array(z.string()).openapi({
      description:
        'As asked, the newest first, at most five, cut at 300 characters. Cards, passwords, addresses and long numbers are masked.',
    }),
    reasons: z
      .object({
        low_confidence: Count,
        out_of_scope: Count,
        declined: Count,
        clarification_ignored: Count,
        unhelpful: Count,
      })
      .openapi({ description: 'How many questions of the group by why they count as unanswered; each counts once.' }),
    nearestDocuments: z.array(z.object({ documentId: z.string(), title: z.string().nullable(), questions: z.int() })),
  })
  .openapi('KnowledgeGap')

export const gapsRoute = endpoint(
  { access: ['ingest'], rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/knowledge/gaps',
    tags: ['Knowledge'],
    summary: 'What shoppers asked and content did not answer, grouped',
    description:
      'Handed over with low confidence or out of scope, declined, asked back and left at that, or rated unhelpful. Questions are one group when they have the same content words (base forms, synonyms folded, stop words dropped; English and German), when one has just one word more, or when the words they share are at least 70 % (Dice). The most asked group first. The newest 2,000 such questions are read. Erased and expired conversations are not counted.',
    request: {
      query: z.strictObject({ ...page(200), days: z.coerce.number().int().min(1).max(365).default(30) }),
    },
    responses: {
      200: {
        description: 'A page',
        content: json(
          z.object({ items: z.array(GapSchema), nextCursor: z.string().nullable() }).openapi('KnowledgeGapPage'),
        ),
      },
    },
  },
)
