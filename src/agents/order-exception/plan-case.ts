import type { ActionKind } from '#domain/exceptions/action.ts'
import type { FactName, Investigation, Looked } from '#domain/exceptions/facts.ts'
import { Fault } from '#domain/fault.ts'
import type { Order, PaymentState } from '#domain/order.ts'
import { minutesApart, minutesLater, timeOf } from '#domain/time/calendar.ts'
import { contradictions } from './facts/soundness.ts'
import { type AnyPlaybook, handedUp, type Known, type Plan, waiting } from './playbook.ts'
import { PLAYBOOKS } from './playbooks/all.ts'
import { isCancelled } from './signs/money-so-far.ts'

/** A silent system is asked this often, at growing distances, before a person takes the case. */
const PATIENCE = 3
const FIRST_RETRY_MINUTES = 15
/** A waiting case whose rule knows no time is looked at daily. */
const LOOK_AGAIN_MINUTES = 24 * 60

/** Kinds that pay, send goods again or promise either; never proposed while a bank takes the money back. */
const PAYING: ReadonlySet<ActionKind> = new Set(['refund', 'credit', 'reship', 'reissue_refund'])

/**
 * What is to be done about a case, by its type's playbook. Total: silent or stale facts are waited for and then handed to a person,
 * missing and contradictory ones handed over at once. Throws Fault fatal `agents.playbook.forbidden_action` on a playbook's own bug.
 */
export function planCase(investigation: Investigation): Plan {
  const playbook = PLAYBOOKS[investigation.exception.type]
  return checked(playbook, lookAgain(investigation, planWith(playbook, investigation)))
}

function planWith(playbook: AnyPlaybook, investigation: Investigation): Plan {
  const { facts, now, askedAt = now, round } = investigation
  const needed = Object.entries(playbook.needs) as [FactName, { maxAgeMinutes: number }][]
  const gaps = needed.flatMap(([name, { maxAgeMinutes }]) => gapIn(name, facts[name], askedAt, maxAgeMinutes))
  if (gaps.length > 0) {
    const finding = { cause: 'facts_silent', rule: 'general.facts', why: gaps.join(' ') }
    if (round >= PATIENCE) return handedUp(finding)
    return { ...waiting(finding, null), lookAgainAt: minutesLater(now, FIRST_RETRY_MINUTES * 2 ** round) }
  }
  const order = knownValue(facts.order) as Order | null
  const wanted = (name: FactName) => knownValue(facts[name]) ?? (name === 'payment' ? unpaid(order) : null)
  const missing = needed.filter(([name]) => wanted(name) === null).map(([name]) => name)
  if (missing.length > 0)
    return handedUp({
      cause: 'facts_missing',
      rule: 'general.facts',
      why: `There is no ${missing.join(', no ')} on record.`,
    })

  const values = Object.fromEntries(needed.map(([name]) => [name, wanted(name)])) as Pick<Known, FactName>
  const known: Known = { ...investigation, ...values }
  const wrong = contradictions(known)
  if (wrong.length > 0) return handedUp({ cause: 'facts_contradictory', rule: 'general.facts', why: wrong.join(' ') })
  const plan = playbook.plan(known)
  if (known.payment?.disputed && plan.actions.some(({ kind }) => PAYING.has(kind)))
    return handedUp({ ...plan, cause: 'payment_disputed', why: `${plan.why} The bank is taking the money back.` })
  return plan
}

/** Why a fact does not count: nobody answered, or the answer is too old. */
function gapIn(name: FactName, fact: Looked<unknown> | undefined, now: string, maxAgeMinutes: number): string[] {
  if (fact === undefined) return [`Nobody was asked for ${name}.`]
  if (fact.outcome === 'silent') return [`${fact.source} did not answer (${fact.why}).`]
  const isFresh = minutesApart(fact.observedAt, now) <= maxAgeMinutes
  return isFresh ? [] : [`What ${fact.source} says of ${name} is from ${fact.observedAt}.`]
}

/** What a provider that knows of no payment says of a cancelled order: nothing was taken. Of any other order it says nothing. */
function unpaid(order: Order | null): PaymentState | null {
  if (order === null || !isCancelled(order)) return null
  const none = { authorized: 0, captured: 0, refunded: 0, refunding: 0, expiresAt: null, method: '' }
  return {
    status: 'voided',
    currency: order.currency,
    ...none,
    attempts: [],
    captures: [],
    refunds: [],
    disputed: false,
  }
}

const knownValue = (fact: Looked<unknown> | undefined) => (fact?.outcome === 'known' ? fact.value : null)

/** By our clock, which is the one that wakes a case: as long from now as the rule meant by the clock of the shop's systems. */
function lookAgain({ now, askedAt = now }: Investigation, plan: Plan): Plan {
  if (plan.verdict !== 'wait') return plan
  const isAhead = plan.lookAgainAt !== null && timeOf(plan.lookAgainAt) > timeOf(now)
  const minutes = isAhead ? (timeOf(plan.lookAgainAt ?? now) - timeOf(now)) / 60_000 : LOOK_AGAIN_MINUTES
  return { ...plan, lookAgainAt: minutesLater(askedAt, minutes) }
}

function checked(playbook: AnyPlaybook, plan: Plan): Plan {
  const proposed = [plan.actions, ...plan.alternatives].flat()
  const forbidden = proposed.find(({ kind }) => playbook.never.includes(kind))
  if (forbidden === undefined) return plan
  throw new Fault({
    kind: 'fatal',
    code: 'agents.playbook.forbidden_action',
    message: `The playbook of ${playbook.type} proposed ${forbidden.kind}, which it may not.`,
  })
}
