import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json } from '../endpoint.ts'
import { MessageSchema } from './conversations.ts'

export const challengeRoute = endpoint(
  { access: 'shopper', rate: 'challenges', body: 'json', idempotent: true },
  {
    method: 'post',
    path: '/v1/identity/challenges',
    tags: ['Shoppers'],
    summary: 'Have a code sent to the e-mail on an order',
    description:
      'Always 202, whether or not such an order exists. The code has six digits and is valid for ten minutes and five attempts.',
    request: {
      body: {
        required: true,
        content: json(
          z
            .strictObject({ orderNumber: z.string().trim().min(1).max(100), email: z.email().max(320) })
            .openapi('ChallengeRequest'),
        ),
      },
    },
    responses: {
      202: {
        description: 'If the order and the e-mail belong together, a code is on its way',
        content: json(z.object({ id: z.string(), expiresAt: Instant }).openapi('Challenge')),
      },
    },
  },
)

export const solveChallengeRoute = endpoint(
  { access: 'shopper', rate: 'challenges', body: 'json', idempotent: false },
  {
    method: 'post',
    path: '/v1/identity/challenges/{id}',
    tags: ['Shoppers'],
    summary: 'Unlock the order with the code',
    description:
      'One refusal, `api.challenge.refused`, for every reason. Not covered by Idempotency-Key: every attempt counts.',
    request: {
      params: z.object({ id: z.string().min(1).max(100) }),
      body: {
        required: true,
        content: json(z.strictObject({ code: z.string().regex(/^\d{6}$/, 'six digits') }).openapi('ChallengeCode')),
      },
    },
    responses: {
      200: {
        description: 'Unlocked for this session',
        content: json(z.object({ unlocked: z.literal(true), orderId: z.string() }).openapi('ChallengeSolved')),
      },
    },
    problems: [403],
  },
)

export const exportMyDataRoute = endpoint(
  { access: 'shopper', rate: 'shopper', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/me/data',
    tags: ['Shoppers'],
    summary: 'Everything we keep of you',
    description: 'Of this session, or of all sessions of the customer it belongs to.',
    responses: {
      200: {
        description: 'The data',
        content: json(
          z
            .object({
              sessions: z.array(z.object({ id: z.string(), createdAt: Instant }).loose()),
              conversations: z.array(
                z.object({ id: z.string(), createdAt: Instant, messages: z.array(MessageSchema) }).loose(),
              ),
              handoffs: z.array(z.object({ id: z.string(), conversationId: z.string(), createdAt: Instant }).loose()),
            })
            .openapi('MyData'),
        ),
      },
    },
  },
)

export const eraseMyDataRoute = endpoint(
  { access: 'shopper', rate: 'shopper', body: 'none', idempotent: true },
  {
    method: 'delete',
    path: '/v1/me/data',
    tags: ['Shoppers'],
    summary: 'Erase it',
    description:
      'Texts, answers, traces, names and contacts are gone at once, as are stored responses and messages in the outbox; that there were conversations, and how many, stays.',
    responses: {
      200: {
        description: 'Erased',
        content: json(
          z
            .object({
              erasedAt: Instant,
              conversations: z.int(),
              messages: z.int(),
              handoffs: z.int(),
              feedback: z.int(),
            })
            .openapi('Erased'),
        ),
      },
    },
  },
)
