import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json, MoneySchema, page } from '../endpoint.ts'
import { ActorSchema, CaseId, CaseRowSchema, CaseSchema, CaseStatusSchema, ExceptionTypeSchema } from './case.ts'

const tags = ['Order exceptions']
const read = { access: { role: 'viewer' }, body: 'none', rate: 'machine', idempotent: false } as const
const listed = <Schema extends z.ZodType>(schema: Schema, name: string) => ({
  200: {
    description: 'A page',
    content: json(z.object({ items: z.array(schema), nextCursor: z.string().nullable() }).openapi(name)),
  },
})

export const reportExceptionRoute = endpoint(
  { access: { role: 'agent', scopes: ['events'] }, body: 'json', rate: 'machine', idempotent: true },
  {
    method: 'post',
    path: '/v1/exceptions',
    tags,
    summary: 'Report that something is wrong with an order',
    description:
      'One open case per order and type: a report of what is known already joins it. Without `type` it is told from `detail`; 422 `type_unclear` when it cannot be. What lets something happen without an approver has to come from the system that knows it: of `data`, a person may give `shipmentId`, `trackingNumber`, `tracking`, `sku`, `refundId` and `photos`; 422 `data_unproven` names the rest, which take a key with scope `events` or `admin`.',
    request: {
      body: {
        required: true,
        content: json(
          z
            .strictObject({
              orderId: z.string().trim().min(1).max(100),
              type: ExceptionTypeSchema.optional(),
              source: z.string().trim().min(1).max(100),
              detail: z.string().trim().max(4_000),
              data: z.record(z.string(), z.unknown()).optional().openapi({
                description:
                  'What the reporting system measured, e.g. a suggested address; see above for what a person may give.',
              }),
            })
            .openapi('ExceptionReport'),
        ),
      },
    },
    responses: {
      202: {
        description: 'It is looked into',
        content: json(
          z.object({ caseId: z.string(), outcome: z.enum(['opened', 'joined']) }).openapi('ExceptionAccepted'),
        ),
      },
    },
    problems: [422],
  },
)

export const listCasesRoute = endpoint(read, {
  method: 'get',
  path: '/v1/cases',
  tags,
  summary: 'Exceptions of orders',
  description: 'By default all open ones, the most pressing first.',
  request: {
    query: z.strictObject({
      ...page(200),
      status: z
        .union([
          z.enum(['open', 'all']),
          z
            .string()
            .max(200)
            .transform((text) => text.split(','))
            .pipe(z.array(CaseStatusSchema)),
        ])
        .default('open')
        .openapi({ type: 'string', description: 'One or several, separated by commas; `open`; `all`.' }),
      type: ExceptionTypeSchema.optional(),
      incident: z.string().max(100).optional(),
      q: z
        .string()
        .trim()
        .max(200)
        .optional()
        .openapi({ description: 'Order, SKU, carrier, tracking number, rule or person.' }),
      overdue: z.stringbool().optional().openapi({ type: 'boolean' }),
      sort: z.enum(['priority', 'age', 'due', 'money', 'risk', 'changed']).default('priority'),
    }),
  },
  responses: listed(CaseRowSchema, 'CasePage'),
})

export const getCaseRoute = endpoint(read, {
  method: 'get',
  path: '/v1/cases/{id}',
  tags,
  summary: 'One case: facts, proposal, actions, decisions',
  request: { params: CaseId },
  responses: { 200: { description: 'As it is now', content: json(CaseSchema) } },
  problems: [404],
})

export const caseTimelineRoute = endpoint(read, {
  method: 'get',
  path: '/v1/cases/{id}/timeline',
  tags,
  summary: 'What happened to a case, oldest first',
  request: { params: CaseId },
  responses: {
    200: {
      description: 'All of it',
      content: json(
        z
          .object({
            items: z.array(
              z.object({ at: Instant, what: z.string(), by: ActorSchema, details: z.record(z.string(), z.unknown()) }),
            ),
          })
          .openapi('CaseTimeline'),
      ),
    },
  },
  problems: [404],
})

export const listIncidentsRoute = endpoint(read, {
  method: 'get',
  path: '/v1/incidents',
  tags,
  summary: 'Open cases of one cause, together',
  request: { query: z.strictObject({ ...page(200), open: z.stringbool().default(true).openapi({ type: 'boolean' }) }) },
  responses: listed(
    z
      .object({
        id: z.string(),
        key: z.string(),
        reason: z.string(),
        openedAt: Instant,
        cases: z.int(),
        openCases: z.int(),
        atStake: z.array(MoneySchema),
      })
      .openapi('Incident'),
    'IncidentPage',
  ),
})
