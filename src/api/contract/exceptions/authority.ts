import { z } from '@hono/zod-openapi'
import { AUTONOMY_LEVELS } from '#domain/approvals/policy.ts'
import { endpoint, Instant, json } from '../endpoint.ts'
import { ActorSchema, ExceptionTypeSchema } from './case.ts'

const tags = ['Authority']
const read = { access: { role: 'viewer' }, body: 'none', rate: 'machine', idempotent: false } as const

const share = { compared: z.int(), agreed: z.int(), low: z.number(), high: z.number() }

const AutonomySchema = z
  .object({
    type: ExceptionTypeSchema,
    level: z.enum(AUTONOMY_LEVELS),
    since: Instant.nullable(),
    by: ActorSchema.nullable(),
    why: z.string().nullable(),
    evidence: z
      .object({
        decisions: z.int(),
        agreed: z.int(),
        lowerBound: z.number(),
        required: z.number(),
        needed: z.int(),
        mayPromote: z.boolean(),
        shadow: z.object({ ...share, actions: z.array(z.object({ kind: z.string(), ...share })) }).openapi({
          description:
            'At level `shadow`: how often what Purser would have done by itself was done. Counts with the decisions; limits one-sided 95 % (Wilson).',
        }),
      })
      .openapi({
        description: 'How often people approved unchanged; `lowerBound` is one-sided 95 % (Clopper–Pearson).',
      }),
  })
  .openapi('Autonomy')

export const listAutonomyRoute = endpoint(read, {
  method: 'get',
  path: '/v1/autonomy',
  tags,
  summary: 'How much is left to Purser, by exception type',
  responses: {
    200: {
      description: 'All types',
      content: json(z.object({ items: z.array(AutonomySchema) }).openapi('AutonomyList')),
    },
  },
})

export const setAutonomyRoute = endpoint(
  { access: { role: 'admin' }, body: 'json', rate: 'machine', idempotent: true },
  {
    method: 'put',
    path: '/v1/autonomy/{exceptionType}',
    tags,
    summary: 'Leave more or less to Purser',
    description: 'A step up needs the evidence: 409 `not_enough_evidence` with it. A step down needs none.',
    request: {
      params: z.object({ exceptionType: ExceptionTypeSchema }),
      body: {
        required: true,
        content: json(z.strictObject({ level: z.enum(AUTONOMY_LEVELS) }).openapi('AutonomyChange')),
      },
    },
    responses: { 200: { description: 'In force', content: json(AutonomySchema) } },
    problems: [409],
  },
)

const KillSwitchSchema = z
  .object({ scope: z.string(), on: z.boolean(), reason: z.string(), by: ActorSchema, at: Instant })
  .openapi('KillSwitch')

export const listKillSwitchesRoute = endpoint(read, {
  method: 'get',
  path: '/v1/kill-switch',
  tags,
  summary: 'What is stopped, by whom and why',
  responses: {
    200: {
      description: 'Every switch that was ever used',
      content: json(z.object({ items: z.array(KillSwitchSchema) }).openapi('KillSwitchList')),
    },
  },
})

export const killSwitchRoute = endpoint(
  { access: { role: 'approver' }, body: 'json', rate: 'machine', idempotent: true },
  {
    method: 'post',
    path: '/v1/kill-switch',
    tags,
    summary: 'Stop actions, or let them go again',
    description:
      'In force before this answers, also for what is queued. `scope`: `shop`, `action:KIND` or `type:TYPE`.',
    request: {
      body: {
        required: true,
        content: json(
          z
            .strictObject({ scope: z.string().max(100), on: z.boolean(), reason: z.string().trim().min(1).max(500) })
            .openapi('KillSwitchChange'),
        ),
      },
    },
    responses: { 200: { description: 'In force', content: json(KillSwitchSchema) } },
  },
)
