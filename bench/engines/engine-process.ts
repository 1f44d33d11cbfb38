// One engine over one catalog, told by the parent and telling it: the steps of engine-messages.ts, in that order.
import { resolve } from 'node:path'
import type { ShopDocument } from '#domain/document.ts'
import { readJson } from '#domain/foreign-json.ts'
import { onnxEmbedder } from '#model/embedder.onnx.ts'
import type { Embedder } from '#model/embedder.port.ts'
import { systemClock } from '#telemetry/clock.ts'
import { jsonLog } from '#telemetry/log.ts'
import { type CatalogOptions, catalogDocuments, catalogRows, changedDocuments } from '../catalog/catalog.ts'
import { type JudgedQuery, judgedQueries, QUERY_KINDS, type QueryKind } from '../catalog/judged-queries.ts'
import { realListings } from '../catalog/listings.ts'
import { firstMentions, mean, ndcgAt, recallAt } from '../ranking-measures.ts'
import { catalogVectors } from './catalog-vectors.ts'
import type { Engine, EngineSetup, WithVector } from './engine.ts'
import type { Assignment, EngineName, Judged, Said } from './engine-messages.ts'
import { lanceEngine } from './lance.ts'
import { miniSearchEngine, oramaEngine } from './libraries.ts'
import { ownEngine } from './own.ts'

const MODEL = resolve(import.meta.dirname, '../../models/purser-embed')
const ROUNDS = 3
/** Slow engines are asked fewer rounds; the first is always whole. */
const ASKED_FOR_MS = 90_000
const OPEN: Record<EngineName, (setup: EngineSetup) => Engine | Promise<Engine>> = {
  own: ownEngine,
  miniSearch: miniSearchEngine,
  orama: oramaEngine,
  lanceDb: lanceEngine,
}

const assignment = readJson(process.argv[2] ?? '') as Assignment
const { signal } = new AbortController()
const clock = systemClock()
const tell = (said: Said) => process.send?.(said)
await run(assignment)
process.disconnect?.()

async function run({
  engine: name,
  size,
  seed,
  vectors: kind,
  queriesAKind,
  askedAmong,
  folder,
}: Assignment): Promise<void> {
  const options: CatalogOptions = { seed, size, listings: realListings() }
  const embedder = await openEmbedder()
  const usesVectors = name === 'own' || name === 'lanceDb'
  const vectorOf = usesVectors ? await catalogVectors(both(options), kind, embedder, signal) : () => new Float32Array(0)
  const withVector = (document: ShopDocument): WithVector => ({ document, vector: vectorOf(document) })
  const queries = judgedQueries(() => catalogRows(options), seed, Math.min(askedAmong, size), queriesAKind)
  function* catalog() {
    for (const document of catalogDocuments(options, 0)) yield withVector(document)
  }
  const before = memoryNow()
  const engine = await OPEN[name]({ catalog, embedder, folder, signal })
  const began = clock.elapsed()
  await engine.build()
  const ms = clock.elapsed() - began
  await engine.settled()
  tell({ step: 'built', ms, settledMs: clock.elapsed() - began, memory: memoryNow() - before })
  tell(await judge(engine, queries))

  const changed = [...changedDocuments(options)].map(withVector)
  const updating = clock.elapsed()
  await engine.update(changed)
  const updatedMs = clock.elapsed() - updating
  tell({
    step: 'updated',
    ms: updatedMs,
    changed: changed.length,
    found: await foundAgain(engine, changed),
    memory: memoryNow() - before,
  })
  await engine.close()
  await embedder.close(signal)
}

async function openEmbedder(): Promise<Embedder> {
  const state = await onnxEmbedder({ folder: MODEL, threads: 2, log: jsonLog('error') }, signal)
  if (state.state === 'unavailable') throw new Error(`the embedder is needed: ${state.reason}`)
  return state.embedder
}

/** Everything that gets a vector: the catalog, and what changes of it. */
function* both(options: CatalogOptions) {
  yield* catalogDocuments(options, 0)
  yield* changedDocuments(options)
}

async function judge(engine: Engine, queries: JudgedQuery[]): Promise<Judged> {
  const perQuery: { kind: QueryKind; ndcg: number; first: number; ten: number }[] = []
  const times: number[] = []
  const began = clock.elapsed()
  // Once without looking, so that nobody is timed while its code is compiled.
  for (const { text } of queries.slice(0, 20)) await engine.search(text)
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0 && clock.elapsed() - began > ASKED_FOR_MS) break
    for (const { kind, text, relevant } of queries) {
      const asked = clock.elapsed()
      const found = await engine.search(text)
      times.push(clock.elapsed() - asked)
      if (round > 0) continue
      const ids = firstMentions(found)
      // Of many that fit, ten is all one can show.
      const ten = (recallAt(10, ids, relevant) * relevant.size) / Math.min(10, relevant.size)
      perQuery.push({ kind, ndcg: ndcgAt(10, ids, relevant), first: relevant.has(ids[0] ?? '') ? 1 : 0, ten })
    }
  }
  const of = (kind: QueryKind) => mean(perQuery.filter((one) => one.kind === kind).map(({ ndcg }) => ndcg))
  return {
    step: 'judged',
    ndcg: mean(perQuery.map(({ ndcg }) => ndcg)),
    recallAt1: mean(perQuery.map(({ first }) => first)),
    recallAt10: mean(perQuery.map(({ ten }) => ten)),
    byKind: Object.fromEntries(QUERY_KINDS.map((kind) => [kind, of(kind)])) as Record<QueryKind, number>,
    times,
  }
}

/** How many of the first changed products are first for a word that only their new text has. */
async function foundAgain(engine: Engine, changed: WithVector[]): Promise<number> {
  let found = 0
  for (const { document } of changed.slice(0, 20)) {
    const [, word = ''] = /Revised edition of (\S+)/.exec(document.text) ?? []
    const ids = await engine.search(`revised edition of ${word} ${document.title}`)
    if (ids[0] === document.id) found += 1
  }
  return found / Math.min(20, changed.length)
}

function memoryNow(): number {
  globalThis.gc?.()
  return process.memoryUsage().rss / 2 ** 20
}
