import type { OpenAPIHono } from '@hono/zod-openapi'
import { Fault } from '#domain/fault.ts'
import type { SourceId } from '#domain/ids.ts'
import type { ListedSource, ShopSources } from '#ingest/sync/shop-sources.port.ts'
import { type ApiEnv, notFound, shopOf, signalOf } from '../../caller.ts'
import {
  addSourceRoute,
  getSourceRoute,
  listSourcesRoute,
  removeSourceRoute,
  syncSourceRoute,
} from '../../contract/events/sources.ts'

/** Files and folders elsewhere that are kept in sync. */
export function sourceRoutes(app: OpenAPIHono<ApiEnv>, sources: Omit<ShopSources, 'syncDue'>): void {
  app.openapi(addSourceRoute, async (context) => {
    const { format = null, mapping = null, currency = null, site = null, ...given } = context.req.valid('json')
    const source = { ...given, format, mapping, currency, site }
    const added = await sources.add(shopOf(context), source, signalOf(context))
    if (added.outcome === 'source_taken')
      throw new Fault({
        kind: 'user',
        code: 'source_taken',
        message: 'There is a source of this name already.',
        status: 409,
      })
    return context.json(sourceBody(added.source), 201)
  })

  app.openapi(listSourcesRoute, async (context) => {
    const all = await sources.list(shopOf(context), signalOf(context))
    return context.json({ items: all.map(sourceBody), nextCursor: null }, 200)
  })

  app.openapi(getSourceRoute, async (context) => {
    const source = await sources.get(shopOf(context), context.req.valid('param').id as SourceId, signalOf(context))
    if (!source) throw notFound('source')
    return context.json(sourceBody(source), 200)
  })

  app.openapi(syncSourceRoute, async (context) => {
    const id = context.req.valid('param').id as SourceId
    const { allowRetire } = context.req.valid('query')
    const source = await sources.syncNow(
      shopOf(context),
      id,
      { allowRetire: allowRetire === 'true' },
      signalOf(context),
    )
    if (!source) throw notFound('source')
    return context.json(sourceBody(source), 202)
  })

  app.openapi(removeSourceRoute, async (context) => {
    const id = context.req.valid('param').id as SourceId
    if (!(await sources.remove(shopOf(context), id, signalOf(context)))) throw notFound('source')
    return context.body(null, 204)
  })
}

function sourceBody({ id, name, url, mode, everyMinutes, format, ...source }: ListedSource) {
  const { lookAt, inStepAt, failures, last, lastImport } = source
  return {
    ...{ id, name, url, mode, everyMinutes, format, failures },
    nextAt: lookAt.toISOString(),
    lastSuccessAt: inStepAt?.toISOString() ?? null,
    last: last && { ...last, at: last.at.toISOString() },
    import: lastImport && importBody(lastImport),
  }
}

function importBody({ id, status, problem, ...counts }: NonNullable<ListedSource['lastImport']>) {
  const { read, unchanged, created, updated, retired, rejected } = counts
  return { id, status, problem, read, unchanged, created, updated, retired, rejected }
}
