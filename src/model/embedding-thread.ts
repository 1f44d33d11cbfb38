import { Worker } from 'node:worker_threads'
import { Fault } from '#domain/fault.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { FromWorker, ToWorker, WorkerSetup } from './embedding-messages.ts'

export type EmbeddingThread = {
  run(text: string, signal: AbortSignal): Promise<Float32Array>
  /** False once every text would fail. */
  alive(): boolean
  close(signal: AbortSignal): Promise<void>
}
export type ThreadState =
  | { state: 'ready'; model: string; dimensions: number; thread: EmbeddingThread }
  | { state: 'unavailable'; reason: string }
type Waiting = { text: string; give(vector: Float32Array): void; fail(error: unknown): void }
type Live = { worker: Worker; served: number; exited: Promise<void> }

/**
 * A worker thread that runs `script` (one text at a time, in the order asked). When it dies, the text it had fails with
 * Fault retryable `model.embedder.died` and a new thread takes its place and the texts behind; a thread that dies before it served anything
 * is not replaced, and from then on every text fails with Fault operator `model.embedder.gone`.
 */
export async function embeddingThread(
  script: URL,
  setup: WorkerSetup,
  log: Log,
  signal: AbortSignal,
): Promise<ThreadState> {
  let runs = 0
  const waiting = new Map<number, Waiting>()
  let live: Live | null = null
  let starting: Promise<unknown> = Promise.resolve()
  let closed = false

  async function start(): Promise<Exclude<FromWorker, { kind: 'vector' | 'refused' }>> {
    const worker = new Worker(script, { workerData: setup })
    const mine: Live = { worker, served: 0, exited: new Promise((done) => worker.once('exit', () => done())) }
    live = mine
    return await new Promise((resolve) => {
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready' || message.kind === 'unavailable') return resolve(message)
        mine.served += 1
        settle(message)
      })
      // 'exit' always follows; without this listener the error would end the process.
      worker.on('error', (error) => log.error({ err: error }, 'embedding thread failed'))
      worker.once('exit', () => {
        resolve({ kind: 'unavailable', reason: 'the embedding thread ended while it loaded' })
        if (live === mine) died(mine)
      })
    })
  }

  function settle(message: Exclude<FromWorker, { kind: 'ready' | 'unavailable' }>): void {
    const asked = waiting.get(message.run)
    if (!asked) return
    waiting.delete(message.run)
    if (waiting.size === 0) live?.worker.unref()
    if (message.kind === 'vector') asked.give(message.vector)
    else
      asked.fail(
        new Fault({
          kind: 'fatal',
          code: 'model.embedder.refused',
          message: `The embedder refused a text: ${message.reason}.`,
        }),
      )
  }

  function died(dead: Live): void {
    live = null
    const [had] = waiting
    if (had) {
      waiting.delete(had[0])
      had[1].fail(closed ? gone() : hasDied())
    }
    if (closed || dead.served === 0) failRest()
    if (closed || dead.served === 0) return
    log.warn({ served: dead.served }, 'embedding thread restarted')
    starting = start().then((answer) => {
      if (answer.kind === 'unavailable') {
        log.error({ reason: answer.reason }, 'embedding thread stayed down')
        failRest()
      }
      for (const [run, { text }] of waiting) post(run, text)
      if (waiting.size === 0) live?.worker.unref()
    })
  }

  function failRest(): void {
    for (const { fail } of waiting.values()) fail(gone())
    waiting.clear()
  }

  function post(run: number, text: string): void {
    // Only a text on its way keeps the process alive.
    live?.worker.ref()
    live?.worker.postMessage({ kind: 'embed', run, text } satisfies ToWorker)
  }

  async function run(text: string, signal: AbortSignal): Promise<Float32Array> {
    await starting
    signal.throwIfAborted()
    if (!live || closed) throw gone()
    runs += 1
    const run = runs
    return await new Promise((give, fail) => {
      waiting.set(run, { text, give, fail })
      post(run, text)
    })
  }

  async function close(signal: AbortSignal): Promise<void> {
    closed = true
    const thread = live
    if (!thread) return
    thread.worker.ref()
    thread.worker.postMessage({ kind: 'close' } satisfies ToWorker)
    const impatient = () => void thread.worker.terminate()
    if (signal.aborted) impatient()
    else signal.addEventListener('abort', impatient, { once: true })
    await thread.exited
    signal.removeEventListener('abort', impatient)
  }

  const stop = () => void live?.worker.terminate()
  signal.addEventListener('abort', stop, { once: true })
  const answer = await start()
  signal.removeEventListener('abort', stop)
  signal.throwIfAborted()
  if (answer.kind === 'unavailable') return { state: 'unavailable', reason: answer.reason }
  ;(live as Live | null)?.worker.unref()
  const alive = () => live !== null && !closed
  return { state: 'ready', model: answer.model, dimensions: answer.dimensions, thread: { run, alive, close } }
}

const gone = () =>
  new Fault({
    kind: 'operator',
    code: 'model.embedder.gone',
    message: 'The embedder is not running; answers are found by words alone.',
  })

const hasDied = () =>
  new Fault({
    kind: 'retryable',
    code: 'model.embedder.died',
    message: 'The embedding thread died.',
    retryAfter: 1,
  })
