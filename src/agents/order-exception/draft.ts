import type { ProposalDraft, ProposedAction, ReliedOn } from '#domain/approvals/proposal.ts'
import type { Action } from '#domain/exceptions/action.ts'
import type { Investigation } from '#domain/exceptions/facts.ts'
import { Fault } from '#domain/fault.ts'
import type { CaseId, OrderId } from '#domain/ids.ts'
import { NO_CURRENCY } from '#domain/money.ts'
import type { Order } from '#domain/order.ts'
import type { ActionTools } from '#tools/action-tool.port.ts'
import { rememberCase } from './memory/remember-case.ts'
import { handedUp, type Plan } from './playbook.ts'
import { PLAYBOOKS } from './playbooks/all.ts'
import { evidenceOf } from './words/evidence.ts'
import { summaryOf } from './words/summary.ts'

/** What changes the case alone, in words. */
const CASE_EFFECTS = {
  wait: 'Look at the case again later.',
  escalate: 'A person takes the case.',
  close_exception: 'Close the case; nothing is changed outside.',
}

export type DraftOf = {
  caseId: CaseId
  order: OrderId
  investigation: Investigation
  plan: Plan
  summary: string | null
}

/**
 * A plan as policy and people see it: effects in words, money, facts with their age, and the state it relied on. A plan whose
 * arguments no tool takes (a record holds something odd) goes to a person instead.
 */
export function draftOf(tools: ActionTools, of: DraftOf): ProposalDraft {
  try {
    return drafted(tools, of)
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'tools.args.invalid') throw error
    const { cause, rule, why } = of.plan
    const plan = handedUp({ cause, rule, why: `${why} What it would take cannot be told to the shop's systems.` })
    return drafted(tools, { ...of, plan, summary: null })
  }
}

function drafted(tools: ActionTools, { caseId, order: id, investigation, plan, summary }: DraftOf): ProposalDraft {
  const order = investigation.facts.order?.outcome === 'known' ? investigation.facts.order.value : null
  const described = (actions: Action[]) => actions.map((action) => describeAction(tools, action, order))
  return {
    caseId,
    order: id,
    currency: order?.currency ?? NO_CURRENCY,
    orderTotal: order?.total ?? 0,
    customerId: order?.customer.id ?? null,
    cause: plan.cause,
    confidence: confidenceIn(plan),
    summary: summary ?? summaryOf(investigation, plan),
    evidence: evidenceOf(investigation),
    actions: described(plan.actions),
    alternatives: plan.alternatives.map((actions) => {
      const ways = described(actions)
      return { summary: ways.map(({ effect }) => effect).join(' '), actions: ways }
    }),
    reliedOn: reliedOn(investigation),
    wants: plan.verdict,
    lookAgainAt: plan.lookAgainAt,
    otherwise: PLAYBOOKS[investigation.exception.type].ifNothing,
    keywords: keywordsOf(investigation, order),
    remembered: rememberCase(investigation),
  }
}

/** One action in the words of its tool, arguments checked and completed. */
export function describeAction(tools: ActionTools, { kind, args }: Action, order: Order | null): ProposedAction {
  if (kind === 'wait' || kind === 'escalate' || kind === 'close_exception')
    return { kind, args, effect: CASE_EFFECTS[kind], reversible: true, money: null }
  const tool = tools[kind]
  const read = tool.readArgs(args)
  if (order === null) return { kind, args: read, effect: kind, reversible: tool.reversible, money: null }
  return {
    kind,
    args: read,
    effect: tool.effect(read, order),
    reversible: tool.reversible,
    money: tool.atStake(read, order),
  }
}

/** Rules over records are sure; someone's word is not, and gaps are least of all. */
function confidenceIn({ rule, cause }: Plan): number {
  if (rule === 'general.facts' || rule.endsWith('.0')) return 0.3
  return cause.includes('claim') || cause.includes('suspicious') ? 0.7 : 0.95
}

/** Each system once, with the version its facts had. A shelf's count moves with every order of the shop: what matters of it is read again before acting. */
export function reliedOn({ facts }: Investigation): ReliedOn[] {
  const seen = [facts.order, facts.parcels, facts.payment].flatMap((fact) =>
    fact?.outcome === 'known' && fact.version !== null ? [{ system: fact.source, version: fact.version }] : [],
  )
  return [...new Map(seen.map((relied) => [relied.system, relied])).values()]
}

function keywordsOf({ facts }: Investigation, order: Order | null): string[] {
  const parcels = facts.parcels?.outcome === 'known' ? facts.parcels.value : []
  const words = [
    ...(order?.lines ?? []).map(({ sku }) => sku),
    ...parcels.flatMap(({ carrier, tracking }) => [carrier, tracking]),
  ]
  return [...new Set(words)]
}
