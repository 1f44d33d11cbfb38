import { Worker } from 'node:worker_threads'
import { Fault } from '#domain/fault.ts'
import type { ContentFindings } from '#ingest/findings/content-findings.port.ts'
import type { ImportRunner } from '#ingest/runner/import-runner.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { BackgroundSetup, BackgroundTask, FromBackground, ToBackground } from './background-messages.ts'

const WORKER = new URL('./background-worker.ts', import.meta.url)

export type BackgroundThread = {
  imports: ImportRunner
  findings: Pick<ContentFindings, 'pass'>
  /** Gives up what runs and ends the thread; an aborted signal does not wait for it. */
  close(signal: AbortSignal): Promise<void>
}
type Waiting = { give(result: unknown): void; fail(error: unknown): void }

/**
 * A worker thread for what takes long and nobody waits for, so that questions keep the main thread to themselves. Started with its
 * first task; when it dies, what it had fails with Fault retryable `app.background.died` and the next task starts another.
 */
export function backgroundThread(setup: BackgroundSetup, log: Log, script: URL = WORKER): BackgroundThread {
  const waiting = new Map<number, Waiting>()
  let calls = 0
  let live: { worker: Worker; exited: Promise<void> } | null = null

  function opened(): Worker {
    if (live) return live.worker
    const worker = new Worker(script, { workerData: setup })
    const mine = { worker, exited: new Promise<void>((done) => worker.once('exit', () => done())) }
    live = mine
    worker.on('message', settle)
    // 'exit' always follows; without this listener the error would end the process.
    worker.on('error', (error) => log.error({ err: error }, 'background thread failed'))
    worker.once('exit', () => {
      if (live === mine) live = null
      for (const { fail } of waiting.values()) fail(died())
      waiting.clear()
    })
    worker.unref()
    return worker
  }

  function settle(message: FromBackground): void {
    const call = waiting.get(message.call)
    waiting.delete(message.call)
    if (message.kind === 'ended') call?.give(message.result)
    else call?.fail(faultOf(message))
  }

  async function run(task: BackgroundTask, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted()
    const worker = opened()
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
      if (!ending) return
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
