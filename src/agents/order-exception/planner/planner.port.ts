import type { Action } from '#domain/exceptions/action.ts'
import type { Investigation } from '#domain/exceptions/facts.ts'
import type { Plan } from '../playbook.ts'

/** What a planner may say to a plan. */
export type Choice = {
  /** Position among the plan's ways: 0 is what the playbook prefers. */
  way: number
  /** Wording for messages to the customer, by position of the action in the way; other arguments cannot be set. */
  texts: Record<number, string>
  /** A summary for the approver, in place of the built-in one. */
  summary: string | null
}

/**
 * The place of a language model in a case: it chooses among the ways a playbook found and words messages. It adds no action,
 * changes no amount, and loosens no verdict; what it says beyond that is dropped. Null: nothing to say.
 */
export type Planner = {
  /** Kept with the trace, e.g. `builtin`. */
  name: string
  choose(
    about: { investigation: Investigation; plan: Plan; ways: Action[][] },
    signal: AbortSignal,
  ): Promise<Choice | null>
}
