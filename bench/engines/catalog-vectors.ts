import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { denseText } from '#domain/dense-text.ts'
import type { ShopDocument } from '#domain/document.ts'
import type { Embedder } from '#model/embedder.port.ts'
import { passagesOf } from '../passages.ts'

const CACHE = resolve(import.meta.dirname, '../../out/bench-vectors')
const HASH_BYTES = 8
const SAVED_EVERY = 4_000
const SAID_EVERY = 4_000

/** `whole`: what the product encodes. `titles`: the title alone, five times as fast to make, for the largest sizes and quick runs. */
export type VectorKind = 'whole' | 'titles'

/**
 * A vector for each product, in order, as the product stores them (a byte a component). Kept under `out/` by content hash: each
 * is made once. Records: 8 bytes of the content's hash, the scale as float32, the components.
 */
export async function catalogVectors(
  documents: Iterable<ShopDocument>,
  kind: VectorKind,
  embedder: Embedder,
  signal: AbortSignal,
): Promise<(document: ShopDocument) => Float32Array> {
  const file = resolve(CACHE, `catalog-${kind}-${embedder.model}.bin`)
  const size = HASH_BYTES + 4 + embedder.dimensions
  let stored = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
  const places = new Map<string, number>()
  for (let at = 0; at + size <= stored.length; at += size)
    places.set(stored.toString('latin1', at, at + HASH_BYTES), at)
  let fresh: Buffer[] = []
  let made = 0
  const save = () => {
    stored = Buffer.concat([stored, ...fresh])
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, stored)
    fresh = []
  }
  for (const document of documents) {
    const key = keyOf(document, kind)
    if (places.has(key)) continue
    places.set(key, stored.length + fresh.length * size)
    fresh.push(record(key, await embedder.embed(encodedText(document, kind), 'background', signal)))
    made += 1
    if (made % SAID_EVERY === 0) process.stderr.write(`  ${made} vectors made\n`)
    if (fresh.length >= SAVED_EVERY) save()
  }
  if (fresh.length > 0) save()
  return (document) => {
    const at = places.get(keyOf(document, kind))
    if (at === undefined) throw new Error('a product has no vector')
    const scale = stored.readFloatLE(at + HASH_BYTES)
    const from = at + HASH_BYTES + 4
    return Float32Array.from({ length: embedder.dimensions }, (_, place) => stored.readInt8(from + place) * scale)
  }
}

/** What is encoded of a document. */
function encodedText(document: ShopDocument, kind: VectorKind): string {
  if (kind === 'titles') return document.title
  const [first] = passagesOf([document])
  return first ? denseText(first) : document.title
}

/** By what the vector is made from, before it is cut: cutting 80,000 documents for the keys alone would take longer than reading them. */
function keyOf({ title, text }: ShopDocument, kind: VectorKind): string {
  return createHash('sha256')
    .update(kind === 'titles' ? title : `${title}\n${text}`)
    .digest()
    .toString('latin1', 0, HASH_BYTES)
}

function record(key: string, vector: Float32Array): Buffer {
  const scale = vector.reduce((most, component) => Math.max(most, Math.abs(component)), 0) / 127
  const bytes = Buffer.alloc(HASH_BYTES + 4 + vector.length)
  bytes.write(key, 'latin1')
  bytes.writeFloatLE(scale, HASH_BYTES)
  for (const [place, component] of vector.entries())
    bytes.writeInt8(scale === 0 ? 0 : Math.round(component / scale), HASH_BYTES + 4 + place)
  return bytes
}
