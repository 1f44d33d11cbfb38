import type { Counters, Judged, JudgedFacts } from '#domain/approvals/judgement.ts'
import type { Amounts, Policy } from '#domain/approvals/policy.ts'
import type { Rule } from '#domain/approvals/proposal.ts'
import { type ActionKind, CASE_ONLY_KINDS } from '#domain/exceptions/action.ts'
import { added, amountFor, amountText, isAbove, isAmount, spentOn, sums } from './amounts.ts'
import { budgetRules } from './budget-rules.ts'

export type Asked = { policy: Policy; judged: Judged; facts: JudgedFacts; counters: Counters }
export type Found = Omit<Rule, 'version'>

/**
 * Every rule, each asked by itself. A rule only ever tightens: it says nothing, or what it holds at least. Their order is that of
 * showing: of equally strict ones the first, so those with a figure that was crossed come before general ones. Never throws.
 */
export const RULES: ((asked: Asked) => Found[])[] = [
  malformed,
  ceilings,
  budgetRules,
  limits,
  confidence,
  evidence,
  kinds,
  switches,
  playbook,
  irreversible,
  autonomy,
]

function found(
  id: string,
  decision: Found['decision'],
  text: string,
  threshold: string | null = null,
  value: string | null = null,
): Found {
  return { id, decision, text, threshold, value }
}

function malformed({ judged, facts }: Asked): Found[] {
  if (judged.actions.length === 0 && judged.wants !== 'wait')
    return [found('proposal.empty', 'escalate', 'Nothing is proposed, so a person takes the case.')]
  const odd =
    judged.actions.some(({ money }) => money !== null && !isAmount(money.amount)) ||
    !isAmount(facts.orderTotal.amount) ||
    !(judged.confidence >= 0 && judged.confidence <= 1) ||
    Number.isNaN(Date.parse(facts.now))
  return odd
    ? [found('proposal.malformed', 'forbid', 'An amount, a confidence or a time of the proposal is none.')]
    : []
}

function kinds(asked: Asked): Found[] {
  const { policy, judged } = asked
  const fallback = isFallback(asked)
  const type = policy.types[judged.type]
  const modes = [
    { id: `type.${judged.type}`, mode: type.mode, what: `exceptions of type ${judged.type}` },
    ...distinct(judged).flatMap((kind) => [
      { id: `action.${kind}`, mode: policy.actions[kind].mode, what: `the action ${kind}` },
      {
        id: `type.${judged.type}.${kind}`,
        mode: type.actions[kind] ?? 'auto',
        what: `the action ${kind} for ${judged.type}`,
      },
    ]),
  ]
  return modes.flatMap(({ id, mode, what }) => {
    if (mode === 'forbid') return [found(id, 'forbid', `The policy forbids ${what}.`, 'forbid')]
    if (mode === 'approve' && !fallback)
      return [found(id, 'approval', `The policy wants a person to approve ${what}.`, 'approve')]
    return []
  })
}

function playbook({ judged: { wants } }: Asked): Found[] {
  if (wants === 'approval')
    return [found('playbook.approval', 'approval', 'The rules of this exception want a person to approve.')]
  if (wants === 'escalate')
    return [found('playbook.escalate', 'escalate', 'The rules of this exception leave it to a person.')]
  return []
}

/** Nobody decided in time: what the policy names as the default is done, if it can be taken back and costs nothing. */
function isFallback({ policy, judged }: Asked): boolean {
  const { fallback } = policy.deadlines
  return (
    judged.fallback === true &&
    fallback !== 'nothing' &&
    judged.actions.every(({ kind, reversible, money }) => kind === fallback && reversible && money === null)
  )
}

function autonomy(asked: Asked): Found[] {
  const { policy, judged, counters } = asked
  const { type } = judged
  const level = counters.level ?? policy.autonomy.start[type]
  if (isFallback(asked)) return []
  const text = `Purser may do little of ${type} by itself: ${level}.`
  // What the world has solved needs nobody's word to be closed: nothing outside changes. In the shadow that is how a case ends.
  const changesCaseAlone = judged.actions.every(({ kind }) => CASE_ONLY_KINDS.has(kind))
  if (level === 'off' || (level === 'shadow' && !changesCaseAlone))
    return [found('autonomy', 'escalate', text, 'auto', level)]
  return level === 'auto' || changesCaseAlone ? [] : [found('autonomy', 'approval', text, 'auto', level)]
}

function switches({ judged, counters: { paused } }: Asked): Found[] {
  const scopes = ['shop', `type:${judged.type}`, ...distinct(judged).map((kind) => `action:${kind}`)]
  const on = paused.find((scope) => scopes.includes(scope))
  return on ? [found('switch', 'approval', 'A switch stops this; a person looks at it first.', 'off', on)] : []
}

function confidence(asked: Asked): Found[] {
  const { policy, judged } = asked
  const { minConfidence } = policy.types[judged.type]
  return judged.confidence >= minConfidence || isFallback(asked)
    ? []
    : [
        found(
          'confidence',
          'approval',
          'The cause is not certain enough.',
          String(minConfidence),
          String(judged.confidence),
        ),
      ]
}

function limits(asked: Asked): Found[] {
  return amounts(asked, 'autoMax').map(({ kind, limit, currency, amount }) =>
    found(
      `limit.${kind}`,
      'approval',
      `More than the policy lets go without a person for ${kind}.`,
      limitText(limit, currency),
      amountText(amount, currency),
    ),
  )
}

function ceilings(asked: Asked): Found[] {
  return amounts(asked, 'neverAbove').map(({ kind, limit, currency, amount }) =>
    found(
      `ceiling.${kind}`,
      'forbid',
      `More than may go out by ${kind} at all.`,
      limitText(limit, currency),
      amountText(amount, currency),
    ),
  )
}

/** Kinds whose sum on this order, what went out before included, is above the named limit. */
function amounts({ policy, judged, facts, counters }: Asked, name: 'autoMax' | 'neverAbove') {
  return distinct(judged).flatMap((kind) => {
    const { basis, [name]: limit } = policy.actions[kind]
    if (limit === null) return []
    const measured =
      basis === 'order_total'
        ? { [facts.orderTotal.currency]: facts.orderTotal.amount }
        : sums(judged.actions.filter((action) => action.kind === kind).map(({ money }) => money))
    const all =
      basis === 'order_total' || Object.keys(measured).length === 0
        ? measured
        : added(measured, spentOn(counters.onOrder, kind))
    return Object.entries(all)
      .filter(([currency, amount]) => isAbove(amount, currency, limit))
      .map(([currency, amount]) => ({ kind, limit, currency, amount }))
  })
}

function limitText(limit: Amounts, currency: string): string {
  const most = amountFor(limit, currency)
  return most === null ? `none in ${currency}` : amountText(most, currency)
}

function irreversible({ policy, judged }: Asked): Found[] {
  const kind = judged.actions.find(
    (action) =>
      !action.reversible && !CASE_ONLY_KINDS.has(action.kind) && !policy.irreversibleAuto.includes(action.kind),
  )?.kind
  return kind
    ? [
        found(
          `irreversible.${kind}`,
          'approval',
          `${kind} cannot be taken back, so a person decides.`,
          'reversible',
          kind,
        ),
      ]
    : []
}

function evidence({ policy, judged, facts }: Asked): Found[] {
  const now = Date.parse(facts.now)
  return policy.evidence.flatMap(({ kinds: of, source, maxAgeMinutes }) => {
    const concerned = judged.actions.some(({ kind, money }) => (of === 'money' ? money !== null : of.includes(kind)))
    if (!concerned) return []
    // A time from the future is no proof of freshness, and one that cannot be read none at all.
    const fresh = facts.evidence.some((fact) => {
      const age = now - Date.parse(fact.observedAt)
      return (source === '*' || fact.source === source) && age >= -MINUTE && age <= maxAgeMinutes * MINUTE
    })
    const text = `No fact from ${source === '*' ? 'any source' : source} is fresh enough.`
    return fresh ? [] : [found(`evidence.${source}`, 'approval', text, `${maxAgeMinutes} min`, 'missing or older')]
  })
}

const MINUTE = 60_000

function distinct({ actions }: Judged): ActionKind[] {
  return [...new Set(actions.map(({ kind }) => kind))]
}
