import { resolve } from 'node:path'
import type { Chunk } from '#domain/document.ts'
import { documentId, shopId } from '#domain/ids.ts'
import { onnxEmbedder } from '#model/embedder.onnx.ts'
import { retrieval } from '#rag/retrieval.ts'
import { systemClock } from '#telemetry/clock.ts'
import { jsonLog } from '#telemetry/log.ts'
import { memoryChunkFeed } from '../test/fakes/memory-chunk-feed.ts'
import type { BenchResult, Measure } from './measures.ts'
import { indexOf } from './memory-index.ts'
import { quantile } from './ranking-measures.ts'

const MODEL = resolve(import.meta.dirname, '../models/purser-embed')
const SHOP = shopId('bench')
const QUESTIONS = 400
const CHANGED = 0.01

/** Words of an invented catalog: common ones by Zipf's law, so that lists are as long as in real text. */
const SYLLABLES =
  'ba be bi bo bu da de di do du fa fe fi ga ge go ka ke ki ko la le li lo lu ma me mi mo na ne no pa pe po ra re ri ro sa se si so ta te ti to va ve vo za zo'.split(
    ' ',
  )

/** `scale [PASSAGES]`: an invented catalog of that many products (80,000 without one), searched while it stands still and updated by 1 %. */
export async function scaleBench([count = '80000']: string[], signal: AbortSignal): Promise<BenchResult> {
  const clock = systemClock()
  const log = jsonLog('error')
  const random = seeded(7)
  const chunks = Array.from({ length: Number(count) }, (_, number) => product(number, random))
  const state = await onnxEmbedder({ folder: MODEL, threads: 2, log }, signal)
  if (state.state === 'unavailable') throw new Error(`the embedder is needed: ${state.reason}`)
  const { embedder } = state
  const memory = memoryChunkFeed()
  memory.put(SHOP, chunks)
  // Clusters of vectors, as similar products make them; a thousand centres stand for what the model would give.
  const centres = Array.from({ length: 1000 }, () =>
    unit(Float32Array.from({ length: embedder.dimensions }, () => random() - 0.5)),
  )
  for (const [place, chunk] of chunks.entries()) {
    const centre = centres[place % centres.length] ?? new Float32Array(embedder.dimensions)
    memory.setVector(chunk.contentHash, unit(centre.map((value) => value + (random() - 0.5) * 0.06)))
  }
  const before = process.memoryUsage().rss
  const began = clock.elapsed()
  const index = await indexOf(memory, embedder.model, log, signal)
  const built = clock.elapsed() - began
  const { search } = retrieval({ shopIndex: index.shopIndex, embedder, clock })
  const ask = async (count = QUESTIONS) => {
    const times: number[] = []
    for (let number = 0; number < count; number += 1) {
      const source = chunks[Math.floor(random() * chunks.length)]
      const text = `does the ${source?.title} have ${words(3, random)} and ${words(2, random)}?`
      const start = clock.elapsed()
      await search({ shop: SHOP, text, audience: {}, limit: 10, at: clock.now() }, signal)
      times.push(clock.elapsed() - start)
    }
    return times
  }
  const scanned = await ask(50)
  while (index.state(SHOP).waiting > 0) await clock.sleep(50, signal)
  const graphBuilt = clock.elapsed() - began
  const times = await ask()
  const grown = (process.memoryUsage().rss - before) / 2 ** 20
  memory.put(
    SHOP,
    chunks
      .slice(0, Math.ceil(chunks.length * CHANGED))
      .map((chunk) => ({ ...chunk, text: `${chunk.text} neu`, contentHash: `${chunk.contentHash}+` })),
  )
  const updating = clock.elapsed()
  await index.caughtUp(SHOP, signal)
  const updated = clock.elapsed() - updating
  const busy = await ask()
  const rss = process.memoryUsage().rss / 2 ** 20
  await index.close(signal)
  await embedder.close(signal)

  const measures: Record<string, Measure> = {
    p50: { value: quantile(times, 0.5), unit: 'ms', n: times.length },
    p95: { value: quantile(times, 0.95), unit: 'ms', n: times.length },
    p50WhileGraphIsBuilt: { value: quantile(scanned, 0.5), unit: 'ms', n: scanned.length },
    p95WhileGraphIsBuilt: { value: quantile(scanned, 0.95), unit: 'ms', n: scanned.length },
    p95AfterUpdate: { value: quantile(busy, 0.95), unit: 'ms', n: busy.length },
    build: { value: built, unit: 'ms', n: chunks.length },
    graph: { value: graphBuilt, unit: 'ms', n: chunks.length },
    update: { value: updated, unit: 'ms', n: Math.ceil(chunks.length * CHANGED) },
    rssGrowth: { value: grown, unit: 'MiB', n: 1 },
    rss: { value: rss, unit: 'MiB', n: 1 },
  }
  const rows = Object.entries(measures).map(([name, { value, unit, n }]) => [name, value.toFixed(1), unit, String(n)])
  return { name: 'scale', measures, head: ['measure', 'value', 'unit', 'n'], rows }
}

function product(number: number, random: () => number): Chunk {
  const title = `${words(3, random)} ${number}`
  return {
    id: `chk_${number}`,
    documentId: documentId(`p${number}`),
    documentVersion: 1,
    kind: 'product',
    position: 0,
    title,
    headingPath: [],
    aliases: [],
    text: words(60, random),
    contentHash: String(number),
    scope: {},
    sku: `SKU-${number}-X`,
    category: words(1, random),
    attributes: { colour: words(1, random), weight: { value: (number % 100) / 10, unit: 'kg' } },
    updatedAt: '2025-01-01T00:00:00Z',
  }
}

function words(count: number, random: () => number): string {
  return Array.from({ length: count }, () => word(Math.floor(Math.exp(random() * Math.log(40_000))))).join(' ')
}

function word(rank: number): string {
  let name = ''
  for (let rest = rank + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    name += SYLLABLES[rest % SYLLABLES.length]
  return name
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

/** Mulberry32: the same catalog every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
