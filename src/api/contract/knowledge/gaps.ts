import { z } from '@hono/zod-openapi'
import { AnswerSchema } from '../answer.ts'
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

const PreviewSchema = z
  .object({
    ...AnswerSchema.pick({ outcome: true, route: true, text: true, language: true, citations: true, products: true })
      .shape,
    ...AnswerSchema.pick({ options: true, related: true, confidence: true, gate: true, cache: true }).shape,
    handoffReason: z.string().nullable().openapi({ description: 'Why a person would get the question.' }),
    passages: z
      .array(
        z.object({
          documentId: z.string(),
          chunkId: z.string(),
          title: z.string(),
          url: z.string().nullable(),
          score: z.number(),
          scores: z.record(z.string(), z.number().nullable()),
        }),
      )
      .openapi({ description: 'What was found, best first, with the scores it was ranked by.' }),
    latencyMs: z.number(),
  })
  .openapi('Preview')

const Gap = {
  params: z.object({ id: z.string().regex(/^gap_[\da-f]{20}$/) }),
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(30) }),
}

export const askGapRoute = endpoint(
  { access: { role: 'agent', scopes: ['ingest'] }, rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'post',
    path: '/v1/knowledge/gaps/{id}/ask',
    tags: ['Knowledge'],
    summary: 'Ask the questions of a group again',
    description:
      'As shoppers would be answered now, after something was published, say: the different questions, the newest first, at most ten. Nothing is stored.',
    request: Gap,
    responses: {
      200: {
        description: 'What came of each',
        content: json(
          z
            .object({
              asked: z.int(),
              answered: z.int(),
              items: z.array(PreviewSchema.extend({ question: z.string(), locale: z.string().nullable() })),
            })
            .openapi('GapAskedAgain'),
        ),
      },
    },
    problems: [404],
  },
)

export const dismissGapRoute = endpoint(
  { access: { role: 'agent', scopes: ['ingest'] }, rate: 'machine', body: 'none', idempotent: false },
  {
    method: 'post',
    path: '/v1/knowledge/gaps/{id}/dismiss',
    tags: ['Knowledge'],
    summary: 'Take the questions of a group off the list',
    description: 'They were dealt with, or the shop will not answer them. Whoever asks the like later is listed anew.',
    request: Gap,
    responses: {
      200: {
        description: 'How many they were',
        content: json(z.object({ questions: z.int() }).openapi('GapDismissed')),
      },
    },
    problems: [404],
  },
)

export const previewRoute = endpoint(
  { access: { role: 'viewer', scopes: ['ingest', 'read'] }, rate: 'machine', body: 'json', idempotent: false },
  {
    method: 'post',
    path: '/v1/knowledge/preview',
    tags: ['Knowledge'],
    summary: 'Ask as a shopper would, and see why the answer is what it is',
    description:
      'The answer an anonymous shopper gets at the start of a conversation, with the passages found, their scores, and what the gate compared. Nothing is stored or handed over.',
    request: {
      body: {
        required: true,
        content: json(
          z
            .strictObject({
              question: z.string().trim().min(1).max(4_000),
              locale: z.string().min(2).max(35).optional(),
              region: z.string().min(1).max(20).optional(),
              channel: z.string().min(1).max(40).optional(),
              audience: z.string().min(1).max(200).optional(),
            })
            .openapi('PreviewRequest', { example: { question: 'How long can I return an item?', locale: 'en' } }),
        ),
      },
    },
    responses: { 200: { description: 'The answer and its reasons', content: json(PreviewSchema) } },
  },
)
