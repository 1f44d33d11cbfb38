import { actionTerms } from '#agents/order-exception/action-terms.ts'
import { factCheck } from '#agents/order-exception/fact-check.ts'
import { stillSo } from '#agents/order-exception/facts/still-so.ts'
import { orderExceptions } from '#agents/order-exception/order-exception.ts'
import { builtinPlanner } from '#agents/order-exception/planner/planner.builtin.ts'
import type { FactCheck } from '#approvals/fact-check.port.ts'
import type { Database } from '#db/database.ts'
import type { Checkpoints } from '#db/graph/checkpoints.postgres.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { ActionTools } from '#tools/action-tool.port.ts'
import type { CaseLookUps } from '#tools/case-look-ups.port.ts'
import { type Approvals, composeApprovals } from './approvals.ts'

/** Where the sandbox shop picks its orders. */
export const PLACES = { pickingLocation: 'DC-EAST' }

export type AgentParts = {
  database: Database
  checkpoints: Pick<Checkpoints, 'saver' | 'kept'>
  tools: ActionTools
  lookUps: CaseLookUps
  clock: Clock
  ids: Ids
  log: Log
}

/** Approvals and the agent that investigates and acts, which need each other: a decision reads the world again through the agent. */
export function composeAgent({ database, checkpoints, tools, lookUps, clock, ids, log }: AgentParts) {
  const later: { recheck?: FactCheck['recheck'] } = {}
  const facts: FactCheck = {
    recheck: (shop, caseId, signal) => {
      if (!later.recheck) throw new Error('nothing is decided before everything is composed')
      return later.recheck(shop, caseId, signal)
    },
  }
  const approvals: Approvals = composeApprovals({ database, facts, terms: actionTerms(tools, lookUps), clock, ids })
  const { cases, proposals, journal, policies } = approvals
  const investigators = { lookUps, policies, places: PLACES, clock }
  const look = stillSo(investigators, { cases, journal })
  later.recheck = factCheck({ proposals, stillSo: look, tools }).recheck
  const agent = orderExceptions({
    ...investigators,
    cases,
    proposals,
    journal,
    tools,
    planner: builtinPlanner(),
    checkpoints: checkpoints.saver,
    kept: checkpoints.kept,
    log,
  })
  return { ...approvals, agent }
}
