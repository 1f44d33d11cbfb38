import { z } from '@hono/zod-openapi'
import { REJECTION_REASONS } from '#domain/approvals/proposal.ts'
import { endpoint, Instant, json, page } from '../endpoint.ts'
import { ActorSchema, CaseId, ExceptionTypeSchema, ProposalSchema } from './case.ts'

const tags = ['Audit']
const read = { access: { role: 'viewer' }, body: 'none', rate: 'machine', idempotent: false } as const

export const listAuditRoute = endpoint(read, {
  method: 'get',
  path: '/v1/audit',
  tags,
  summary: 'What was done and by whom, newest first',
  request: {
    query: z.strictObject({
      ...page(500),
      case: z.string().max(100).optional(),
      what: z.string().max(100).optional(),
      by: z.string().max(100).optional(),
      from: Instant.optional(),
      to: Instant.optional(),
    }),
  },
  responses: {
    200: {
      description: 'A page',
      content: json(
        z
          .object({
            items: z.array(
              z
                .object({
                  seq: z.int(),
                  at: Instant,
                  by: ActorSchema,
                  what: z.string(),
                  subject: z.string(),
                  caseId: z.string().nullable(),
                  details: z.record(z.string(), z.unknown()),
                  previous: z.string(),
                  hash: z.string(),
                })
                .openapi('AuditEntry'),
            ),
            nextCursor: z.string().nullable(),
          })
          .openapi('AuditPage'),
      ),
    },
  },
})

export const verifyAuditRoute = endpoint(read, {
  method: 'get',
  path: '/v1/audit/verify',
  tags,
  summary: 'Whether the chain of audit entries is whole',
  responses: {
    200: {
      description: 'Every hash was computed again',
      content: json(
        z
          .object({
            ok: z.boolean(),
            entries: z.int(),
            firstBroken: z.object({ seq: z.int(), why: z.enum(['changed', 'missing', 'moved', 'head']) }).nullable(),
            head: z
              .object({ seq: z.int(), hash: z.string() })
              .openapi({ description: 'Kept elsewhere it proves that nothing was cut off.' }),
          })
          .openapi('AuditVerdict'),
      ),
    },
  },
})

export const recomputeRoute = endpoint(read, {
  method: 'get',
  path: '/v1/cases/{id}/recomputed',
  tags,
  summary: 'The decision about the case’s newest proposal, computed again from its stored inputs',
  request: { params: CaseId },
  responses: {
    200: {
      description: 'Beside what was decided then',
      content: json(
        z
          .object({
            same: z.boolean(),
            stored: z.object({ verdict: z.string(), rule: z.string() }),
            recomputed: z.object({ verdict: z.string(), rule: z.string() }),
          })
          .openapi('Recomputed'),
      ),
    },
  },
  problems: [404],
})

export const rejectionsRoute = endpoint(read, {
  method: 'get',
  path: '/v1/rejections',
  tags,
  summary: 'Rejected proposals with their reasons: cases to learn from',
  request: {
    query: z.strictObject({
      days: z.coerce.number().int().min(1).max(365).default(30),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
  },
  responses: {
    200: {
      description: 'Newest first',
      content: json(
        z
          .object({
            items: z.array(
              z.object({
                caseId: z.string(),
                type: ExceptionTypeSchema,
                cause: z.string(),
                proposal: ProposalSchema,
                reasonCode: z.enum(REJECTION_REASONS),
                note: z.string().nullable(),
                by: ActorSchema,
                at: Instant,
                remembered: z.looseObject({}).nullable().openapi({
                  description: 'The case as it was looked at, without anybody in it: a scenario to learn from.',
                }),
              }),
            ),
          })
          .openapi('Rejections'),
      ),
    },
  },
})

export const reviewersRoute = endpoint(read, {
  method: 'get',
  path: '/v1/reviewers',
  tags,
  summary: 'Who decides how: for a second look at approvals that are too quick',
  request: { query: z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(30) }) },
  responses: {
    200: {
      description: 'Each who decided',
      content: json(
        z
          .object({
            items: z.array(
              z.object({
                by: z.object({ id: z.string(), name: z.string() }),
                decisions: z.int(),
                approvals: z.int(),
                streak: z.int(),
                medianMs: z.number().nullable(),
                unread: z.int().openapi({ description: 'Faster than anybody reads, with no fact opened.' }),
              }),
            ),
          })
          .openapi('Reviewers'),
      ),
    },
  },
})
