import { z } from '@hono/zod-openapi'
import { endpoint, Instant, json, MoneySchema } from '../endpoint.ts'
import { ActorSchema, ExceptionTypeSchema } from './case.ts'

const tags = ['Policy']
const read = { access: { role: 'viewer' }, body: 'none', rate: 'machine', idempotent: false } as const
const write = { access: { role: 'admin' }, body: 'json', rate: 'machine', idempotent: true } as const

/** Checked in `approvals`, which has the paths of what is wrong. */
const PolicyBody = z.record(z.string(), z.unknown()).openapi('Policy', {
  description: 'Who decides what: limits, modes, budgets, roles, deadlines. docs/policy.md has every field.',
})
const VersionSchema = z
  .object({
    version: z.int(),
    by: ActorSchema,
    note: z.string().nullable(),
    at: Instant,
    rolledBackTo: z.int().nullable(),
  })
  .openapi('PolicyVersion')
const current = { 200: { description: 'In force; its ETag is the version', content: json(PolicyBody) } }
const Verdict = z.enum(['auto', 'approval', 'escalate', 'wait'])

export const getPolicyRoute = endpoint(read, {
  method: 'get',
  path: '/v1/policy',
  tags,
  summary: 'The policy in force',
  request: { query: z.strictObject({ version: z.coerce.number().int().min(0).optional() }) },
  responses: current,
  problems: [404],
})

export const putPolicyRoute = endpoint(write, {
  method: 'put',
  path: '/v1/policy',
  tags,
  summary: 'Put another policy in force',
  description:
    'Needs the ETag of the policy it was made from as If-Match: 428 without, 412 when it is no longer in force. What waits is judged by it at once.',
  request: {
    query: z.strictObject({ note: z.string().trim().min(1).max(500).optional() }),
    body: { required: true, content: json(PolicyBody) },
  },
  responses: current,
  problems: [412, 428],
})

export const policyVersionsRoute = endpoint(read, {
  method: 'get',
  path: '/v1/policy/versions',
  tags,
  summary: 'Who changed the policy when, newest first',
  responses: {
    200: {
      description: 'The newest hundred',
      content: json(z.object({ items: z.array(VersionSchema) }).openapi('PolicyVersions')),
    },
  },
})

export const rollBackPolicyRoute = endpoint(write, {
  method: 'post',
  path: '/v1/policy/rollback',
  tags,
  summary: 'Put an earlier version in force again, as a new one',
  request: {
    body: { required: true, content: json(z.strictObject({ version: z.int().min(0) }).openapi('PolicyRollback')) },
  },
  responses: { 200: { description: 'In force', content: json(VersionSchema) } },
  problems: [404],
})

export const replayPolicyRoute = endpoint(
  { ...write, access: { role: 'viewer' }, idempotent: false },
  {
    method: 'post',
    path: '/v1/policy/replay',
    tags,
    summary: 'What another policy would have decided',
    description: 'Judges the proposals of the last days on the inputs they had. Changes nothing.',
    request: {
      body: {
        required: true,
        content: json(
          z
            .strictObject({ policy: PolicyBody, days: z.int().min(1).max(365).default(30) })
            .openapi('PolicyReplayRequest'),
        ),
      },
    },
    responses: {
      200: {
        description: 'What would differ',
        content: json(
          z
            .object({
              days: z.int(),
              proposals: z.int(),
              changes: z.array(
                z.object({
                  caseId: z.string(),
                  type: ExceptionTypeSchema,
                  at: Instant,
                  from: z.object({ verdict: Verdict, rule: z.string() }),
                  to: z.object({ verdict: Verdict, rule: z.string() }),
                  money: MoneySchema.nullable(),
                  laterFoundWrong: z.boolean(),
                }),
              ),
              money: z.object({ released: z.array(MoneySchema), held: z.array(MoneySchema) }),
            })
            .openapi('PolicyReplay'),
        ),
      },
    },
  },
)
