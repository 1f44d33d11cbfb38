import type { DocumentVersion, StoredDocument } from '#db/knowledge/documents.port.ts'
import { Fault } from '#domain/fault.ts'
import type { DocumentId, ShopId } from '#domain/ids.ts'
import type { Documents } from '#ingest/documents.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'

/** Documents of shops in memory, uncut: one chunk each. */
export function memoryDocuments(clock: Clock): Documents {
  const kept = new Map<string, StoredDocument & { versions: DocumentVersion[] }>()
  const place = (shop: ShopId, id: DocumentId) => `${shop} ${id}`
  const store: Pick<Documents, 'get' | 'list'> = {
    get: async (shop, id) => kept.get(place(shop, id)) ?? null,
    async list(shop, { cursor, limit, kind }) {
      const live = [...kept]
        .filter(
          ([at, { retiredAt, document }]) =>
            at.startsWith(`${shop} `) && retiredAt === null && (!kind || document.kind === kind),
        )
        .map(([, stored]) => stored)
      const from = cursor === null ? 0 : Number(cursor)
      if (Number.isNaN(from)) throw new Fault({ kind: 'user', code: 'db.cursor.invalid', message: 'unknown cursor' })
      return {
        items: live.slice(from, from + limit),
        nextCursor: from + limit < live.length ? String(from + limit) : null,
      }
    },
  }
  return {
    ...store,
    async put(shop, source, document) {
      const before = kept.get(place(shop, document.id))
      const contentHash = JSON.stringify(document)
      if (before && before.contentHash === contentHash && before.retiredAt === null)
        return { outcome: 'unchanged', changed: false, chunks: 1, version: before.version }
      const version = (before?.version ?? 0) + 1
      const storedAt = clock.now().toISOString()
      const versions = [...(before?.versions ?? []), { version, contentHash, storedAt, title: document.title }]
      kept.set(place(shop, document.id), {
        document,
        source,
        version,
        contentHash,
        storedAt,
        retiredAt: null,
        versions,
      })
      return { outcome: before ? 'updated' : 'created', changed: true, chunks: 1, version }
    },
    version: async () => null,
    difference: async () => ({ outcome: 'no_document' }),
    restore: async () => null,
    async retire(shop, id) {
      const found = kept.get(place(shop, id))
      if (!found || found.retiredAt !== null) return false
      kept.set(place(shop, id), { ...found, retiredAt: clock.now().toISOString() })
      return true
    },
  }
}
