import { resolve } from 'node:path'
import type { Chunk } from '#domain/document.ts'
import { shopId } from '#domain/ids.ts'
import { onnxEmbedder } from '#model/embedder.onnx.ts'
import type { Embedder } from '#model/embedder.port.ts'
import { retrieval } from '#rag/retrieval.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { systemClock } from '#telemetry/clock.ts'
import { jsonLog } from '#telemetry/log.ts'
import { memoryChunkFeed } from '../test/fakes/memory-chunk-feed.ts'
import { type Collection, demoCollection, foreignCollections } from './collections.ts'
import type { BenchResult, Measure } from './measures.ts'
import { indexOf } from './memory-index.ts'
import { passagesOf, vectorsOf } from './passages.ts'
import { firstMentions, mean, ndcgAt, quantile, recallAt } from './ranking-measures.ts'
import { embedderAlone, miniSearch, orama, type Ranker, rivalRows } from './rivals.ts'

const MODEL = resolve(import.meta.dirname, '../models/purser-embed')
const REPEATS = 3
const DEPTH = 60
const SHOP = shopId('bench')

type Judged = { ndcg: number; recall: number; perQuestion: number[]; p50: number; p95: number; times: number[] }

/** Search quality and speed, ours beside MiniSearch, Orama and the embedder alone: same documents, same questions, one run. */
export async function searchBench(names: string[], signal: AbortSignal): Promise<BenchResult> {
  const clock = systemClock()
  /** Waits for every vector. */
  const patient: Clock = { ...clock, deadline: (_ms, signal) => signal }
  const log = jsonLog('error')
  const foreign = foreignCollections(names.length ? names : undefined)
  const demo = demoCollection((file) => !file.includes('calibration'))
  const collections = [...foreign, ...(demo && (names.includes('demo') || foreign.length === 0) ? [demo] : [])]
  const state = await onnxEmbedder({ folder: MODEL, threads: 2, log }, signal)
  if (state.state === 'unavailable') throw new Error(`the embedder is needed: ${state.reason}`)
  const { embedder } = state
  const measures: Record<string, Measure> = {}
  const rows: string[][] = []

  async function judge(collection: Collection, rank: Ranker): Promise<Judged> {
    const perQuestion: number[] = []
    const recalls: number[] = []
    const times: number[] = []
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      for (const question of collection.questions) {
        const vector = questionVectors.get(question.text) ?? new Float32Array(embedder.dimensions)
        const began = clock.elapsed()
        const ranked = await rank(question.text, vector)
        times.push(clock.elapsed() - began)
        if (repeat > 0) continue
        const ids = firstMentions(ranked)
        perQuestion.push(ndcgAt(10, ids, question.relevant))
        recalls.push(recallAt(10, ids, question.relevant))
      }
    }
    return {
      ndcg: mean(perQuestion),
      recall: mean(recalls),
      perQuestion,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      times,
    }
  }

  const questionVectors = new Map<string, Float32Array>()
  const timesOf = new Map<string, number[]>()
  for (const collection of collections) {
    const chunks = passagesOf(collection.documents)
    const vectors = await vectorsOf(chunks, embedder, collection.name, signal)
    for (const { text } of collection.questions)
      questionVectors.set(text, await embedder.embed(text, 'question', signal))

    const before = process.memoryUsage().rss
    const began = clock.elapsed()
    const index = await ours(chunks, vectors, embedder)
    const built = clock.elapsed() - began
    const grown = (process.memoryUsage().rss - before) / 2 ** 20
    const scopes = new Map(
      collection.questions.map(({ text, locale, region }) => [
        text,
        { ...(locale ? { locale } : {}), ...(region ? { region } : {}) },
      ]),
    )
    const search = (embedder: Embedder, clock: Clock): Ranker => {
      const { search } = retrieval({ shopIndex: index.shopIndex, embedder, clock })
      return async (text) => {
        const query = { shop: SHOP, text, audience: scopes.get(text) ?? {}, limit: DEPTH, at: clock.now() }
        return (await search(query, signal)).passages.map(({ chunk }) => chunk.documentId)
      }
    }
    // Questions' vectors from memory: quality then does not depend on how busy the machine is.
    const known = new Map<string, Float32Array>()
    const remembered: Embedder = {
      ...embedder,
      async embed(text) {
        const vector = known.get(text) ?? (await embedder.embed(text, 'question', signal))
        known.set(text, vector)
        return vector
      },
    }
    for (const { text } of collection.questions) await search(remembered, patient)(text, new Float32Array(0))
    const own = await judge(collection, search(embedder, clock))
    const withoutEncoding = await judge(collection, search(remembered, patient))
    const rivals = await judgeRivals(collection, chunks, vectors, judge)
    await index.close(signal)

    const all = { own: { ...withoutEncoding, p50: own.p50, p95: own.p95, times: own.times }, ...rivals }
    for (const [name, judged] of Object.entries(all)) {
      timesOf.set(name, [...(timesOf.get(name) ?? []), ...judged.times])
      const n = collection.questions.length
      const key = `${collection.name}.${name === 'own' ? '' : `${name}.`}`
      measures[`${key}ndcg@10`] = { value: judged.ndcg, unit: 'share', n, ...spread(judged.perQuestion) }
      measures[`${key}recall@10`] = { value: judged.recall, unit: 'share', n }
      measures[`${key}p50`] = { value: judged.p50, unit: 'ms', n: n * REPEATS }
      measures[`${key}p95`] = { value: judged.p95, unit: 'ms', n: n * REPEATS }
      rows.push([
        collection.name,
        name,
        judged.ndcg.toFixed(3),
        judged.recall.toFixed(3),
        judged.p50.toFixed(2),
        judged.p95.toFixed(2),
      ])
    }
    measures[`${collection.name}.p50WithoutEncoding`] = {
      value: withoutEncoding.p50,
      unit: 'ms',
      n: collection.questions.length * REPEATS,
    }
    measures[`${collection.name}.p95WithoutEncoding`] = {
      value: withoutEncoding.p95,
      unit: 'ms',
      n: collection.questions.length * REPEATS,
    }
    measures[`${collection.name}.build`] = { value: built, unit: 'ms', n: chunks.length }
    measures[`${collection.name}.rssGrowth`] = { value: grown, unit: 'MiB', n: 1 }
    rows.push([
      collection.name,
      `(${chunks.length} passages, ${collection.questions.length} questions; built in ${built.toFixed(0)} ms, without encoding p50 ${withoutEncoding.p50.toFixed(2)} p95 ${withoutEncoding.p95.toFixed(2)} ms)`,
    ])
  }
  await embedder.close(signal)
  for (const name of ['', 'miniSearch.', 'orama.', 'embedder.']) {
    const values = collections.map((collection) => measures[`${collection.name}.${name}ndcg@10`]?.value ?? Number.NaN)
    measures[`mean.${name}ndcg@10`] = { value: mean(values), unit: 'share', n: values.length }
    rows.push(['mean', name ? name.slice(0, -1) : 'own', mean(values).toFixed(3)])
  }
  for (const [name, times] of timesOf) {
    const key = `all.${name === 'own' ? '' : `${name}.`}`
    const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)]
    measures[`${key}p50`] = { value: p50, unit: 'ms', n: times.length }
    measures[`${key}p95`] = { value: p95, unit: 'ms', n: times.length }
    rows.push(['all', name, '', '', p50.toFixed(2), p95.toFixed(2)])
  }
  return { name: 'search', measures, head: ['collection', 'engine', 'nDCG@10', 'recall@10', 'p50 ms', 'p95 ms'], rows }

  async function ours(chunks: Chunk[], vectors: Map<string, Float32Array>, embedder: Embedder) {
    const memory = memoryChunkFeed()
    memory.put(SHOP, chunks)
    for (const [hash, vector] of vectors) memory.setVector(hash, vector)
    const index = await indexOf(memory, embedder.model, log, signal)
    return index
  }
}

/** Each rival in the form that serves it best on this collection, chosen with hindsight. */
async function judgeRivals(
  collection: Collection,
  chunks: Chunk[],
  vectors: Map<string, Float32Array>,
  judge: (collection: Collection, rank: Ranker) => Promise<Judged>,
): Promise<Record<string, Judged>> {
  const { whole, passages } = rivalRows(collection.documents, chunks)
  const best = (judged: Judged[]) => judged.reduce((one, two) => (two.ndcg > one.ndcg ? two : one))
  const forms = [
    miniSearch(whole, true),
    miniSearch(whole, false),
    miniSearch(passages, true),
    miniSearch(passages, false),
  ]
  const mini = []
  for (const form of forms) mini.push(await judge(collection, form))
  const tokenised = []
  for (const form of [whole, passages]) tokenised.push(await judge(collection, await orama(form)))
  return {
    miniSearch: best(mini),
    orama: best(tokenised),
    embedder: await judge(collection, embedderAlone(chunks, vectors)),
  }
}

/** Half-width of a 95 % interval by the normal approximation. */
function spread(values: number[]): { low: number; high: number } {
  const centre = mean(values)
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)) / values.length) * 1.96
  return { low: centre - deviation, high: centre + deviation }
}
