import type { Planner } from './planner.port.ts'

/** Without a model: the playbook's first way, in its own words. */
export function builtinPlanner(): Planner {
  return { name: 'builtin', choose: async () => null }
}
