import type { ActionRule, AutonomyLevel, Mode, Policy, TypeRule } from '#domain/approvals/policy.ts'
import { ACTION_KINDS, type ActionKind } from '#domain/exceptions/action.ts'
import { EXCEPTION_TYPES, type ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { ShopLimits } from '#domain/exceptions/limits.ts'

/** Limits of a shop that has not set its own. Minor units; small, so that a mistake stays small. */
export const CAREFUL_LIMITS: ShopLimits = {
  approvals: { refundAutoMax: 5_000, reshipAutoMax: 5_000, creditAutoMax: 1_000, addressChangeAutoMax: 15_000 },
  delay: { noticeDays: 2, creditPct: 10 },
  lostAfterDays: 10,
  addressMinConfidence: 0.9,
  payment: { retryMax: 3, cancelAfterDays: 7 },
  backorderMaxDays: 14,
  duplicateWindowMinutes: 60,
  claims: { escalateAtPriorClaims: 2 },
  priceMaxPct: 40,
  refundOverdueDays: 10,
}

/** Kinds a person always approves, whatever the amount: a refund that failed once, and prices. */
const ALWAYS_APPROVED: ActionKind[] = ['reissue_refund', 'correct_price']
/** Types in which a person always approves. Source: general rule G7 of docs/exceptions.md. */
const JUDGEMENT: ExceptionType[] = ['delivered_not_received_claim', 'fraud_hold']
/** What only informs or asks; a shop that lets Purser do anything lets it do these. */
const HARMLESS: ActionKind[] = [
  'notify_customer',
  'ask_customer',
  'request_address',
  'request_evidence',
  'request_payment_method',
  'open_carrier_trace',
  'file_carrier_claim',
  'chase_refund',
]

/**
 * A policy that says what `limits` say and nothing more: everything within them may go without a person, budgets and quiet hours
 * are off, nothing is delayed. What a shop that trusts its limits has, and what evaluations measure with.
 */
export function policyFromLimits(limits: ShopLimits): Policy {
  const { refundAutoMax, reshipAutoMax, creditAutoMax, addressChangeAutoMax } = limits.approvals
  const autoMax: Partial<Record<ActionKind, number>> = {
    refund: refundAutoMax,
    reissue_refund: refundAutoMax,
    reship: reshipAutoMax,
    credit: creditAutoMax,
    update_shipping_address: addressChangeAutoMax,
  }
  return {
    limits,
    actions: byKind((kind): ActionRule => {
      const most = autoMax[kind]
      return {
        mode: ALWAYS_APPROVED.includes(kind) ? 'approve' : 'auto',
        basis: kind === 'update_shipping_address' ? 'order_total' : 'money',
        autoMax: most === undefined ? null : { '*': most },
        neverAbove: null,
      }
    }),
    types: byType((type): TypeRule => ({ mode: modeOf(type), minConfidence: 0, actions: {} })),
    evidence: [],
    budgets: [],
    roles: [{ upTo: null, role: 'approver' }],
    fourEyesAbove: null,
    splitDays: 30,
    irreversibleAuto: [...ACTION_KINDS],
    quietHours: null,
    undo: { delaySeconds: 0, windowHours: 24 },
    proposals: { expireAfterMinutes: 24 * 60 },
    deadlines: {
      hours: { '*': 24, fraud_hold: 8, payment_hold: 12 },
      remindAt: 0.5,
      escalateAt: 0.8,
      fallback: 'nothing',
    },
    autonomy: {
      start: byType((): AutonomyLevel => 'auto'),
      promotion: { sample: 50, minAgreement: 0.9 },
      demoteAtErrors: 3,
    },
  }
}

/** What holds where a shop never set a policy: everything is proposed, a person decides, large sums take two, and there is a moment to call it off. */
export function carefulPolicy(limits: ShopLimits = CAREFUL_LIMITS): Policy {
  const plain = policyFromLimits(limits)
  return {
    ...plain,
    types: byType((type): TypeRule => ({ mode: modeOf(type), minConfidence: 0.8, actions: {} })),
    evidence: [{ kinds: 'money', source: '*', maxAgeMinutes: 60 }],
    budgets: [
      {
        per: 'customer',
        automatic: { amount: { '*': 10_000 }, count: 10 },
        total: { amount: null, count: 50 },
      },
      { per: 'type', automatic: { amount: { '*': 100_000 }, count: 200 }, total: { amount: null, count: null } },
      {
        per: 'shop',
        automatic: { amount: { '*': 300_000 }, count: 1_000 },
        total: { amount: { '*': 5_000_000 }, count: null },
      },
    ],
    roles: [
      { upTo: { '*': 50_000 }, role: 'approver' },
      { upTo: null, role: 'admin' },
    ],
    fourEyesAbove: { '*': 100_000 },
    irreversibleAuto: HARMLESS,
    undo: { delaySeconds: 30, windowHours: 24 },
    deadlines: { ...plain.deadlines, fallback: 'hold_order' },
    autonomy: { ...plain.autonomy, start: byType((): AutonomyLevel => 'suggest') },
  }
}

function modeOf(type: ExceptionType): Mode {
  return JUDGEMENT.includes(type) ? 'approve' : 'auto'
}

function byKind<Value>(of: (kind: ActionKind) => Value): Record<ActionKind, Value> {
  return Object.fromEntries(ACTION_KINDS.map((kind) => [kind, of(kind)])) as Record<ActionKind, Value>
}

function byType<Value>(of: (type: ExceptionType) => Value): Record<ExceptionType, Value> {
  return Object.fromEntries(EXCEPTION_TYPES.map((type) => [type, of(type)])) as Record<ExceptionType, Value>
}
