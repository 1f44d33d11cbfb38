import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Audit } from '#approvals/audit.port.ts'
import type { Proposals } from '#approvals/proposals.port.ts'
import type { CaseId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type ApiEnv, notFound, shopOf, signalOf } from '../../caller.ts'
import {
  listAuditRoute,
  recomputeRoute,
  rejectionsRoute,
  reviewersRoute,
  verifyAuditRoute,
} from '../../contract/exceptions/audit.ts'
import { proposalBody } from './case-body.ts'

const DAY_MS = 86_400_000

/** /v1/audit and what can be checked or learnt from decisions. */
export function auditRoutes(
  app: OpenAPIHono<ApiEnv>,
  audit: Audit,
  proposals: Pick<Proposals, 'standing' | 'recompute' | 'rejected' | 'reviewers'>,
  clock: Clock,
): void {
  const since = (days: number) => new Date(clock.now().getTime() - days * DAY_MS)

  app.openapi(listAuditRoute, async (context) => {
    const { case: caseId, what = null, by = null, from, to, cursor = null, limit } = context.req.valid('query')
    const page = {
      what,
      by,
      cursor,
      limit,
      caseId: (caseId ?? null) as CaseId | null,
      from: dateOf(from),
      to: dateOf(to),
    }
    const { items, nextCursor } = await audit.entries(shopOf(context), page, signalOf(context))
    return context.json(
      { items: items.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() })), nextCursor },
      200,
    )
  })

  app.openapi(verifyAuditRoute, async (context) => {
    return context.json(await audit.verify(shopOf(context), signalOf(context)), 200)
  })

  app.openapi(recomputeRoute, async (context) => {
    const { id } = context.req.valid('param')
    const standing = await proposals.standing(shopOf(context), id as CaseId, signalOf(context))
    const again = standing && (await proposals.recompute(shopOf(context), standing.id, signalOf(context)))
    if (!again) throw notFound('proposal')
    const { same, stored, storedRule, verdict, rule } = again
    return context.json({ same, stored: { verdict: stored, rule: storedRule }, recomputed: { verdict, rule } }, 200)
  })

  app.openapi(rejectionsRoute, async (context) => {
    const { days, limit } = context.req.valid('query')
    const rejected = await proposals.rejected(shopOf(context), since(days), limit, signalOf(context))
    const items = rejected.map(({ proposal, at, ...why }) => ({
      ...why,
      caseId: proposal.caseId,
      cause: proposal.cause,
      proposal: proposalBody(proposal),
      at: at.toISOString(),
    }))
    return context.json({ items }, 200)
  })

  app.openapi(reviewersRoute, async (context) => {
    const { days } = context.req.valid('query')
    return context.json({ items: await proposals.reviewers(shopOf(context), since(days), signalOf(context)) }, 200)
  })
}

function dateOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text)
}
