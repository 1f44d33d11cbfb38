import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Audit } from '#approvals/audit.port.ts'
import type { Cases } from '#approvals/cases.port.ts'
import type { Journal } from '#approvals/journal.port.ts'
import type { AutonomyLevels, KillSwitches, Policies } from '#approvals/policy.port.ts'
import type { Proposals } from '#approvals/proposals.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { ApiEnv } from '../../caller.ts'
import { auditRoutes } from './audit.ts'
import { authorityRoutes } from './authority.ts'
import { caseRoutes } from './cases.ts'
import { decisionRoutes } from './decisions.ts'
import { policyRoutes } from './policy.ts'

export type ExceptionPorts = {
  cases: Cases
  proposals: Proposals
  journal: Journal
  policies: Policies
  autonomy: AutonomyLevels
  switches: KillSwitches
  audit: Audit
}

/** Everything about order exceptions: cases, decisions, policy, authority, audit. */
export function exceptionRoutes(app: OpenAPIHono<ApiEnv>, ports: ExceptionPorts, clock: Clock): void {
  caseRoutes(app, ports.cases)
  decisionRoutes(app, ports.proposals, ports.journal)
  policyRoutes(app, ports.policies)
  authorityRoutes(app, ports.autonomy, ports.switches)
  auditRoutes(app, ports.audit, ports.proposals, clock)
}
