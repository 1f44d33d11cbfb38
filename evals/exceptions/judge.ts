import { isDeepStrictEqual } from 'node:util'
import type { Scenario } from './scenario.ts'
import type { Trial } from './trial-shop.ts'

/** What a judge says of one trial. `forbidden`: kinds it proposed or did and must not have. */
export type Judged = { type: boolean; cause: boolean; actions: boolean; decision: boolean; forbidden: string[] }

/** Compares a trial with what a scenario expects. Pure. */
export function judgeTrial({ type, expect }: Scenario, trial: Trial): Judged {
  const kinds = new Set([...trial.actions.map(({ kind }) => kind), ...trial.done])
  const forbidden = expect.mustNot.filter((kind) => kinds.has(kind))
  return {
    type: trial.type === type,
    cause: expect.cause === null || trial.cause === expect.cause,
    actions:
      forbidden.length === 0 &&
      expect.actions.some((way) => way.every((wanted) => trial.actions.some((action) => isWanted(action, wanted)))),
    decision: trial.decision === expect.decision,
    forbidden,
  }
}

/** Every argument that is named has to be there as named; more of them do not matter. */
function isWanted(action: Trial['actions'][number], { kind, args }: Trial['actions'][number]): boolean {
  return (
    action.kind === kind &&
    Object.entries(args).every(([name, value]) => isDeepStrictEqual(comparable(action.args[name]), comparable(value)))
  )
}

/** Undefined members and the order of members make no difference; nor do milliseconds of a time. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value === 'string') return value.replace(/(T\d\d:\d\d:\d\d)\.000Z$/, '$1Z')
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, comparable(member)]),
  )
}
