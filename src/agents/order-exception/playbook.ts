import type { Action, ActionKind, Verdict } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { FactName, FactValues, Investigation } from '#domain/exceptions/facts.ts'

/** A case whose needed facts are all there, fresh and free of contradictions. Times are ISO 8601 UTC. */
export type Known<Names extends FactName = FactName> = Pick<
  Investigation,
  'exception' | 'limits' | 'places' | 'now'
> & { [Name in Names]: NonNullable<FactValues[Name]> }

/**
 * What a playbook makes of a case. `verdict` is what the type's own rules demand: policy may only tighten it. Proposals of
 * `escalate` and `wait` move no money, stock or holds.
 */
export type Plan = {
  /** One code of docs/exceptions.md. */
  cause: string
  /** The rule that decided, as `type.number`. */
  rule: string
  verdict: Verdict
  actions: Action[]
  /** What a person may choose instead; a list of actions each. */
  alternatives: Action[][]
  /** One or two sentences with the figures the rule went by, for the approver. */
  why: string
  /** When to look again, ISO 8601; null when only an event or a person changes anything. */
  lookAgainAt: string | null
}

/** Data and rules of one exception type. `plan` is pure and total; needs are ages in minutes up to which a fact counts. */
export type Playbook<Names extends FactName> = {
  type: ExceptionType
  needs: { [Name in Names]: { maxAgeMinutes: number } }
  /** Kinds no rule of this type may ever ask for. Releasing the hold the case itself placed is the engine's, see own-hold.ts. */
  never: readonly ActionKind[]
  /** What happens if nobody does anything, for the approver. */
  ifNothing: string
  plan(known: Known<Names>): Plan
}

/** A playbook whose needs are not known at compile time. */
export type AnyPlaybook = Omit<Playbook<FactName>, 'needs'> & {
  needs: { [Name in FactName]?: { maxAgeMinutes: number } }
}

/** What every plan says of itself. */
type Finding = { cause: string; rule: string; why: string }

/** Nothing is left to do: the case ends, and no money moves. */
export function settled(finding: Finding): Plan {
  return { ...finding, verdict: 'auto', actions: [action('close_exception')], alternatives: [], lookAgainAt: null }
}

/** Nothing to do but to look again; `until` is shown and kept, when the rule knows a time. */
export function waiting(finding: Finding, until: string | null, alternatives: Action[][] = []): Plan {
  const args = until === null ? {} : { until }
  return { ...finding, verdict: 'wait', actions: [action('wait', args)], alternatives, lookAgainAt: until }
}

/** A person takes the case; nothing that moves money, stock or holds is proposed. */
export function handedUp(finding: Finding): Plan {
  return { ...finding, verdict: 'escalate', actions: [action('escalate')], alternatives: [], lookAgainAt: null }
}

/** May be done at once while `withinLimits`, else once a person has approved. */
export function proposed(finding: Finding, actions: Action[], withinLimits: boolean): Plan {
  const verdict = withinLimits ? 'auto' : 'approval'
  return { ...finding, verdict, actions, alternatives: [], lookAgainAt: null }
}

/** Always a person's decision, however small. */
export function forApproval(finding: Finding, actions: Action[], alternatives: Action[][] = []): Plan {
  return { ...finding, verdict: 'approval', actions, alternatives, lookAgainAt: null }
}

export function action(kind: ActionKind, args: Record<string, unknown> = {}): Action {
  return { kind, args }
}
