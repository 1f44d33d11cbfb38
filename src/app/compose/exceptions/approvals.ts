import { autonomyLevels, budgets, killSwitches } from '#approvals/autonomy.ts'
import { cases } from '#approvals/cases.ts'
import type { ActionTerms, FactCheck } from '#approvals/fact-check.port.ts'
import { journal } from '#approvals/journal.ts'
import { shopPolicies } from '#approvals/policies.ts'
import { proposals } from '#approvals/proposals.ts'
import { withShadows } from '#approvals/shadow.ts'
import { postgresAudit } from '#db/approvals/audit/audit.postgres.ts'
import { postgresCases } from '#db/approvals/cases/cases.postgres.ts'
import { postgresJournal } from '#db/approvals/journal/journal.postgres.ts'
import { postgresLockedCases } from '#db/approvals/locked/locked-case.postgres.ts'
import { postgresPolicies } from '#db/approvals/policy/policy.postgres.ts'
import { postgresShadows } from '#db/approvals/policy/shadow.postgres.ts'
import { postgresProposals } from '#db/approvals/proposals/proposals.postgres.ts'
import type { Database } from '#db/database.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'

export type ApprovalParts = { database: Database; facts: FactCheck; terms: ActionTerms; clock: Clock; ids: Ids }

/** Everything of `approvals` over PostgreSQL. `facts` reads the world again for a decision, `terms` says what an edited action would do. */
export function composeApprovals({ database, facts, terms, clock, ids }: ApprovalParts) {
  const store = postgresCases(database, clock, ids)
  const locked = postgresLockedCases(database, clock, ids)
  const policies = postgresPolicies(database, clock, ids)
  const shadows = postgresShadows(database, clock)
  const kept = postgresProposals(database)
  return {
    cases: cases(store, locked, policies, clock),
    proposals: withShadows(proposals({ locked, cases: store, store: kept, policies, facts, terms, ids }), {
      shadows,
      policies,
      store: kept,
    }),
    journal: journal(locked, postgresJournal(database), clock, ids),
    policies: shopPolicies(policies, clock),
    autonomy: autonomyLevels(policies, shadows),
    switches: killSwitches(policies),
    budgets: budgets(policies),
    audit: postgresAudit(database),
  }
}
export type Approvals = ReturnType<typeof composeApprovals>
