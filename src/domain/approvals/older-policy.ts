import type { ActionRule, TypeRule } from './policy.ts'

/**
 * A policy, also as plain JSON, that may be from before customers could ask for changes themselves: where it says nothing of such
 * cases a person decides them. Pure.
 */
export function withRequests<Input>(input: Input): Input {
  if (!isRecord(input)) return input
  const { actions, types, autonomy } = input
  const byPerson: ActionRule = { mode: 'approve', basis: 'money', autoMax: null, neverAbove: null }
  const careful: TypeRule = { mode: 'approve', minConfidence: 0, actions: {} }
  const start = isRecord(autonomy) && isRecord(autonomy.start) ? autonomy.start : null
  return {
    ...input,
    ...(isRecord(actions) ? { actions: { open_return: byPerson, ...actions } } : {}),
    ...(isRecord(types) ? { types: { customer_request: careful, ...types } } : {}),
    ...(isRecord(autonomy) && start
      ? { autonomy: { ...autonomy, start: { customer_request: 'suggest', ...start } } }
      : {}),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
