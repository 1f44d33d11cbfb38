// The thread that holds the model, once for questions and once for background texts: a short text gains little by a second
// processor and takes it from the thread that answers (searches by 8 clients: p95 33 ms instead of 54), a catalog needs both.
// It runs one text at a time, in the order they came; who is next is decided by turns.ts.
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerSetup } from './embedding-messages.ts'
import { type OnnxModel, onnxModel } from './onnx-model.ts'
import type { Priority } from './turns.ts'

/** Gives way to the thread that answers, not by much: a question’s own text is encoded here, too. */
const NICENESS = 5

// On Linux alone this is about the calling thread, and those of the runtime that it starts; elsewhere it would slow down the
// whole process.
if (process.platform === 'linux') setPriority(0, NICENESS)
const { folder, threads } = workerData as WorkerSetup
const tell = (message: FromWorker, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer)

try {
  const { signal } = new AbortController()
  const question = await onnxModel(folder, 1, signal)
  const background = threads > 1 ? await onnxModel(folder, threads, signal) : question
  let last = Promise.resolve()
  parentPort?.on('message', (message: ToWorker) => {
    last = last.then(() => serve(message, { question, background }))
  })
  tell({ kind: 'ready', model: question.model, dimensions: question.dimensions })
} catch (error) {
  tell({ kind: 'unavailable', reason: error instanceof Error ? error.message : 'unknown' })
  parentPort?.close()
}

async function serve(message: ToWorker, models: Record<Priority, OnnxModel>): Promise<void> {
  if (message.kind === 'close') {
    for (const model of new Set(Object.values(models))) await model.release()
    parentPort?.close()
    return
  }
  try {
    // A copy: the runtime's own buffer cannot be handed to another thread.
    const vector = Float32Array.from(await models[message.priority].embed(message.text))
    tell({ kind: 'vector', run: message.run, vector }, [vector.buffer as ArrayBuffer])
  } catch (error) {
    tell({ kind: 'refused', run: message.run, reason: error instanceof Error ? error.message : 'unknown' })
  }
}
