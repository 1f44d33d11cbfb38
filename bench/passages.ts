import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { denseText } from '#domain/dense-text.ts'
import type { Chunk, ShopDocument } from '#domain/document.ts'
import { prepareDocument } from '#ingest/prepare-document.ts'
import type { Embedder } from '#model/embedder.port.ts'

const CACHE = resolve(import.meta.dirname, '../out/bench-vectors')

/** Documents cut as the product cuts them. */
export function passagesOf(documents: ShopDocument[]): Chunk[] {
  return documents.flatMap((document) =>
    prepareDocument(document).chunks.map((chunk, position) => ({
      ...chunk,
      id: `chk_${document.id}#${position}` as const,
      documentId: document.id,
      documentVersion: 1,
      updatedAt: document.updatedAt ?? '2025-01-01T00:00:00Z',
    })),
  )
}

/** Each content's vector, from a cache under `out/` where an earlier run left it: encoding is not what is measured. */
export async function vectorsOf(
  chunks: Chunk[],
  embedder: Embedder,
  name: string,
  signal: AbortSignal,
): Promise<Map<string, Float32Array>> {
  const file = resolve(CACHE, `${embedder.model}-${name}.json`)
  const known: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const vectors = new Map<string, Float32Array>()
  let made = 0
  for (const chunk of chunks) {
    const stored = known[chunk.contentHash]
    const vector = stored ? decoded(stored) : await embedder.embed(denseText(chunk), 'background', signal)
    if (!stored) {
      made += 1
      known[chunk.contentHash] = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')
    }
    vectors.set(chunk.contentHash, vector)
  }
  if (made > 0) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(known))
  }
  return vectors
}

function decoded(stored: string): Float32Array {
  const bytes = Buffer.from(stored, 'base64')
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}
