import type { ActionKind } from '#domain/exceptions/action.ts'
import type { Plan } from '../playbook.ts'
import type { Choice } from './planner.port.ts'

/** Messages whose wording is free. */
const WORDED: ReadonlySet<ActionKind> = new Set([
  'notify_customer',
  'ask_customer',
  'request_address',
  'request_evidence',
  'request_payment_method',
])
const TEXT_CHARACTERS = 2_000

/** A plan as a planner left it, and what of the choice was dropped, as codes. */
export type Admitted = { plan: Plan; summary: string | null; dropped: string[] }

/**
 * Takes from a choice what a planner may decide. Another way than the preferred one needs a person, and a plan that is handed up
 * or waits stays as it is. Pure.
 */
export function admitChoice(plan: Plan, choice: Choice | null): Admitted {
  if (choice === null) return { plan, summary: null, dropped: [] }
  const ways = [plan.actions, ...plan.alternatives]
  const isOpen = plan.verdict === 'auto' || plan.verdict === 'approval'
  const isKnown = Number.isInteger(choice.way) && choice.way >= 0 && choice.way < ways.length
  const way = isOpen && isKnown ? choice.way : 0
  const actions = (ways[way] ?? plan.actions).map((action, position) => {
    const text = choice.texts[position]
    return text && WORDED.has(action.kind)
      ? { ...action, args: { ...action.args, text: text.slice(0, TEXT_CHARACTERS) } }
      : action
  })
  const dropped = [
    ...(way === choice.way ? [] : ['way']),
    ...Object.keys(choice.texts).flatMap((position) =>
      WORDED.has(actions[Number(position)]?.kind ?? 'wait') ? [] : [`text.${position}`],
    ),
  ]
  const alternatives = ways.filter((_, index) => index !== way)
  const verdict = way === 0 ? plan.verdict : 'approval'
  return { plan: { ...plan, actions, alternatives, verdict }, summary: choice.summary, dropped }
}
