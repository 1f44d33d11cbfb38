import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { VectorStore } from '#db/knowledge/vectors.port.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { ShopId } from '#domain/ids.ts'

const Head = z.object({ model: z.string(), dimensions: z.int().positive() })
const Row = z.object({ contentHash: z.string(), scale: z.number(), vector: z.string() })
const FILE = 'vectors.jsonl'

export type DemoVector = { contentHash: string; vector: Float32Array }

/**
 * The demo shop's vectors, made beforehand by `npm run demo:vectors`, so that its very first question is searched by them.
 * None when the file is missing or of another model: then they are made in the background like any others.
 */
export async function demoVectors(folder: string, model: string, signal: AbortSignal): Promise<DemoVector[]> {
  const text = await readFile(join(folder, FILE), { encoding: 'utf8', signal }).catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const [first, ...lines] = text.split('\n').filter(Boolean)
  if (!first || Head.parse(readJson(first)).model !== model) return []
  return lines.map((line) => {
    const { contentHash, scale, vector } = Row.parse(readJson(line))
    const steps = new Int8Array(Buffer.from(vector, 'base64'))
    return { contentHash, vector: Float32Array.from(steps, (step) => step * scale) }
  })
}

/** The file's text, sorted by hash so that the same vectors give the same file. */
export function demoVectorsFile(model: string, vectors: DemoVector[]): string {
  const sorted = [...vectors].sort((left, right) => (left.contentHash < right.contentHash ? -1 : 1))
  const rows = sorted.map(({ contentHash, vector }) => {
    const scale = Math.max(...vector.map(Math.abs)) / 127
    const steps = Int8Array.from(vector, (value) => Math.round(value / scale))
    return JSON.stringify({ contentHash, scale, vector: Buffer.from(steps.buffer).toString('base64') })
  })
  return `${[JSON.stringify({ model, dimensions: sorted[0]?.vector.length ?? 0 }), ...rows].join('\n')}\n`
}

/** Stores them for `shop`. Those of content that has changed since are never asked for. */
export async function storeDemoVectors(
  store: VectorStore,
  shop: ShopId,
  folder: string,
  model: string,
  signal: AbortSignal,
): Promise<void> {
  const vectors = await demoVectors(folder, model, signal)
  if (vectors.length) await store.put(shop, model, vectors, signal)
}
