import { Tokenizer } from '@huggingface/tokenizers'
import { LEFT_APART, lighterGraph } from './lighter-graph.ts'
import type { ReferenceText } from './model-folder.ts'
import { modelName, readConfig, readReferences, readTokenizer, readWeights } from './model-folder.ts'

/**
 * How near the reference vectors a machine's own must come. Rounding differs between processors, and where it decides to which
 * byte a number goes, a text in fifty moves by some thousandths (docs/decisions/0025-a-lighter-graph.md); another model's
 * vectors are nowhere near.
 */
const LEAST_COSINE = 0.99
const CHECKED_TEXTS = 3

export type OnnxModel = {
  model: string
  dimensions: number
  tokenIds(text: string): number[]
  /** A unit-length vector, `dimensions` long. */
  embed(text: string): Promise<Float32Array>
  release(): Promise<void>
}

/**
 * Loads a model folder and proves it on three reference texts. Throws Error with one plain sentence when the native
 * runtime is missing or the folder is not what its configuration says. Source: models/purser-embed/README.md.
 */
export async function onnxModel(folder: string, signal: AbortSignal): Promise<OnnxModel> {
  const config = await readConfig(folder, signal)
  const files = await readTokenizer(folder, signal)
  const tokenizer = new Tokenizer(files.tokenizer, files.config)
  const ort = await nativeRuntime()
  const weights = await readWeights(folder, config, signal)
  const graph = lighterGraph(weights)
  letGo(weights)
  const session = await ort.InferenceSession.create(graph, {
    // One text shared among threads is made hardly sooner than by one: most of its steps are over before another thread is awake.
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    extra: { optimization: { disable_specified_optimizers: LEFT_APART } },
  })
  letGo(graph)

  const tokenIds = (text: string) => cut(tokenizer.encode(text).ids, config.maxTokens)

  async function embed(text: string): Promise<Float32Array> {
    const ids = tokenIds(text)
    const feeds = Object.fromEntries(config.inputs.map((input) => [input, ids64(ort, input, ids)]))
    const output = (await session.run(feeds))[config.output]
    if (!(output?.data instanceof Float32Array) || output.data.length !== config.dimensions)
      throw new Error(`the model gave no "${config.output}" of ${config.dimensions} numbers`)
    return output.data
  }

  const loaded = {
    model: modelName(config),
    dimensions: config.dimensions,
    tokenIds,
    embed,
    release: () => session.release(),
  }
  await prove(loaded, (await readReferences(folder, signal)).slice(0, CHECKED_TEXTS))
  return loaded
}

/**
 * Gives the memory back at once: the runtime has a copy of its own, and a thread that leaves little behind collects nothing for
 * hours.
 */
function letGo(bytes: Uint8Array<ArrayBuffer>): void {
  if (bytes.byteLength === bytes.buffer.byteLength) bytes.buffer.transfer(0)
}

async function nativeRuntime() {
  try {
    return await import('onnxruntime-node')
  } catch (cause) {
    throw new Error('onnxruntime-node has no native runtime for this machine', { cause })
  }
}

/** Over the limit: the first ids and the closing mark, as the reference implementation cuts. */
function cut(ids: number[], most: number): number[] {
  return ids.length <= most ? ids : [...ids.slice(0, most - 1), ids[ids.length - 1] ?? 0]
}

function ids64(ort: typeof import('onnxruntime-node'), input: string, ids: number[]) {
  const values = BigInt64Array.from(ids, (id) =>
    input === 'input_ids' ? BigInt(id) : input === 'attention_mask' ? 1n : 0n,
  )
  return new ort.Tensor('int64', values, [1, ids.length])
}

async function prove(model: OnnxModel, references: ReferenceText[]): Promise<void> {
  for (const { text, ids, vector } of references) {
    if (model.tokenIds(text).join() !== ids.join())
      throw new Error('the tokenizer does not give the ids of reference.json')
    const own = await model.embed(text)
    const cosine = vector.reduce((sum, value, place) => sum + value * (own[place] ?? 0), 0)
    if (!(cosine >= LEAST_COSINE)) throw new Error('the model does not give the vectors of reference.json')
  }
}
