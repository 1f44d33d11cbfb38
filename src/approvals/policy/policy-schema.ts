import { z } from 'zod'
import { withRequests } from '#domain/approvals/older-policy.ts'
import { AUTONOMY_LEVELS, MODES, type Policy } from '#domain/approvals/policy.ts'
import { ACTION_KINDS } from '#domain/exceptions/action.ts'
import { EXCEPTION_TYPES } from '#domain/exceptions/exception-type.ts'
import { Fault } from '#domain/fault.ts'
import { ROLES } from '#domain/roles.ts'

const CURRENCY = /^([A-Z]{3}|\*)$/
const minor = z.int().min(0)
const amounts = z.record(z.string().regex(CURRENCY, 'a currency of three capitals, or *'), minor)
const share = z.number().min(0).max(1)
const kind = z.enum(ACTION_KINDS)
const type = z.enum(EXCEPTION_TYPES)
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time HH:MM')
const timeZone = z.string().refine(isTimeZone, 'an IANA time zone')
const days = z.number().min(0).max(3_650)
const budgetSide = z.strictObject({ amount: amounts.nullable(), count: minor.nullable() })

const limits = z.strictObject({
  approvals: z.strictObject({
    refundAutoMax: minor,
    reshipAutoMax: minor,
    creditAutoMax: minor,
    addressChangeAutoMax: minor,
  }),
  delay: z.strictObject({ noticeDays: days, creditPct: z.number().min(0).max(100) }),
  lostAfterDays: days,
  addressMinConfidence: share,
  payment: z.strictObject({ retryMax: z.int().min(0).max(100), cancelAfterDays: days }),
  backorderMaxDays: days,
  duplicateWindowMinutes: z.number().min(0).max(525_600),
  claims: z.strictObject({ escalateAtPriorClaims: z.int().min(0).max(1_000) }),
  priceMaxPct: z.number().min(0).max(1_000),
  refundOverdueDays: days,
})

const policySchema: z.ZodType<Policy> = z
  .strictObject({
    limits,
    actions: z.record(
      kind,
      z.strictObject({
        mode: z.enum(MODES),
        basis: z.enum(['money', 'order_total']),
        autoMax: amounts.nullable(),
        neverAbove: amounts.nullable(),
      }),
    ),
    types: z.record(
      type,
      z.strictObject({ mode: z.enum(MODES), minConfidence: share, actions: z.partialRecord(kind, z.enum(MODES)) }),
    ),
    evidence: z
      .array(
        z.strictObject({
          kinds: z.union([z.literal('money'), z.array(kind)]),
          source: z.string().min(1).max(100),
          maxAgeMinutes: z.number().min(0).max(525_600),
        }),
      )
      .max(100),
    budgets: z
      .array(z.strictObject({ per: z.enum(['customer', 'type', 'shop']), automatic: budgetSide, total: budgetSide }))
      .max(30),
    roles: z
      .array(z.strictObject({ upTo: amounts.nullable(), role: z.enum(ROLES) }))
      .min(1)
      .max(10)
      .refine((steps) => steps.at(-1)?.upTo === null, 'the last step has to cover any amount (upTo: null)'),
    fourEyesAbove: amounts.nullable(),
    splitDays: z.number().min(0).max(365),
    irreversibleAuto: z.array(kind),
    quietHours: z.strictObject({ timeZone, from: time, to: time, kinds: z.array(kind) }).nullable(),
    undo: z.strictObject({ delaySeconds: z.int().min(0).max(86_400), windowHours: z.number().min(0).max(8_760) }),
    proposals: z.strictObject({ expireAfterMinutes: z.int().min(1).max(43_200) }),
    deadlines: z.strictObject({
      hours: z.record(
        z.string().refine((name) => name === '*' || isType(name), 'an exception type, or *'),
        z.number().min(0.1).max(8_760),
      ),
      remindAt: share,
      escalateAt: share,
      fallback: z.enum(['hold_order', 'nothing']),
    }),
    autonomy: z.strictObject({
      start: z.record(type, z.enum(AUTONOMY_LEVELS)),
      promotion: z.strictObject({ sample: z.int().min(1).max(10_000), minAgreement: share }),
      demoteAtErrors: z.int().min(1).max(1_000),
    }),
  })
  .refine(({ deadlines }) => deadlines.remindAt <= deadlines.escalateAt, {
    path: ['deadlines', 'remindAt'],
    message: 'the reminder comes before the escalation',
  })

/**
 * Plain JSON as a policy. Every action kind and exception type has to be named, but for
 * customers' requests, which a person decides where nothing is said of them. Throws Fault user `approvals.policy.invalid` with what is wrong by path.
 */
export function readPolicy(input: unknown): Policy {
  const read = policySchema.safeParse(withRequests(input))
  if (read.success) return read.data
  throw new Fault({
    kind: 'user',
    code: 'approvals.policy.invalid',
    message: 'The policy cannot be read.',
    status: 400,
    errors: read.error.issues.slice(0, 50).map(({ path, message }) => ({ path: path.join('.'), message })),
  })
}

function isType(name: string): boolean {
  return (EXCEPTION_TYPES as readonly string[]).includes(name)
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
