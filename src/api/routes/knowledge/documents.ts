import type { OpenAPIHono } from '@hono/zod-openapi'
import type { StoredDocument } from '#db/knowledge/documents.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import { Fault } from '#domain/fault.ts'
import { documentId } from '#domain/ids.ts'
import type { Documents } from '#ingest/documents.port.ts'
import type { ContentFindings } from '#ingest/findings/content-findings.port.ts'
import { type ApiEnv, notFound, shopOf, signalOf } from '../../caller.ts'
import { documentDifferenceRoute } from '../../contract/knowledge/document-difference.ts'
import {
  deleteDocumentRoute,
  documentVersionRoute,
  getDocumentRoute,
  listDocumentsRoute,
  putDocumentRoute,
  restoreDocumentRoute,
} from '../../contract/knowledge/documents.ts'

/** Where content put one by one comes from, in lists and freshness. */
const SOURCE = 'api'

/** The shop's documents, one at a time. */
export function documentRoutes(
  app: OpenAPIHono<ApiEnv>,
  documents: Documents,
  findings: Pick<ContentFindings, 'canonicalOf'>,
): void {
  app.openapi(putDocumentRoute, async (context) => {
    const { id } = context.req.valid('param')
    const { id: inBody, ...fields } = context.req.valid('json')
    if (inBody !== undefined && inBody !== id)
      throw new Fault({
        kind: 'user',
        code: 'api.document.id_mismatch',
        message: 'The id in the body is not the one in the address.',
        status: 400,
        errors: [{ path: 'id', message: 'differs from the path' }],
      })
    const document = defined({ id: documentId(id), ...fields }) as ShopDocument
    const { changed, chunks, version } = await documents.put(shopOf(context), SOURCE, document, signalOf(context))
    return context.json({ changed, chunks, version }, 200)
  })

  app.openapi(deleteDocumentRoute, async (context) => {
    const id = documentId(context.req.valid('param').id)
    const shop = shopOf(context)
    const retired = await documents.retire(shop, id, signalOf(context))
    if (!retired && (await documents.get(shop, id, signalOf(context))) === null) throw notFound('document')
    return context.body(null, 204)
  })

  app.openapi(getDocumentRoute, async (context) => {
    const id = documentId(context.req.valid('param').id)
    const found = await documents.get(shopOf(context), id, signalOf(context))
    if (!found) throw notFound('document')
    const { versions, ...stored } = found
    const duplicateOf = await findings.canonicalOf(shopOf(context), id, signalOf(context))
    return context.json({ ...storedBody(stored), versions, ...(duplicateOf ? { duplicateOf } : {}) }, 200)
  })

  app.openapi(documentVersionRoute, async (context) => {
    const { id, version } = context.req.valid('param')
    const found = await documents.version(shopOf(context), documentId(id), version, signalOf(context))
    if (!found) throw notFound('document')
    return context.json({ ...found.document, version, storedAt: found.storedAt }, 200)
  })

  app.openapi(documentDifferenceRoute, async (context) => {
    const { id } = context.req.valid('param')
    const { from, to = null } = context.req.valid('query')
    const compared = await documents.difference(shopOf(context), documentId(id), from, to, signalOf(context))
    if (compared.outcome === 'no_document') throw notFound('document')
    if (compared.outcome === 'no_version') throw notFound('document_version')
    const { outcome: _, ...difference } = compared
    return context.json({ id, ...difference }, 200)
  })

  app.openapi(restoreDocumentRoute, async (context) => {
    const id = documentId(context.req.valid('param').id)
    const { version: earlier } = context.req.valid('json')
    const stored = await documents.restore(shopOf(context), id, earlier, signalOf(context))
    if (!stored) throw notFound('document')
    const { changed, chunks, version } = stored
    return context.json({ changed, chunks, version }, 200)
  })

  app.openapi(listDocumentsRoute, async (context) => {
    const { cursor = null, limit, source, kind } = context.req.valid('query')
    const page = await documents.list(
      shopOf(context),
      { cursor, limit, ...(source ? { source } : {}), ...(kind ? { kind } : {}) },
      signalOf(context),
    )
    return context.json({ items: page.items.map(storedBody), nextCursor: page.nextCursor }, 200)
  })
}

function storedBody({ document, source, version, contentHash, storedAt, retiredAt }: StoredDocument) {
  return { ...document, source, version, contentHash, storedAt, retiredAt }
}

/** A missing member and one that is `undefined` are the same to a reader, but not to a content hash. */
function defined<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<Value>
}
