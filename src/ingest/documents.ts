import type { DocumentStore } from '#db/knowledge/documents.port.ts'
import type { KnowledgeIndex } from '#rag/retrieval.port.ts'
import type { Documents } from './documents.port.ts'
import { prepareDocument } from './prepare-document.ts'
import { versionDifference } from './versions/version-difference.ts'

/** Documents over the store; a write waits until the index has it, so that the next question already sees it. */
export function shopDocuments(store: DocumentStore, index: Pick<KnowledgeIndex, 'caughtUp'>): Documents {
  const put: Documents['put'] = async (shop, source, document, signal) => {
    const [stored] = await store.putAll(shop, source, [prepareDocument(document)], signal)
    if (!stored) throw new Error('a stored document has no outcome')
    const { outcome, version, chunks } = stored
    // Also when unchanged: an earlier caller may have been cut off between its commit and the index.
    await index.caughtUp(shop, signal)
    return { outcome, changed: outcome !== 'unchanged', version, chunks }
  }

  return {
    put,
    async restore(shop, id, version, signal) {
      const earlier = await store.version(shop, id, version, signal)
      const now = earlier && (await store.get(shop, id, signal))
      return now ? put(shop, now.source, earlier.document, signal) : null
    },
    async difference(shop, id, from, to, signal) {
      const known = await store.get(shop, id, signal)
      if (!known) return { outcome: 'no_document' }
      // Versions never change, so the two need not be read at one instant.
      const read = async (version: number) => {
        const found = await store.version(shop, id, version, signal)
        return (
          found && {
            document: found.document,
            told: { version, storedAt: found.storedAt, title: found.document.title },
          }
        )
      }
      const [before, after] = [await read(from), await read(to ?? known.version)]
      if (!before || !after) return { outcome: 'no_version' }
      return {
        outcome: 'compared',
        from: before.told,
        to: after.told,
        ...versionDifference(before.document, after.document),
      }
    },
    version: (shop, id, version, signal) => store.version(shop, id, version, signal),
    async retire(shop, id, signal) {
      const retired = await store.retire(shop, [id], signal)
      await index.caughtUp(shop, signal)
      return retired.length > 0
    },
    get: (shop, id, signal) => store.get(shop, id, signal),
    list: (shop, page, signal) => store.list(shop, page, signal),
  }
}
