import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Embedder, EmbedderState } from './embedder.port.ts'
import { embeddingThread } from './embedding-thread.ts'
import { declineNativeTelemetry } from './native-telemetry.ts'
import { turns } from './turns.ts'

const WORKER = new URL('./embedding-worker.ts', import.meta.url)

/**
 * Questions handed to the thread before it has answered the first: it goes on with the next while their askers' thread is busy.
 * A text under way cannot be taken back, so not many.
 */
const HANDED_OVER = 8

export type OnnxEmbedderOptions = {
  /** A folder of the layout of models/purser-embed. */
  folder: string
  /** Background texts encoded at a time, each in a thread with a model of its own (some 40 MB). Questions have one of them. */
  threads: number
  log: Log
  /** With it, background work leaves a moment between the texts of one question. */
  clock?: Clock
  /** Another worker script, for tests of what happens when it dies. */
  worker?: URL
}

/**
 * The shipped embedder in threads of its own; loading (about 0.2 s) never blocks the caller's thread, so start it beside
 * other things. A thread that is gone leaves its texts to the others. `unavailable` with a plain reason when the folder or the native runtime is missing or fails its proof.
 * `embed` throws Fault retryable `model.embedder.died` and operator `model.embedder.gone` (see embedding-thread.ts).
 */
export async function onnxEmbedder(
  { folder, threads, log, clock, worker = WORKER }: OnnxEmbedderOptions,
  signal: AbortSignal,
): Promise<EmbedderState> {
  if (!(await exists(join(folder, 'config.json'))))
    return unavailable(log, 'the model folder is missing or has no config.json')
  declineNativeTelemetry()
  const [first, ...others] = await Promise.all(
    Array.from({ length: Math.max(1, threads) }, () => embeddingThread(worker, { folder }, log, signal)),
  )
  if (first?.state !== 'ready') {
    await Promise.all(others.map((other) => other.state === 'ready' && other.thread.close(signal)))
    return unavailable(log, first?.reason ?? 'no thread was asked for')
  }
  const { model, dimensions } = first
  const lanes = [first, ...others].flatMap((one) => (one.state === 'ready' ? one.thread : []))
  const threadOf = (lane: number) => [lanes[lane], ...lanes].find((one) => one?.alive()) ?? first.thread
  const queue = turns(clock ?? null, HANDED_OVER, lanes.length)
  log.info({ model, dimensions }, 'embedder ready')
  const embedder: Embedder = {
    model,
    dimensions,
    embed: (text, priority, signal) => queue.take(priority, (lane) => threadOf(lane).run(text, signal), signal),
    async close(signal) {
      await Promise.all(lanes.map((lane) => lane.close(signal)))
    },
  }
  return { state: 'ready', embedder }
}

function unavailable(log: Log, reason: string): EmbedderState {
  log.warn({ reason }, 'embedder unavailable')
  return { state: 'unavailable', reason }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
