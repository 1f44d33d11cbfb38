import type { OpenAPIHono } from '@hono/zod-openapi'
import type { FreshnessReport } from '#db/reports/freshness.port.ts'
import type { VectorBackfill } from '#ingest/vector-backfill.port.ts'
import type { Passage, Retrieval } from '#rag/retrieval.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type ApiEnv, shopOf, signalOf } from '../../caller.ts'
import { freshnessRoute, limitRoute, searchRoute } from '../../contract/knowledge/search.ts'

/** POST /v1/search: the passages answers would be made from, right now. */
export function searchPassages(app: OpenAPIHono<ApiEnv>, retrieval: Retrieval, clock: Clock): void {
  app.openapi(searchRoute, async (context) => {
    const { query, kind, limit, explain, ...audience } = context.req.valid('json')
    const found = await retrieval.search(
      { shop: shopOf(context), text: query, audience, ...(kind ? { kinds: [kind] } : {}), limit, at: clock.now() },
      signalOf(context),
    )
    return context.json(
      {
        items: found.passages.map((passage) => itemBody(passage, explain)),
        ...(explain ? { terms: found.terms } : {}),
      },
      200,
    )
  })
}

/** GET /v1/knowledge/freshness: how current the content is, by source, and how far its vectors are. */
export function knowledgeFreshness(
  app: OpenAPIHono<ApiEnv>,
  {
    freshness,
    vectors,
    clock,
  }: { freshness: FreshnessReport; vectors?: Pick<VectorBackfill, 'progress'> | null; clock: Clock },
): void {
  app.openapi(freshnessRoute, async (context) => {
    const sources = await freshness.bySource(shopOf(context), clock.now(), signalOf(context))
    const items = sources.map(({ newest, oldest, lastImportAt, lastSuccessAt, nextRunAt, stale, ...source }) => ({
      ...source,
      newest: newest.toISOString(),
      oldest: oldest.toISOString(),
      lastImportAt: lastImportAt?.toISOString() ?? null,
      lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
      nextRunAt: nextRunAt?.toISOString() ?? null,
      staleAnswers: {
        count: stale.count,
        items: stale.answers.map((answer) => ({ ...answer, answeredAt: answer.answeredAt.toISOString() })),
      },
    }))
    const made = vectors ? await vectors.progress(shopOf(context), signalOf(context)) : null
    return context.json({ items, nextCursor: null, vectors: made }, 200)
  })

  app.openapi(limitRoute, async (context) => {
    const { source } = context.req.valid('param')
    await freshness.limit(shopOf(context), source, context.req.valid('json').maxAgeDays, signalOf(context))
    return context.body(null, 204)
  })
}

function itemBody({ chunk, score, scores }: Passage, explain: boolean) {
  const { id, documentId, title, headingPath, text, kind, documentVersion, updatedAt } = chunk
  return {
    documentId,
    chunkId: id,
    title,
    headingPath,
    text,
    score,
    scores,
    ...(explain ? { kind, documentVersion, updatedAt } : {}),
  }
}
