import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Gaps } from '#support/gaps/gaps.port.ts'
import type { Previews } from '#support/preview/preview.port.ts'
import { type ApiEnv, notFound, shopOf, signalOf } from '../../caller.ts'
import { askGapRoute, dismissGapRoute, gapsRoute, previewRoute } from '../../contract/knowledge/gaps.ts'

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

  app.openapi(askGapRoute, async (context) => {
    const gap = { id: context.req.valid('param').id, days: context.req.valid('query').days }
    const asked = await gaps.askAgain(shopOf(context), gap, signalOf(context))
    if (!asked) throw notFound('gap')
    const items = asked.items.map(({ question, locale, preview }) => ({ question, locale, ...preview }))
    return context.json({ asked: items.length, answered: asked.answered, items }, 200)
  })

  app.openapi(dismissGapRoute, async (context) => {
    const gap = { id: context.req.valid('param').id, days: context.req.valid('query').days }
    const questions = await gaps.dismiss(shopOf(context), gap, signalOf(context))
    if (questions === null) throw notFound('gap')
    return context.json({ questions }, 200)
  })
}

/** POST /v1/knowledge/preview: what a shopper would be told, and why. */
export function knowledgePreview(app: OpenAPIHono<ApiEnv>, previews: Previews): void {
  app.openapi(previewRoute, async (context) => {
    const { question, ...audience } = context.req.valid('json')
    return context.json(await previews.ask(shopOf(context), question, audience, signalOf(context)), 200)
  })
}
