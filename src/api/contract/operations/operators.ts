import { z } from '@hono/zod-openapi'
import { ROLES } from '#domain/roles.ts'
import { endpoint, Instant, json } from '../endpoint.ts'

const RoleSchema = z.enum(ROLES).openapi({ description: 'Each role may do everything the ones before it may.' })

const OperatorSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: RoleSchema,
    createdAt: Instant,
    lastSignInAt: Instant.nullable(),
  })
  .openapi('Operator')

const SessionSchema = z
  .object({
    operator: z.object({ id: z.string(), name: z.string(), role: RoleSchema }),
    expiresAt: Instant.nullable().openapi({
      description:
        'Until when it lasts if it is not used any more: 12 h, at most 7 d after signing in. Null for an API key, which lasts until it is revoked.',
    }),
  })
  .openapi('OperatorSession')

export const signInRoute = endpoint(
  { access: 'public', rate: 'refused', body: 'json', idempotent: false },
  {
    method: 'post',
    path: '/v1/operator-sessions',
    tags: ['Operations'],
    summary: 'Sign an operator in',
    description:
      'Uses up the one-time code of a sign-in link (what stands behind its `#`). The session comes as a cookie for the console, or with `token` as a bearer token in the body. Not covered by Idempotency-Key: there is no caller yet, and a second use of a code is refused. 401: `api.sign_in_code.refused`. 403: `api.origin.refused` when a page that is none of ours asks for the cookie.',
    request: {
      body: {
        required: true,
        content: json(
          z
            .strictObject({
              code: z.string().min(1).max(200),
              token: z
                .boolean()
                .default(false)
                .openapi({ description: 'true: a bearer token instead of the cookie, for programs.' }),
            })
            .openapi('SignIn', { example: { code: 'mV3s…', token: false } }),
        ),
      },
    },
    responses: {
      201: {
        description: 'Signed in',
        headers: {
          'Set-Cookie': {
            description:
              '`purser_console`: HttpOnly, SameSite=Strict, Path=/; Secure when the public address is https.',
            schema: { type: 'string' },
          },
        },
        content: json(
          SessionSchema.extend({
            token: z
              .string()
              .optional()
              .openapi({ description: 'Only when asked for. Shown once; only its hash is stored.' }),
          }).openapi('NewOperatorSession'),
        ),
      },
    },
    problems: [401, 403],
  },
)

export const currentSessionRoute = endpoint(
  { access: { role: 'viewer' }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/operator-sessions/current',
    tags: ['Operations'],
    summary: 'Who is signed in',
    description: 'An API key with scope admin appears as an admin with its own id and name.',
    responses: { 200: { description: 'The caller', content: json(SessionSchema) } },
  },
)

export const signOutRoute = endpoint(
  { access: { role: 'viewer' }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'delete',
    path: '/v1/operator-sessions/current',
    tags: ['Operations'],
    summary: 'Sign out',
    description: 'The session ends at once, and the cookie with it. 404 for an API key, which is no session.',
    responses: { 204: { description: 'Signed out' } },
    problems: [404],
  },
)

export const listOperatorsRoute = endpoint(
  { access: { role: 'admin' }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'get',
    path: '/v1/operators',
    tags: ['Operations'],
    summary: 'Operators',
    description: 'Oldest first.',
    responses: {
      200: {
        description: 'All operators',
        content: json(z.object({ items: z.array(OperatorSchema), nextCursor: z.null() }).openapi('Operators')),
      },
    },
  },
)

export const addOperatorRoute = endpoint(
  { access: { role: 'admin' }, rate: 'operator', body: 'json', idempotent: true },
  {
    method: 'post',
    path: '/v1/operators',
    tags: ['Operations'],
    summary: 'Add an operator',
    description:
      'Sign in with a link from `POST /v1/operators/{id}/sign-in-links`. 409: `name_taken`, since shoppers and colleagues know operators by name.',
    request: {
      body: {
        required: true,
        content: json(
          z
            .strictObject({ name: z.string().trim().min(1).max(100), role: RoleSchema })
            .openapi('OperatorRequest', { example: { name: 'Mira', role: 'agent' } }),
        ),
      },
    },
    responses: { 201: { description: 'The operator', content: json(OperatorSchema) } },
    problems: [409],
  },
)

const Params = z.strictObject({ id: z.string().min(1).max(100) })

export const signInLinkRoute = endpoint(
  { access: { role: 'admin' }, rate: 'operator', body: 'none', idempotent: true },
  {
    method: 'post',
    path: '/v1/operators/{id}/sign-in-links',
    tags: ['Operations'],
    summary: 'Make a sign-in link',
    description: 'For one use within 15 minutes. An earlier link of the operator ends.',
    request: { params: Params },
    responses: {
      201: {
        description: 'The link. It is shown this once; only the hash of its code is stored.',
        content: json(
          z
            .object({
              link: z.string().openapi({ example: 'https://help.shop.example/console/sign-in#mV3s…' }),
              expiresAt: Instant,
            })
            .openapi('SignInLink'),
        ),
      },
    },
    problems: [404],
  },
)

export const removeOperatorRoute = endpoint(
  { access: { role: 'admin' }, rate: 'operator', body: 'none', idempotent: false },
  {
    method: 'delete',
    path: '/v1/operators/{id}',
    tags: ['Operations'],
    summary: 'Remove an operator',
    description:
      'Name, sessions and links are erased; the next request of such a session is refused. 409: `last_admin`, since somebody has to be able to add others.',
    request: { params: Params },
    responses: { 204: { description: 'Removed' } },
    problems: [404, 409],
  },
)
