import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { denseText } from '#domain/dense-text.ts'
import type { Chunk, ShopDocument } from '#domain/document.ts'
import { tryReadJson } from '#domain/foreign-json.ts'
import { documentId, shopId } from '#domain/ids.ts'
import { prepareDocument } from '#ingest/prepare-document.ts'
import { onnxEmbedder } from '#model/embedder.onnx.ts'
import type { Embedder } from '#model/embedder.port.ts'
import type { Meaning } from '#rag/compose/meaning.port.ts'
import { meaning } from '#rag/compose/meaning.ts'
import { knowledgeIndex } from '#rag/knowledge-index.ts'
import type { Retrieval } from '#rag/retrieval.port.ts'
import { retrieval } from '#rag/retrieval.ts'
import { catalogRetrieval } from '#rag/understand/catalog/catalog-retrieval.ts'
import { systemClock } from '#telemetry/clock.ts'
import type { Log } from '#telemetry/log.port.ts'
import { memoryChunkFeed } from '../test/fakes/memory-chunk-feed.ts'
import { UnusableInput } from './suite.ts'

export const EVAL_SHOP = shopId('eval')
export const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }

const MODEL = fileURLToPath(new URL('../models/purser-embed', import.meta.url))

export type ShopInMemory = {
  retrieval: Retrieval
  /** The same, waiting for every question's vector: what it finds does not depend on how busy the machine is. */
  patient: Retrieval
  meaning: Meaning
  documents: ShopDocument[]
  passages: Chunk[]
  /** False: the model could not be loaded, and everything goes by words alone. */
  hasVectors: boolean
  close(signal: AbortSignal): Promise<void>
}

/** The documents of a JSON Lines file, prepared, encoded and searchable as in the product, without a database. Throws UnusableInput with the line. */
export async function shopInMemory(file: string, signal: AbortSignal): Promise<ShopInMemory> {
  const documents = await readDocuments(file)
  const chunks = documents.flatMap(chunksOf)
  const memory = memoryChunkFeed()
  memory.put(EVAL_SHOP, chunks)
  const clock = systemClock()
  const state = await onnxEmbedder({ folder: MODEL, threads: 2, log: silent }, signal)
  const embedder = state.state === 'ready' ? state.embedder : null
  if (embedder) await encode(chunks, embedder, memory.setVector, signal)
  const index = await knowledgeIndex({
    feed: memory.feed,
    vectors: memory.vectors,
    notifications: null,
    model: embedder?.model ?? null,
    clock,
    log: silent,
  })
  await index.start(signal)
  await index.caughtUp(EVAL_SHOP, signal)
  return {
    meaning: meaning(embedder),
    retrieval: catalogRetrieval(retrieval({ shopIndex: index.shopIndex, embedder, clock }), index.shopIndex),
    patient: retrieval({
      shopIndex: index.shopIndex,
      embedder,
      clock: { ...clock, deadline: (_milliseconds, signal) => signal },
    }),
    documents,
    passages: chunks,
    hasVectors: embedder !== null,
    async close(signal) {
      await index.close(signal)
      await embedder?.close(signal)
    },
  }
}

async function readDocuments(file: string): Promise<ShopDocument[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UnusableInput(`cannot read ${file}`)
  })
  return text.split('\n').flatMap((line, index) => {
    if (!line.trim()) return []
    const value = tryReadJson(line) as ShopDocument | undefined
    if (!value?.id || !value.kind || !value.title) throw new UnusableInput(`${file}:${index + 1}: not a document`)
    return [value]
  })
}

function chunksOf(document: ShopDocument): Chunk[] {
  const updatedAt = document.updatedAt ?? '2025-01-01T00:00:00.000Z'
  return prepareDocument(document).chunks.map((chunk) => ({
    ...chunk,
    id: `chk_${document.id}#${chunk.position}`,
    documentId: documentId(document.id),
    documentVersion: 1,
    updatedAt,
  }))
}

async function encode(
  chunks: Chunk[],
  embedder: Embedder,
  keep: (hash: string, vector: Float32Array) => void,
  signal: AbortSignal,
) {
  for (const chunk of chunks) keep(chunk.contentHash, await embedder.embed(denseText(chunk), 'background', signal))
}
