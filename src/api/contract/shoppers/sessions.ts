import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json } from '../endpoint.ts'

const SessionRequest = z
  .strictObject({
    publicKey: z.string().min(1).max(200),
    identityToken: z.string().min(1).max(4096).optional().openapi({
      description:
        'JWT, HS256, signed by the shop with its identity secret: `sub` (customer id), `exp`, and if there are `email`, `name`. The only way to be a customer.',
    }),
    consent: z
      .strictObject({ version: z.string().min(1).max(40) })
      .optional()
      .openapi({
        description:
          'The version of the privacy notice (GET /v1/widget) the shopper agreed to. Kept with its time when it is the present one.',
      }),
    locale: z
      .string()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 language tag')
      .max(35)
      .optional(),
    region: z.string().min(1).max(20).optional(),
    channel: z.string().min(1).max(40).optional(),
  })
  .openapi('SessionRequest', { example: { publicKey: 'pk_3f9…', locale: 'en-GB' } })

const SessionBody = z
  .object({
    sessionId: z.string(),
    token: z.string().openapi({ description: 'Bearer token of this session. Shown once; only its hash is stored.' }),
    expiresAt: Instant,
    customer: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  })
  .openapi('Session')

export const openSessionRoute = endpoint(
  { access: 'public', rate: 'sessions', body: 'json', idempotent: false },
  {
    method: 'post',
    path: '/v1/sessions',
    tags: ['Shoppers'],
    summary: 'Open a shopper session',
    description:
      'Needs an `Origin` the shop allows (our own pages always are). Not covered by Idempotency-Key: there is no caller yet, and a second session harms nothing. 401: `api.public_key.unknown`, `api.identity_token.invalid`, `api.identity_token.expired`. 403: `api.origin.missing`, `api.origin.refused`, and `api.consent.required` (with the present `privacy`) where the shop asks for consent and it is missing or to another version; then nothing is stored.',
    request: { body: { required: true, content: json(SessionRequest) } },
    responses: { 201: { description: 'The session', content: json(SessionBody) } },
    problems: [401, 403],
  },
)
