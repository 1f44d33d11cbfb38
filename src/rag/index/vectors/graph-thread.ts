import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

const WORKER = new URL('./graph-worker.ts', import.meta.url)

/** What the thread is asked to build and where to put it. */
export type GraphOrder = { dimensions: number; keys: number[]; vectors: Int8Array<ArrayBuffer>; file: string }
export type GraphThread = {
  /**
   * Has a graph built and gives `read` its file, which is gone afterwards: usearch can hand a graph from one thread to
   * another by a file alone. Rejects with what went wrong, or the signal's reason.
   */
  built<T>(order: Omit<GraphOrder, 'file'>, read: (file: string) => T, signal: AbortSignal): Promise<T>
}

/** A thread is started for each graph: they are rare, and an idle thread keeps some 10 MB. */
export function graphThread(): GraphThread {
  return {
    async built(order, read, signal) {
      signal.throwIfAborted()
      const folder = await mkdtemp(join(tmpdir(), 'purser-graph-'))
      try {
        const file = join(folder, 'graph')
        await run({ ...order, file }, signal)
        return read(file)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

async function run(order: GraphOrder, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const worker = new Worker(WORKER, { workerData: order, transferList: [order.vectors.buffer] })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  worker.once('error', reject)
  worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the thread ended with ${code}`))))
  try {
    await promise
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
