import type { JournalAction } from '#approvals/journal.port.ts'
import { canonicalJson } from '#domain/approvals/canonical-json.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import { minutesLater } from '#domain/time/calendar.ts'
import { handedUp, type Plan } from './playbook.ts'

/** What asks somebody for something: the case is not over until an answer comes. */
export const ASKING: ReadonlySet<ActionKind> = new Set([
  'ask_customer',
  'request_address',
  'request_evidence',
  'request_payment_method',
  'chase_refund',
  'retry_payment',
  'reissue_refund',
])
/** How long an answer is waited for before a person takes the case. */
export const ANSWER_MINUTES = 3 * 24 * 60

/**
 * The plan without what this case has done before: nothing is asked, sent or paid twice. Where nothing is left, an answer is waited
 * for once, and then a person takes the case. Pure.
 */
export function withoutRepeats(plan: Plan, done: JournalAction[], now: string): Plan {
  const before = done.filter(({ state, undoOf }) => state === 'succeeded' && undoOf === null)
  const isDone = (action: Plan['actions'][number]) =>
    action.kind !== 'close_exception' &&
    before.some(({ kind, args }) => kind === action.kind && isWithin(action.args, args))
  const left = plan.actions.filter((action) => !isDone(action))
  if (left.length === plan.actions.length || plan.verdict === 'wait' || plan.verdict === 'escalate') return plan
  const finding = { cause: plan.cause, rule: plan.rule, why: plan.why }
  const asked = before.filter(({ kind }) => ASKING.has(kind))
  const last = asked
    .map(({ notBefore }) => notBefore.toISOString())
    .sort()
    .at(-1)
  const isPatient = last !== undefined && minutesLater(last, ANSWER_MINUTES) > now
  if (left.length === 0 && isPatient)
    return {
      ...finding,
      verdict: 'wait',
      actions: [{ kind: 'wait', args: {} }],
      alternatives: [],
      why: `${plan.why} The answer to what was asked is waited for.`,
      lookAgainAt: minutesLater(last, ANSWER_MINUTES),
    }
  // Half of it was done in an earlier round and the rest is still asked for: that is nothing a rule foresaw.
  return handedUp({
    ...finding,
    why: `${plan.why} What the rule asks for was done before, and it did not end the case.`,
  })
}

/** Arguments a tool filled in besides do not make it another action. */
const isWithin = (some: Record<string, unknown>, all: Record<string, unknown>) =>
  Object.entries(some).every(([name, value]) => canonicalJson(all[name]) === canonicalJson(value))
