import { availableParallelism, setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import { Index, MetricKind, ScalarKind } from 'usearch'
import type { GraphOrder } from './graph-thread.ts'
import { GRAPH } from './neighbours.usearch.ts'

/** Where a question and the graph want a processor, the question gets it. */
const NICE = 10
/** Vectors a call: a thread can be ended between two calls only, and a stop shall not wait for a whole graph. */
const BATCH = 256

const { dimensions, keys, vectors, file } = workerData as GraphOrder
try {
  // Of this thread and those it starts alone: Linux keeps priorities by thread.
  if (process.platform === 'linux') setPriority(0, NICE)
} catch {
  // Not allowed here: then it competes.
}
const graph = new Index({ dimensions, metric: MetricKind.Cos, quantization: ScalarKind.I8, ...GRAPH })
for (let from = 0; from < keys.length; from += BATCH) {
  const some = BigUint64Array.from(keys.slice(from, from + BATCH), BigInt)
  graph.add(some, vectors.subarray(from * dimensions, (from + BATCH) * dimensions), Math.min(2, availableParallelism()))
}
graph.save(file)
