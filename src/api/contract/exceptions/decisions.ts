import { z } from '@hono/zod-openapi'
import { REJECTION_REASONS } from '#domain/approvals/proposal.ts'
import { endpoint, json } from '../endpoint.ts'
import { ActionSchema, CaseId, CaseSchema } from './case.ts'

const tags = ['Order exceptions']
/** A page of the list at most. */
const MOST_AT_ONCE = 200

const DecisionFields = {
  decision: z.enum(['approve', 'edit', 'reject', 'escalate', 'ask']).openapi({
    description:
      '`edit` approves another form; `reject` needs a reasonCode; `ask` sends the case back with a question.',
  }),
  proposalHash: z.string().min(1).max(128),
  edits: z.strictObject({ actions: z.array(ActionSchema).min(1).max(20) }).optional(),
  reasonCode: z.enum(REJECTION_REASONS).optional(),
  note: z.string().trim().min(1).max(2_000).optional(),
  tookMs: z.int().min(0).max(86_400_000).optional().openapi({ description: 'From showing to deciding.' }),
  evidenceOpened: z.int().min(0).max(1_000).optional(),
}
const Complete = (request: { decision: string; edits?: unknown }) =>
  (request.decision === 'edit') === (request.edits !== undefined)
const EDITS = { path: ['edits'], message: 'belong to the decision `edit`, and to no other' }

export const decideCaseRoute = endpoint(
  { access: { role: 'agent' }, body: 'json', rate: 'machine', idempotent: true },
  {
    method: 'post',
    path: '/v1/cases/{id}/decision',
    tags,
    summary: 'Decide about exactly what was shown',
    description:
      'Works once. 409 `stale_proposal` with the `proposal` that stands now; 409 `already_decided`; 409 `expired_proposal`; 403 `role_required` or `four_eyes`; 422 `reason_required`, `edit_refused`, `forbidden`.',
    request: {
      params: CaseId,
      body: {
        required: true,
        content: json(z.strictObject(DecisionFields).refine(Complete, EDITS).openapi('DecisionRequest')),
      },
    },
    responses: { 200: { description: 'Decided', content: json(CaseSchema) } },
    problems: [403, 404, 409, 422],
  },
)

export const decideManyRoute = endpoint(
  { access: { role: 'agent' }, body: 'json', rate: 'machine', idempotent: true },
  {
    method: 'post',
    path: '/v1/decisions',
    tags,
    summary: 'Decide about several cases, each by itself',
    request: {
      body: {
        required: true,
        content: json(
          z
            .strictObject({
              decisions: z
                .array(
                  z.strictObject({ caseId: z.string().min(1).max(100), ...DecisionFields }).refine(Complete, EDITS),
                )
                .min(1)
                .max(MOST_AT_ONCE),
            })
            .openapi('DecisionBatch'),
        ),
      },
    },
    responses: {
      200: {
        description: 'A result each, in the order they were sent',
        content: json(
          z
            .object({
              results: z.array(
                z.object({
                  caseId: z.string(),
                  status: z.int().openapi({ description: 'What the single request would have answered.' }),
                  code: z.string().nullable(),
                  detail: z.string().nullable(),
                }),
              ),
            })
            .openapi('DecisionResults'),
        ),
      },
    },
  },
)

export const undoActionRoute = endpoint(
  { access: { role: 'approver' }, body: 'none', rate: 'machine', idempotent: true },
  {
    method: 'post',
    path: '/v1/actions/{id}/undo',
    tags,
    summary: 'Call an action off, or take it back',
    description: '409 `not_reversible`: `why` says the reason.',
    request: { params: CaseId },
    responses: {
      202: {
        description: '`cancelled`: it had not left. `undoing`: an action that takes it back is on its way.',
        content: json(
          z
            .object({ outcome: z.enum(['cancelled', 'undoing', 'already_undone']), actionId: z.string() })
            .openapi('Undo'),
        ),
      },
    },
    problems: [404, 409],
  },
)
