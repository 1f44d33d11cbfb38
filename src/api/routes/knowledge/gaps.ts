import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Gaps } from '#support/gaps/gaps.port.ts'
import { type ApiEnv, shopOf, signalOf } from '../../caller.ts'
import { gapsRoute } from '../../contract/knowledge/gaps.ts'

/** GET /v1/knowledge/gaps: what shoppers asked and content did not answer. */
export function knowledgeGaps(app: OpenAPIHono<ApiEnv>, gaps: Gaps): void {
  app.openapi(gapsRoute, async (context) => {
    const { days, limit, cursor = null } = context.req.valid('query')
    const { items, nextCursor } = await gaps.list(shopOf(context), { days, limit, cursor }, signalOf(context))
    const body = items.map(({ firstAskedAt, lastAskedAt, ...gap }) => ({
      ...gap,
      firstAskedAt: firstAskedAt.toISOString(),
      lastAskedAt: lastAskedAt.toISOString(),
    }))
    return context.json({ items: body, nextCursor }, 200)
  })
}
