import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Chunk, ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { ChunkId } from '#domain/ids.ts'
import { documentId } from '#domain/ids.ts'
import type { PreparedDocument } from './documents.port.ts'
import type { KnowledgeTables } from './tables.ts'

export type ChunkRow = Selectable<KnowledgeTables['chunks']>
/** What of a row makes a chunk. */
export const CHUNK_COLUMNS = ['id', 'document_id', 'document_version', 'content_hash', 'updated_at', 'body'] as const

/** The same passage of the same document always has the same id, in whichever version it stands; a repeated passage is told apart by its turn. */
export function chunkIds({ document, chunks }: PreparedDocument): ChunkId[] {
  const turns = new Map<string, number>()
  return chunks.map(({ contentHash }) => {
    const turn = turns.get(contentHash) ?? 0
    turns.set(contentHash, turn + 1)
    return `chk_${createHash('sha256').update(`${document.id}\n${contentHash}\n${turn}`).digest('hex').slice(0, 24)}` as const
  })
}

/** A stored passage as the port gives it. */
export function readChunk(row: Pick<ChunkRow, (typeof CHUNK_COLUMNS)[number]>): Chunk {
  const body = readJson(row.body) as Omit<Chunk, 'id' | 'documentId' | 'documentVersion' | 'updatedAt' | 'contentHash'>
  return {
    ...body,
    id: row.id as ChunkId,
    documentId: documentId(row.document_id),
    documentVersion: row.document_version,
    contentHash: row.content_hash,
    updatedAt: row.updated_at,
  }
}

/** The document's own date as a UTC time, else `storedAt`. */
export function updatedAt(document: ShopDocument, storedAt: Date): string {
  const time = document.updatedAt === undefined ? Number.NaN : Date.parse(document.updatedAt)
  return (Number.isNaN(time) ? storedAt : new Date(time)).toISOString()
}
