import { HTTPException } from 'hono/http-exception'
import { asFault, Fault } from '#domain/fault.ts'

/** Titles of the statuses we answer with. Source: RFC 9110, section 15. */
const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** Seconds a caller is asked to wait where nobody knew better. */
const RETRY_AFTER = 5

/** The problem+json body of a fault. Faults of our own making keep their details for the log. */
export function problemBody(fault: Fault, traceId: string) {
  return {
    ...fault.extra,
    type: `urn:purser:problem:${fault.code}`,
    title: TITLES[fault.status] ?? 'Error',
    status: fault.status,
    code: fault.code,
    detail:
      fault.kind === 'fatal' ? 'Something went wrong on our side. The trace id finds it in the log.' : fault.message,
    fault: fault.kind,
    traceId,
    ...(fault.errors ? { errors: fault.errors } : {}),
  }
}

/** The response to a fault, with Retry-After on 429 and 503. */
export function problemResponse(fault: Fault, traceId: string): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (fault.status === 429 || fault.status === 503)
    headers.set('retry-after', String(Math.max(1, Math.ceil(fault.retryAfter ?? RETRY_AFTER))))
  if (fault.status === 405) headers.set('allow', String(fault.extra?.allow))
  if (fault.status === 401) headers.set('www-authenticate', 'Bearer')
  return new Response(JSON.stringify(problemBody(fault, traceId)), { status: fault.status, headers })
}

/** Anything thrown in a request as a Fault: our own pass, Hono's keep their status, the rest is our bug. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof HTTPException)) return asFault(error)
  const code = HTTP_CODES[error.status] ?? 'api.request.invalid'
  return new Fault({
    kind: 'user',
    code,
    message: error.message || 'The request cannot be read.',
    status: error.status,
    cause: error,
  })
}

const HTTP_CODES: Record<number, string> = { 413: 'api.body.too_large', 415: 'api.body.media_type' }

/** A zod issue list as the contract's `errors`. */
export function invalidRequest(issues: readonly { path: PropertyKey[]; message: string }[], place: string): Fault {
  return new Fault({
    kind: 'user',
    code: 'api.request.invalid',
    message: 'The request is not what this endpoint reads.',
    status: 400,
    errors: issues.map(({ path, message }) => ({
      path: [...(place === 'json' ? [] : [place]), ...path.map(String)].join('.'),
      message,
    })),
  })
}
