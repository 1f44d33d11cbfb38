// A thread that holds the model and runs one text at a time, in the order they came; who is next is decided by turns.ts.
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerSetup } from './embedding-messages.ts'
import { type OnnxModel, onnxModel } from './onnx-model.ts'

/** Gives way to the thread that answers, not by much: a question’s own text is encoded here, too. */
const NICENESS = 5

// On Linux alone this is about the calling thread; elsewhere it would slow down the whole process.
if (process.platform === 'linux') setPriority(0, NICENESS)
const { folder } = workerData as WorkerSetup
const tell = (message: FromWorker, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer)

try {
  const model = await onnxModel(folder, new AbortController().signal)
  let last = Promise.resolve()
  parentPort?.on('message', (message: ToWorker) => {
    last = last.then(() => serve(message, model))
  })
  tell({ kind: 'ready', model: model.model, dimensions: model.dimensions })
} catch (error) {
  tell({ kind: 'unavailable', reason: error instanceof Error ? error.message : 'unknown' })
  parentPort?.close()
}

async function serve(message: ToWorker, model: OnnxModel): Promise<void> {
  if (message.kind === 'close') {
    await model.release()
    parentPort?.close()
    return
  }
  try {
    // A copy: the runtime's own buffer cannot be handed to another thread.
    const vector = Float32Array.from(await model.embed(message.text))
    tell({ kind: 'vector', run: message.run, vector }, [vector.buffer as ArrayBuffer])
  } catch (error) {
    tell({ kind: 'refused', run: message.run, reason: error instanceof Error ? error.message : 'unknown' })
  }
}
