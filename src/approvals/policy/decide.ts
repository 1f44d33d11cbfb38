import type { Counters, Judged, JudgedFacts } from '#domain/approvals/judgement.ts'
import type { Policy } from '#domain/approvals/policy.ts'
import type { Rule, Ruling } from '#domain/approvals/proposal.ts'
import type { Verdict } from '#domain/exceptions/action.ts'
import { ROLES, type Role } from '#domain/roles.ts'
import { added, amountFor, isAbove, sums } from './amounts.ts'
import { RULES } from './rules.ts'

const STRICTNESS: Record<Rule['decision'], number> = { auto: 0, wait: 0, approval: 1, escalate: 2, forbid: 3 }

/**
 * What becomes of a proposal: the strictest of what the type's own rules want and of every rule of the policy. Pure and total.
 * Raising an amount, taking evidence away, using up budgets never loosens it; every rule is asked, so their order decides only
 * which of equally strict ones is shown. `wait` stays `wait`, since nothing happens.
 */
export function decide(
  policy: { version: number; policy: Policy },
  judged: Judged,
  facts: JudgedFacts,
  counters: Counters,
): Ruling {
  const { role, fourEyes } = whoDecides(policy.policy, judged, counters)
  const fired: Rule[] = RULES.flatMap((rule) => rule({ policy: policy.policy, judged, facts, counters })).map(
    (found) => ({
      ...found,
      version: policy.version,
    }),
  )
  const strictest = fired.reduce<Rule | null>(
    (best, rule) => (best && STRICTNESS[best.decision] >= STRICTNESS[rule.decision] ? best : rule),
    null,
  )
  const rule: Rule = strictest ?? {
    id: judged.wants === 'wait' ? 'playbook.wait' : 'policy.allows',
    version: policy.version,
    text: judged.wants === 'wait' ? 'There is nothing to do yet.' : 'Within every limit of the policy.',
    decision: judged.wants === 'wait' ? 'wait' : 'auto',
    threshold: null,
    value: null,
  }
  return { verdict: judged.wants === 'wait' ? 'wait' : verdictOf(rule.decision), rule, fired, role, fourEyes }
}

/** Whether anything is at stake that no approval may let through. */
export function forbids(ruling: Ruling): Rule | null {
  return ruling.fired.find(({ decision }) => decision === 'forbid') ?? null
}

function verdictOf(decision: Rule['decision']): Verdict {
  return decision === 'forbid' ? 'escalate' : decision
}

/** Who may approve, by all the money that goes out on the order: halves of one refund count together. */
function whoDecides(policy: Policy, judged: Judged, counters: Counters): { role: Role; fourEyes: boolean } {
  const own = sums(judged.actions.map(({ money }) => money))
  const before = Object.values(counters.onOrder).reduce((all, kind) => added(all, kind), {})
  // What was spent before counts only where more is to be spent now.
  const total = Object.keys(own).length === 0 ? {} : added(own, before)
  const amounts = Object.entries(total)
  const step = policy.roles.find(
    ({ upTo }) => upTo === null || amounts.every(([currency, amount]) => !isAbove(amount, currency, upTo)),
  )
  const { fourEyesAbove } = policy
  return {
    role: step?.role ?? ROLES[ROLES.length - 1] ?? 'admin',
    fourEyes:
      fourEyesAbove !== null &&
      amounts.some(
        ([currency, amount]) => amountFor(fourEyesAbove, currency) !== null && isAbove(amount, currency, fourEyesAbove),
      ),
  }
}
