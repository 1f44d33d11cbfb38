import type { CaseStore } from '#db/approvals/cases/cases.port.ts'
import type { LockedCases } from '#db/approvals/locked/locked-case.port.ts'
import type { PolicyStore } from '#db/approvals/policy/policy.port.ts'
import type { ProposalStore } from '#db/approvals/proposals/proposals.port.ts'
import type { DecisionRequest } from '#domain/approvals/proposal.ts'
import type { CaseId } from '#domain/ids.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { ActionTerms, FactCheck } from './fact-check.port.ts'
import { decide as rule } from './policy/decide.ts'
import { carefulPolicy } from './policy/default-policy.ts'
import { advance } from './proposals/deadlines.ts'
import { decide } from './proposals/decide.ts'
import { propose } from './proposals/propose.ts'
import { turns } from './proposals/turns.ts'
import type { Proposals } from './proposals.port.ts'

/** Decisions of one request that are worked on at once. */
const AT_ONCE = 4
/** Less time than anyone needs to read a proposal, ms. */
const READING_MS = 4_000

export type ProposalParts = {
  locked: LockedCases
  cases: CaseStore
  store: ProposalStore
  policies: PolicyStore
  facts: FactCheck
  terms: ActionTerms
  ids: Ids
}

/** Proposals over the store; the world is read through `facts`, edits through `terms`. */
export function proposals(parts: ProposalParts): Proposals {
  const { locked, store, policies, ids } = parts
  const turn = turns()
  const proposals: Proposals = {
    propose: (shop, draft, signal) => propose(locked, ids, shop, draft, signal),
    decide: (shop, id, request, by, signal) =>
      turn(`${shop}\n${id}`, signal, () => decide(parts, shop, id, request, by, signal)),
    async decideMany(shop, requests, by, signal) {
      const results: Awaited<ReturnType<Proposals['decideMany']>> = []
      const one = async ({ caseId, ...request }: { caseId: CaseId } & DecisionRequest) => {
        try {
          return { caseId, result: await proposals.decide(shop, caseId, request, by, signal) }
        } catch (fault) {
          signal.throwIfAborted()
          return { caseId, result: { outcome: 'fault' as const, fault } }
        }
      }
      for (let from = 0; from < requests.length; from += AT_ONCE)
        results.push(...(await Promise.all(requests.slice(from, from + AT_ONCE).map(one))))
      return results
    },
    standing: (shop, id, signal) => store.current(shop, id, signal),
    byHash: (shop, id, hash, signal) => store.byHash(shop, id, hash, signal),
    revisions: (shop, id, signal) => store.revisions(shop, id, signal),
    async deadlines(shop, now, limit, signal) {
      const { policy } = (await policies.current(shop, signal)) ?? { policy: carefulPolicy() }
      const { remindAt, escalateAt } = policy.deadlines
      return store.deadlines(shop, { now, remindAt, escalateAt, limit }, signal)
    },
    advance: (shop, proposal, step, signal) => advance(locked, shop, proposal, step, signal),
    async recompute(shop, id, signal) {
      const proposal = await store.byId(shop, id, signal)
      if (!proposal) return null
      const { ruling, inputs, policyVersion } = proposal
      const kept = policyVersion === 0 ? null : await policies.version(shop, policyVersion, signal)
      const policy = { version: policyVersion, policy: kept?.policy ?? carefulPolicy() }
      const again = rule(policy, inputs.judged, inputs.facts, inputs.counters)
      const [stored, verdict] = [ruling.verdict, again.verdict]
      const [storedRule, ruleNow] = [ruling.rule.id, again.rule.id]
      return { same: stored === verdict && storedRule === ruleNow, stored, storedRule, verdict, rule: ruleNow }
    },
    rejected: (shop, since, limit, signal) => store.rejected(shop, since, limit, signal),
    reviewers: (shop, since, signal) => store.reviewers(shop, since, READING_MS, signal),
  }
  return proposals
}
