import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Log } from '#telemetry/log.port.ts'
import { onnxEmbedder } from './embedder.onnx.ts'
import type { Embedder } from './embedder.port.ts'
import { readReferences } from './model-folder.ts'
import { type OnnxModel, onnxModel } from './onnx-model.ts'

const FOLDER = resolve(import.meta.dirname, '../../models/purser-embed')
const { signal } = new AbortController()
const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log }

async function ready(options: { folder?: string; worker?: URL } = {}): Promise<Embedder> {
  const state = await onnxEmbedder({ folder: FOLDER, threads: 2, log, ...options }, signal)
  if (state.state === 'unavailable') throw new Error(state.reason)
  return state.embedder
}

describe('the shipped model', () => {
  let model: OnnxModel
  beforeAll(async () => {
    model = await onnxModel(FOLDER, signal)
  })
  afterAll(() => model.release())

  test('gives the ids and the vectors of every reference text', async () => {
    const references = await readReferences(FOLDER, signal)
    expect(references.length).toBeGreaterThan(50)
    const cosines: number[] = []
    for (const { text, ids, vector } of references) {
      expect(model.tokenIds(text)).toEqual(ids)
      cosines.push(cosine(await model.embed(text), vector))
    }
    // Rounding moves a text in fifty by some thousandths, and the others not at all.
    expect(Math.min(...cosines)).toBeGreaterThanOrEqual(0.995)
    expect(cosines.filter((one) => one >= 0.999).length).toBeGreaterThanOrEqual(cosines.length * 0.9)
  })

  test('keeps the first 255 ids and the closing mark of a long text', () => {
    const ids = model.tokenIds('tent '.repeat(400))
    expect(ids).toHaveLength(256)
    expect(ids.at(-1)).toBe(model.tokenIds('tent').at(-1))
    expect(ids.at(-2)).toBe(ids.at(1))
  })
})

describe('the embedder', () => {
  test('gives unit vectors, the same for the same text, from its own thread', async () => {
    const embedder = await ready()
    const [one, two] = await Promise.all([
      embedder.embed('Where is my parcel?', 'question', signal),
      embedder.embed('Where is my parcel?', 'background', signal),
    ])
    expect(embedder.model).toMatch(/^purser-embed@1\+[0-9a-f]{12}$/)
    expect(one).toHaveLength(embedder.dimensions)
    expect(cosine(one, one)).toBeCloseTo(1, 4)
    expect(one).toEqual(two)
    await embedder.close(signal)
  })

  test('rejects with the reason when aborted, and serves the next text', async () => {
    const embedder = await ready()
    const abort = new AbortController()
    const dropped = embedder.embed('first', 'question', abort.signal)
    const kept = embedder.embed('second', 'question', signal)
    abort.abort(new Error('the shopper left'))
    await expect(dropped).rejects.toThrow('the shopper left')
    expect(await kept).toHaveLength(embedder.dimensions)
    await embedder.close(signal)
  })

  test('encodes background texts in two threads at a time, and questions in one', async () => {
    const script = `
      import { parentPort, threadId } from 'node:worker_threads'
      parentPort.on('message', ({ kind, run }) => {
        if (kind === 'close') return parentPort.close()
        parentPort.postMessage({ kind: 'vector', run, vector: Float32Array.of(threadId) })
      })
      parentPort.postMessage({ kind: 'ready', model: 'stand-in', dimensions: 1 })`
    const worker = new URL(`data:text/javascript,${encodeURIComponent(script)}`)
    const embedder = await ready({ worker })
    const threadsOf = async (priority: 'question' | 'background') => {
      const vectors = await Promise.all(['one', 'two'].map((text) => embedder.embed(text, priority, signal)))
      return new Set(vectors.map(([thread]) => thread)).size
    }
    expect(await threadsOf('background')).toBe(2)
    expect(await threadsOf('question')).toBe(1)
    await embedder.close(signal)
  })

  test('fails every text after close', async () => {
    const embedder = await ready()
    await embedder.close(signal)
    await expect(embedder.embed('late', 'question', signal)).rejects.toMatchObject({ code: 'model.embedder.gone' })
  })
})

describe('without a usable model', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'purser-model-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const reason = async (path: string) => {
    const state = await onnxEmbedder({ folder: path, threads: 1, log }, signal)
    return state.state === 'unavailable' ? state.reason : 'ready'
  }
  const copy = (name: string) => {
    cpSync(FOLDER, join(folder, name), { recursive: true })
    return join(folder, name)
  }

  test('says that the folder is missing', async () => {
    expect(await reason(join(folder, 'nowhere'))).toMatch(/model folder is missing/)
  })

  test('says that the weights are damaged', async () => {
    const damaged = copy('damaged')
    truncateSync(join(damaged, 'model.onnx'), 1_000_000)
    expect(await reason(damaged)).toMatch(/SHA-256/)
  })

  test('says that the vectors are not those of the reference texts', async () => {
    const other = copy('other')
    const [first] = await readReferences(FOLDER, signal)
    if (!first) throw new Error('no reference')
    writeFileSync(
      join(other, 'reference.json'),
      JSON.stringify([{ ...first, vector: first.vector.map((value) => -value) }]),
    )
    expect(await reason(other)).toMatch(/vectors of reference.json/)
  })
})

test('a text has the same vector as a question and in the background', async () => {
  const embedder = await ready()
  const text = 'How long do I have to return headphones that do not fit?'
  const question = await embedder.embed(text, 'question', signal)
  const background = await embedder.embed(text, 'background', signal)
  expect(cosine(question, background)).toBeGreaterThan(0.99999)
  await embedder.close(signal)
})

describe('a thread that dies', () => {
  const script = (dies: string) =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`
        import { parentPort } from 'node:worker_threads'
        parentPort.on('message', ({ kind, run, text }) => {
          if (kind === 'close') return parentPort.close()
          if (${dies}) process.exit(1)
          parentPort.postMessage({ kind: 'vector', run, vector: new Float32Array(2) })
        })
        parentPort.postMessage({ kind: 'ready', model: 'stand-in', dimensions: 2 })`)}`,
    )

  test('fails the text it had and is replaced', async () => {
    const embedder = await ready({ worker: script(`text === 'poison'`) })
    await embedder.embed('good', 'question', signal)
    const [poison, after] = await Promise.allSettled([
      embedder.embed('poison', 'question', signal),
      embedder.embed('good again', 'question', signal),
    ])
    expect(poison).toMatchObject({ reason: { code: 'model.embedder.died', kind: 'retryable' } })
    expect(after.status).toBe('fulfilled')
    await embedder.close(signal)
  })

  test('leaves its texts to the other when it is gone', async () => {
    // Whichever gets the first text dies of it, having served nothing.
    const embedder = await ready({ worker: script(`text === 'poison'`) })
    await expect(embedder.embed('poison', 'background', signal)).rejects.toMatchObject({ code: 'model.embedder.died' })
    const after = ['one', 'two', 'three'].map((text) => embedder.embed(text, 'background', signal))
    expect(await Promise.all(after)).toHaveLength(3)
    await embedder.close(signal)
  })

  test('is not replaced when it served nothing', async () => {
    const embedder = await ready({ worker: script('true') })
    for (let thread = 0; thread < 2; thread += 1)
      await expect(embedder.embed('any', 'question', signal)).rejects.toMatchObject({ code: 'model.embedder.died' })
    await expect(embedder.embed('any', 'question', signal)).rejects.toMatchObject({
      code: 'model.embedder.gone',
      kind: 'operator',
    })
  })
})

function cosine(one: ArrayLike<number>, two: ArrayLike<number>): number {
  let sum = 0
  for (let place = 0; place < one.length; place += 1) sum += (one[place] ?? 0) * (two[place] ?? 0)
  return sum
}
