import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { onnxEmbedder } from '#model/embedder.onnx.ts'
import { knowledgeIndex } from '#rag/knowledge-index.ts'
import { retrieval } from '#rag/retrieval.ts'
import { systemClock } from '#telemetry/clock.ts'
import type { Log } from '#telemetry/log.port.ts'
import { jsonLog } from '#telemetry/log.ts'
import type { BenchResult, Measure } from '../measures.ts'
import { quantile } from '../ranking-measures.ts'
import { inventedShop, SHOP } from './invented-shop.ts'

const MODEL = resolve(import.meta.dirname, '../../models/purser-embed')
const RESTART = resolve(import.meta.dirname, 'restart.ts')
const QUESTIONS = 480
const CHANGED = 0.01

type Restart = { ms: number; listings: number; rss: number; loads: number; chunks: number }

/**
 * `scale [PRODUCTS]`: the index alone over an invented catalog (80,000 products without a number), in this process: time a
 * question while the graph of neighbours is built, after it, and while and after 1 % changes; what it costs to make, to save
 * and, in a process of its own, to start from what was saved.
 */
export async function scaleBench([count = '80000']: string[], signal: AbortSignal): Promise<BenchResult> {
  const clock = systemClock()
  let saved = 0
  const log: Log = {
    ...jsonLog('error'),
    info(fields, message) {
      if (message === 'index snapshot written') saved = Number((fields as { ms: number }).ms)
    },
  }
  const state = await onnxEmbedder({ folder: MODEL, threads: 2, log }, signal)
  if (state.state === 'unavailable') throw new Error(`the embedder is needed: ${state.reason}`)
  const { embedder } = state
  const shop = inventedShop(Number(count), embedder.dimensions)
  const texts = shop.texts()
  const snapshotFolder = await mkdtemp(join(tmpdir(), 'purser-scale-'))
  const measures: Record<string, Measure> = {}
  const note = (name: string, value: number, unit: string, n: number) => {
    measures[name] = { value, unit, n }
  }

  const before = process.memoryUsage().rss
  const began = clock.elapsed()
  const parts = { feed: shop.feed, vectors: shop.vectors, notifications: null, model: embedder.model, clock, log }
  const index = await knowledgeIndex({ ...parts, snapshotFolder })
  await index.start(signal)
  const { chunks } = index.state(SHOP)
  note('build', clock.elapsed() - began, 'ms', chunks)

  const { search } = retrieval({ shopIndex: index.shopIndex, embedder, clock })
  let asked = 0
  /** Asks while `going`, one question after another. */
  async function ask(name: string, going: (times: number[]) => boolean): Promise<void> {
    const times: number[] = []
    while (going(times)) {
      const text = texts[asked++ % texts.length] as string
      const start = clock.elapsed()
      await search({ shop: SHOP, text, audience: {}, limit: 10, at: clock.now() }, signal)
      times.push(clock.elapsed() - start)
    }
    note(`p50${name}`, quantile(times, 0.5), 'ms', times.length)
    note(`p95${name}`, quantile(times, 0.95), 'ms', times.length)
  }

  await ask('WhileGraphIsBuilt', (times) => index.state(SHOP).waiting > 0 && times.length < QUESTIONS)
  while (index.state(SHOP).waiting > 0) await clock.sleep(50, signal)
  note('graph', clock.elapsed() - began, 'ms', chunks)
  await ask('', (times) => times.length < QUESTIONS)
  note('rssGrowth', (process.memoryUsage().rss - before) / 2 ** 20, 'MiB', 1)
  note('rss', process.memoryUsage().rss / 2 ** 20, 'MiB', 1)

  shop.change()
  const updating = clock.elapsed()
  let updated = 0
  const caughtUp = index.caughtUp(SHOP, signal).then(() => {
    updated = clock.elapsed() - updating
  })
  await ask('WhileUpdated', () => updated === 0)
  await caughtUp
  note('update', updated, 'ms', Math.ceil(chunks * CHANGED))
  await ask('AfterUpdate', (times) => times.length < QUESTIONS)

  await index.close(signal)
  note('save', saved, 'ms', chunks)
  const files = await Promise.all((await readdir(snapshotFolder)).map((name) => stat(join(snapshotFolder, name))))
  note('saved', files.reduce((sum, { size }) => sum + size, 0) / 2 ** 20, 'MiB', files.length)
  const again = [RESTART, snapshotFolder, count, embedder.model, String(embedder.dimensions)]
  const { stdout } = await promisify(execFile)(process.execPath, again, { signal })
  const restart = JSON.parse(stdout) as Restart
  if (restart.loads > 0) throw new Error('the snapshot was refused')
  note('start', restart.ms, 'ms', restart.chunks)
  note('startWithListings', restart.listings, 'ms', restart.chunks)
  note('startRssGrowth', restart.rss / 2 ** 20, 'MiB', 1)
  await embedder.close(signal)
  await rm(snapshotFolder, { recursive: true, force: true })

  const rows = Object.entries(measures).map(([name, { value, unit, n }]) => [name, value.toFixed(1), unit, String(n)])
  return { name: 'scale', measures, head: ['measure', 'value', 'unit', 'n'], rows }
}
