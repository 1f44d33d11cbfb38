import { createRoute, type RouteConfig, z } from '@hono/zod-openapi'
import type { Role } from '#domain/roles.ts'

/** What may stand in the way of a request, read by the middleware and written into openapi.json: one source for both. */
export type Guard = {
  /**
   * `shopper`: a session token. A list: an API key with one of the scopes (`admin` always may). A role: an operator with at
   * least that role, or an API key with scope `admin` or one of `scopes`.
   */
  access: 'public' | 'shopper' | readonly Scope[] | { role: Role; scopes?: readonly Scope[] }
  /** Which of the rate limits counts this request. */
  rate: RateName
  /** `stream`: the handler reads the body itself, of any length. */
  body: 'none' | 'json' | 'optional_json' | 'stream'
  /** Whether `Idempotency-Key` is honoured. */
  idempotent: boolean
}
export type Scope = 'ingest' | 'events' | 'read' | 'admin'
/** `refused` counts requests without valid credentials, by address, whatever they were for. */
export type RateName = 'none' | 'refused' | 'sessions' | 'shopper' | 'messages' | 'challenges' | 'machine' | 'operator'

export type Endpoint = { method: string; path: string; guard: Guard }

export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: 'Stable; docs/faults.md lists all.' }),
    detail: z.string(),
    fault: z.enum(['retryable', 'user', 'operator', 'fatal']),
    traceId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem', {
    description: 'RFC 9457 problem. `fault` says who has to act: try again, correct the request, the operator, or us.',
    example: {
      type: 'urn:purser:problem:api.request.invalid',
      title: 'Bad Request',
      status: 400,
      code: 'api.request.invalid',
      detail: 'The request is not what this endpoint reads.',
      fault: 'user',
      traceId: 'trc_0192f0c1a2b3',
      errors: [{ path: 'text', message: 'Too small: expected string to have >=1 characters' }],
    },
  })

export const Instant = z.iso
  .datetime({ offset: true })
  .openapi({ description: 'ISO 8601', example: '2026-01-31T09:30:00.000Z' })
export const MoneySchema = z
  .strictObject({ amount: z.int(), currency: z.string().regex(/^[A-Z]{3}$/, 'three capital letters (ISO 4217)') })
  .openapi('Money', { description: 'Integer minor units.', example: { amount: 1299, currency: 'EUR' } })
export const page = (most: number) => ({
  cursor: z.string().min(1).max(500).optional().openapi({ description: 'nextCursor of the page before' }),
  limit: z.coerce.number().int().min(1).max(most).default(Math.min(50, most)),
})

/** A JSON body or response for `createRoute`. */
export const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } })

/** At most `points` requests in `seconds`, counted per caller (a session, a key, an operator, or an address). */
export type Limit = { points: number; seconds: number }

/** Generous for a person and for an ingestion job, tight for guessing. Settings may scale them. */
export const LIMITS: Record<Exclude<RateName, 'none'>, Limit> = {
  refused: { points: 600, seconds: 60 },
  sessions: { points: 600, seconds: 60 },
  shopper: { points: 1_200, seconds: 60 },
  messages: { points: 600, seconds: 60 },
  challenges: { points: 10, seconds: 600 },
  machine: { points: 120_000, seconds: 60 },
  operator: { points: 3_000, seconds: 60 },
}

const PROBLEMS: Record<number, string> = {
  400: 'The request is not what this endpoint reads; `errors` says where.',
  401: 'No valid token or key.',
  403: 'Not allowed for this caller.',
  404: 'Not there, or not yours.',
  408: 'The body came too slowly.',
  409: '`idempotency_mismatch`, or another conflict the description names.',
  410: 'It was erased.',
  412: 'Somebody changed it since it was read; read it again.',
  413: 'The body is over 1 MiB.',
  415: 'The body is not of a type this endpoint reads.',
  422: 'It can be read, but not taken as it is; `detail` says why.',
  428: 'Send the ETag that was read as If-Match.',
  500: 'A fault on our side; `traceId` finds it in the log.',
  503: 'Cannot be done right now; Retry-After says when to try again.',
}
const PROBLEM_CONTENT = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
const RETRY_AFTER = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' as const } } }

/** What the routes refer to instead of repeating it. */
export const PROBLEM_RESPONSES = Object.fromEntries(
  Object.entries(PROBLEMS).map(([status, description]) => [
    `Problem${status}`,
    { description, content: PROBLEM_CONTENT, ...(status === '503' ? { headers: RETRY_AFTER } : {}) },
  ]),
)

type Config = Omit<RouteConfig, 'security'> & { path: string; problems?: readonly number[] }

/** A route with its guard. Problems every guard of its kind can give are documented by themselves; `problems` names further ones. */
export function endpoint<const Route extends Config>(guard: Guard, { problems = [], ...config }: Route) {
  const statuses = [...new Set([...problemsOf(guard), ...problems])].sort()
  const headers = z.object({
    ...(config.request?.headers instanceof z.ZodObject ? config.request.headers.shape : {}),
    ...(guard.idempotent ? { 'idempotency-key': IdempotencyKey } : {}),
  })
  const route = createRoute({
    ...config,
    operationId: operationId(config.method, config.path),
    security: securityOf(guard),
    request: { ...config.request, ...(Object.keys(headers.shape).length > 0 ? { headers } : {}) },
    responses: {
      ...config.responses,
      ...Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }])),
      ...(guard.rate === 'none' ? {} : { 429: tooMany(LIMITS[guard.rate]) }),
    },
  } as unknown as Omit<Route, 'problems'> & { path: Route['path'] })
  // Not enumerable, as it is no part of the document that is generated from the route.
  return Object.defineProperty(route, 'guard', { enumerable: false, value: guard }) as typeof route & { guard: Guard }
}

const IdempotencyKey = z.string().min(1).max(255).optional().openapi({
  description:
    'The same key with the same request gives the first response again for 24 h; with another body 409 idempotency_mismatch.',
})

function tooMany({ points, seconds }: Limit) {
  return {
    description: `More than ${points} requests in ${seconds} s (by default); Retry-After says when to go on.`,
    content: PROBLEM_CONTENT,
    headers: RETRY_AFTER,
  }
}

/** `post /v1/conversations/{id}/messages` → `postConversationsIdMessages`. */
function operationId(method: string, path: string): string {
  const words = path.replace(/^\/v1/, '').split(/[^A-Za-z0-9]+/)
  return method + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
}

function problemsOf({ access, body, idempotent }: Guard): number[] {
  return [
    400,
    500,
    503,
    ...(access === 'public' ? [] : [401]),
    ...(typeof access === 'object' ? [403] : []),
    ...(body === 'none' ? [] : [408, 415]),
    ...(body === 'json' || body === 'optional_json' ? [413] : []),
    ...(idempotent ? [409] : []),
  ]
}

function securityOf({ access }: Guard): Record<string, string[]>[] {
  if (access === 'public') return []
  if (access === 'shopper') return [{ session: [] }]
  return 'role' in access
    ? [{ operator: [access.role] }, { console: [access.role] }, { key: [...(access.scopes ?? ['admin'])] }]
    : [{ key: [...access] }]
}
