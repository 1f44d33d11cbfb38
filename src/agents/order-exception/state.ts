import { Annotation } from '@langchain/langgraph'
import type { Investigation, ReportedException } from '#domain/exceptions/facts.ts'
import type { CaseId, OrderId, ShopId } from '#domain/ids.ts'
import type { Progress } from './acting/carry-out.ts'
import type { Plan } from './playbook.ts'

/** What a case says of itself when it is taken up. */
export type Report = { order: OrderId; round: number; exception: ReportedException }

/**
 * What nodes hand on. It is checkpointed after each of them, so it is plain JSON; amounts are integers, times ISO 8601 UTC. Consent
 * and effects are not in it: those are what the decisions table and the journal say.
 */
export const CaseState = Annotation.Root({
  shop: Annotation<ShopId>(),
  caseId: Annotation<CaseId>(),
  /** Null: the case is resolved, there is nothing to do. */
  report: Annotation<Report | null>(),
  /** How many reports of the case were known when the world was read last. */
  seen: Annotation<number>(),
  investigation: Annotation<Investigation>(),
  plan: Annotation<Plan>(),
  summary: Annotation<string | null>(),
  /** What policy made of the plan; `none` when the case took no proposal. */
  verdict: Annotation<'auto' | 'approval' | 'escalate' | 'wait' | 'none'>(),
  standing: Annotation<Standing>(),
  progress: Annotation<Progress>(),
})
export type CaseState = typeof CaseState.State

/** `go`: released or approved, and the world as it was shown. `moved`: it is not that any more. `none`: nobody agreed. */
export type Standing = { outcome: 'go'; hash: string } | { outcome: 'moved' | 'none' }
