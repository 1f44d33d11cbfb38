import { z } from '@hono/zod-openapi'
import { ACTION_STATES, CASE_STATUSES } from '#domain/approvals/case.ts'
import { REJECTION_REASONS } from '#domain/approvals/proposal.ts'
import { ACTION_KINDS } from '#domain/exceptions/action.ts'
import { EXCEPTION_TYPES } from '#domain/exceptions/exception-type.ts'
import { ROLES } from '#domain/roles.ts'
import { Instant, MoneySchema } from '../endpoint.ts'

export const ExceptionTypeSchema = z.enum(EXCEPTION_TYPES)
export const CaseStatusSchema = z.enum(CASE_STATUSES)
export const CaseId = z.object({ id: z.string().min(1).max(100) })

export const ActorSchema = z
  .object({ id: z.string(), name: z.string(), role: z.enum(ROLES).nullable() })
  .openapi('Actor', { description: 'A person of the shop, a key, or Purser itself.' })

const ArgsSchema = z.record(z.string(), z.unknown())

/** An action as an operator writes it. */
export const ActionSchema = z
  .strictObject({ kind: z.enum(ACTION_KINDS), args: ArgsSchema.default({}) })
  .openapi('Action')

const ProposedActionSchema = z
  .object({
    kind: z.enum(ACTION_KINDS),
    args: ArgsSchema,
    effect: z.string().openapi({ description: 'What it does, in a sentence.' }),
    reversible: z.boolean(),
    money: MoneySchema.nullable(),
  })
  .openapi('ProposedAction')

export const RuleSchema = z
  .object({
    id: z.string(),
    version: z.int().openapi({ description: 'Of the policy.' }),
    text: z.string(),
    decision: z.enum(['auto', 'approval', 'escalate', 'wait', 'forbid']),
    threshold: z.string().nullable(),
    value: z.string().nullable().openapi({ description: 'What crossed the threshold.' }),
  })
  .openapi('Rule')

const EvidenceSchema = z
  .object({
    id: z.string(),
    source: z.string(),
    fact: z.string(),
    observedAt: Instant,
    url: z.string().optional(),
  })
  .openapi('Evidence')

export const ProposalSchema = z
  .object({
    hash: z.string().openapi({ description: 'Of exactly what is shown; an approval is bound to it.' }),
    revision: z.int(),
    state: z.string(),
    expiresAt: Instant,
    createdAt: Instant,
    actions: z.array(ProposedActionSchema),
    total: MoneySchema.nullable(),
    rule: RuleSchema.extend({ role: z.enum(ROLES), fourEyes: z.boolean() }),
    alternatives: z.array(z.object({ summary: z.string(), actions: z.array(ProposedActionSchema) })),
    otherwise: z.string().nullable().openapi({ description: 'What happens when nobody decides.' }),
    reliedOn: z.array(z.object({ system: z.string(), version: z.union([z.number(), z.string()]) })),
  })
  .openapi('Proposal')

const CaseActionSchema = z
  .object({
    id: z.string(),
    kind: z.enum(ACTION_KINDS),
    args: ArgsSchema,
    effect: z.string(),
    status: z.enum(ACTION_STATES),
    receipt: z.string().nullable(),
    why: z.string().nullable(),
    money: MoneySchema.nullable(),
    reversible: z.boolean(),
    undoableUntil: Instant.nullable(),
    undoOf: z.string().nullable(),
  })
  .openapi('CaseAction')

export const DecisionSchema = z
  .object({
    id: z.string(),
    decision: z.enum(['approve', 'edit', 'reject', 'escalate', 'ask']),
    hash: z.string(),
    by: ActorSchema,
    reasonCode: z.enum(REJECTION_REASONS).nullable(),
    note: z.string().nullable(),
    final: z.boolean().openapi({ description: 'False: the first approval of two.' }),
    at: Instant,
  })
  .openapi('Decision')

export const CaseRowSchema = z
  .object({
    id: z.string(),
    type: ExceptionTypeSchema,
    status: CaseStatusSchema,
    order: z.string(),
    incidentId: z.string().nullable(),
    source: z.string(),
    detail: z.string(),
    openedAt: Instant,
    changedAt: Instant,
    dueBy: Instant,
    lookAgainAt: Instant.nullable(),
    summary: z.string(),
    cause: z.string().nullable(),
    confidence: z.number().nullable(),
    atStake: MoneySchema.nullable(),
    reason: z.string().nullable().openapi({ description: 'Why it is escalated or failed, or how it was resolved.' }),
    priority: z
      .object({ score: z.number(), risk: z.number(), money: z.number(), age: z.number(), timeLeft: z.number() })
      .openapi({ description: 'Points; the list is ordered by their sum.' }),
  })
  .openapi('CaseRow')

export const CaseSchema = CaseRowSchema.extend({
  evidence: z.array(EvidenceSchema),
  proposal: ProposalSchema.nullable(),
  actions: z.array(CaseActionSchema),
  decisions: z.array(DecisionSchema),
}).openapi('Case')
