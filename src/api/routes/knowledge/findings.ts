import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ContentFindings } from '#ingest/findings/content-findings.port.ts'
import { type ApiEnv, shopOf, signalOf } from '../../caller.ts'
import { attributesRoute, findingsRoute } from '../../contract/knowledge/findings.ts'

/** GET /v1/knowledge/findings and /attributes: what is wrong with the content, and what its attributes are. */
export function knowledgeFindings(
  app: OpenAPIHono<ApiEnv>,
  findings: Pick<ContentFindings, 'list' | 'attributes'>,
): void {
  app.openapi(attributesRoute, async (context) => {
    const { source } = context.req.valid('query')
    const items = await findings.attributes(shopOf(context), source, signalOf(context))
    return context.json({ items, nextCursor: null }, 200)
  })

  app.openapi(findingsRoute, async (context) => {
    const { limit, cursor = null, source, kind } = context.req.valid('query')
    const page = { cursor, limit, ...(source ? { source } : {}), ...(kind ? { kind } : {}) }
    const { items, nextCursor, lookedAt, complete } = await findings.list(shopOf(context), page, signalOf(context))
    const body = items.map(({ foundAt, detail: _, ...finding }) => ({ ...finding, foundAt: foundAt.toISOString() }))
    return context.json({ items: body, nextCursor, lookedAt: lookedAt?.toISOString() ?? null, complete }, 200)
  })
}
