import { Worker } from 'node:worker_threads'
import { Fault } from '#domain/fault.ts'
import type { ContentFindings } from '#ingest/findings/content-findings.port.ts'
import type { ImportRunner } from '#ingest/runner/import-runner.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { BackgroundSetup, BackgroundTask, FromBackground, ToBackground } from './background-messages.ts'

const WORKER = new URL('./background-worker.ts', import.meta.url)
/** A thread without work keeps the memory of what it did, 100 MB: it ends, and the next task starts another within half a second. */
const IDLE_MS = 5_000
/** For what is new in its heap (MB). Left to itself it takes some 60 MB more, and a catalog is imported no quicker. */
const YOUNG_MB = 24

export type BackgroundThread = {
  imports: ImportRunner
  findings: Pick<ContentFindings, 'pass'>
  /** Gives up what runs and ends the thread; an aborted signal does not wait for it. */
  close(signal: AbortSignal): Promise<void>
}
type Waiting = { give(result: unknown): void; fail(error: unknown): void }
type Live = { worker: Worker; exited: Promise<void>; waiting: Map<number, Waiting>; resting: AbortController }

/**
 * A worker thread for what takes long and nobody waits for, so that questions keep the main thread to themselves. Started with its
 * first task, ended when it has had none for a while; when it dies, what it had fails with Fault retryable `app.background.died` and the
 * next task starts another.
 */
export function backgroundThread(
  setup: BackgroundSetup,
  clock: Clock,
  log: Log,
  script: URL = WORKER,
): BackgroundThread {
  let calls = 0
  let live: Live | null = null
  /** The last one that rested, on its way out. */
  let left: Promise<void> = Promise.resolve()

  function opened(): Live {
    if (live) return live
    const worker = new Worker(script, { workerData: setup, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } })
    const waiting: Live['waiting'] = new Map()
    const exited = new Promise<void>((done) => worker.once('exit', () => done()))
    const mine: Live = { worker, exited, waiting, resting: new AbortController() }
    live = mine
    worker.on('message', (message: FromBackground) => settle(mine, message))
    // 'exit' always follows; without this listener the error would end the process.
    worker.on('error', (error) => log.error({ err: error }, 'background thread failed'))
    worker.once('exit', () => {
      if (live === mine) live = null
      for (const { fail } of waiting.values()) fail(died())
      waiting.clear()
    })
    worker.unref()
    return mine
  }

  function settle(mine: Live, message: FromBackground): void {
    const call = mine.waiting.get(message.call)
    mine.waiting.delete(message.call)
    if (message.kind === 'ended') call?.give(message.result)
    else call?.fail(faultOf(message))
    if (mine.waiting.size === 0) rest(mine)
  }

  function rest(mine: Live): void {
    if (live !== mine) return
    mine.resting = new AbortController()
    clock.sleep(IDLE_MS, mine.resting.signal).then(
      () => {
        // From here on nothing reaches it: the next task has a thread of its own.
        live = null
        left = mine.exited
        mine.worker.postMessage({ kind: 'close' } satisfies ToBackground)
      },
      () => {},
    )
  }

  async function run(task: BackgroundTask, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted()
    const { worker, waiting, resting } = opened()
    resting.abort()
    calls += 1
    const call = calls
    const giveUp = () => worker.postMessage({ kind: 'abort', call } satisfies ToBackground)
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      return await new Promise((give, fail) => {
        waiting.set(call, { give, fail })
        worker.postMessage({ kind: 'run', call, task } satisfies ToBackground)
      })
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  return {
    imports: { run: async (shop, id, signal) => (await run({ task: 'import', shop, id }, signal)) as 'done' | 'moved' },
    findings: { pass: async (shop, signal) => (await run({ task: 'findings', shop }, signal)) as { looked: number } },
    async close(signal) {
      const ending = live
      // What it gives up now is no reason to rest.
      live = null
      await left
      if (!ending) return
      ending.resting.abort()
      const hurry = () => void ending.worker.terminate()
      if (signal.aborted) hurry()
      else signal.addEventListener('abort', hurry, { once: true })
      ending.worker.postMessage({ kind: 'close' } satisfies ToBackground)
      await ending.exited
      signal.removeEventListener('abort', hurry)
    },
  }
}

function faultOf({ fault, stack }: Extract<FromBackground, { kind: 'failed' }>): Fault {
  return new Fault({ ...fault, cause: Object.assign(new Error(fault.message), { stack }) })
}

const died = () =>
  new Fault({
    kind: 'retryable',
    code: 'app.background.died',
    message: 'The thread that works in the background died.',
    retryAfter: 1,
  })
