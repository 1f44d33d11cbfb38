import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import { PROBLEM_RESPONSES, ProblemSchema } from './contract/endpoint.ts'
import { ENDPOINTS } from './contract/endpoints.ts'
import { CONSOLE_COOKIE } from './operator-sign-in.ts'

export type OpenApiDocument = ReturnType<typeof generate>

const DESCRIPTION = `Errors are RFC 9457 problems (application/problem+json) with a stable code and a trace id; every response has X-Trace-Id.
Writes accept Idempotency-Key where it is listed: the response is kept for 24 h, and the same key with another body is 409 idempotency_mismatch.
Lists are {items, nextCursor}. JSON bodies are limited to 1 MiB. Unknown request fields are refused; responses may gain fields.
Times are ISO 8601 UTC, money is integer minor units with a currency, ids are opaque.`

let made: OpenApiDocument | null = null

/** The contract as OpenAPI 3.1, made from the same schemas that validate requests. The same object every time. */
export function openApiDocument(): OpenApiDocument {
  made ??= generate()
  return made
}

function generate() {
  const app = new OpenAPIHono()
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'http',
    scheme: 'bearer',
    description: 'Token of a shopper session, from POST /v1/sessions.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'API key sk_… with a scope that is listed, or admin.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'operator', {
    type: 'http',
    scheme: 'bearer',
    description:
      'Token ot_… of an operator, from POST /v1/operator-sessions with `token`; at least the role that is listed (viewer < agent < approver < admin).',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'console', {
    type: 'apiKey',
    in: 'cookie',
    name: CONSOLE_COOKIE,
    description:
      'The same as a cookie for the console, from POST /v1/operator-sessions. Requests that change something need an Origin of our own.',
  })
  app.openAPIRegistry.register('Problem', ProblemSchema)
  for (const [name, response] of Object.entries(PROBLEM_RESPONSES))
    app.openAPIRegistry.registerComponent('responses', name, response)
  for (const route of ENDPOINTS) app.openAPIRegistry.registerPath(route as RouteConfig)
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Purser',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/' }],
    tags: [
      'Shoppers',
      'Knowledge',
      'Events',
      'Order exceptions',
      'Policy',
      'Authority',
      'Audit',
      'Desk',
      'Operations',
      'Pages',
      'System',
    ].map((name) => ({ name })),
  })
}
