import { openAsBlob } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { type InstanceKeys, readKeys } from '../../src/app/keys.ts'
import { callInstance } from '../../test/fixtures/shopper.ts'
import { type ProductProcess, postmasterOf, startProduct } from '../../test/torture/product-process.ts'
import { type Memory, memoryOf } from './memory.ts'

const POLL_MS = 50

export type ImportSeen = {
  searchableMs: number
  acceptedMs: number
  created: number
  updated: number
  unchanged: number
  rejected: number
}
export type VectorProgress = { done: number; total: number }
export type VectorsTold = VectorProgress & { perSecond: number | null; remainingSeconds: number | null }

/** The product as it runs for a shop, and what one sees of it from outside. */
export type Instance = {
  url: string
  keys: InstanceKeys
  /** From the start of its process until it says that it is ready. */
  startedMs: number
  load(file: string, source: string, signal: AbortSignal): Promise<ImportSeen>
  /** Read from /readyz, which costs nothing. */
  vectors(): Promise<
    VectorProgress & { /** Whether the graph of neighbours stands; until then vectors are scanned. */ graph: boolean }
  >
  /** What a shop is told: rate and time left too. Counts every passage. */
  told(): Promise<VectorsTold | null>
  find(query: string): Promise<string[]>
  memory(): Promise<Memory | null>
  /** Lines of its log whose message is this. */
  logged(message: string): Record<string, unknown>[]
  stop(): Promise<void>
}

/** Starts it on a data folder, without the demo shop. */
export async function openInstance(
  folder: string,
  environment: Record<string, string>,
  signal: AbortSignal,
): Promise<Instance> {
  const began = performance.now()
  const product: ProductProcess = await startProduct(folder, {
    PURSER_DEMO: '0',
    PURSER_LOG_LEVEL: 'info',
    ...environment,
  })
  const startedMs = performance.now() - began
  const { url } = product
  const keys = await readKeys(folder, signal)
  if (!keys) throw new Error('the instance has no keys')
  const call = async (method: string, path: string, body?: unknown) => {
    const reply = await callInstance(url, method, path, {
      token: keys.ingestKey,
      ...(body === undefined ? {} : { body }),
    })
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.status} ${reply.text.slice(0, 300)}`)
    return reply.json
  }
  return {
    url,
    keys,
    startedMs,
    async load(file, source, signal) {
      const sent = performance.now()
      const response = await fetch(`${url}/v1/imports?source=${source}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${keys.ingestKey}`, 'content-type': 'application/x-ndjson' },
        body: await openAsBlob(file, { type: 'application/x-ndjson' }),
        signal,
      })
      if (!response.ok) throw new Error(`the import was refused: ${response.status} ${await response.text()}`)
      const { id } = (await response.json()) as { id: string }
      const acceptedMs = performance.now() - sent
      for (;;) {
        const state = (await call('GET', `/v1/imports/${id}`)) as ImportSeen & { status: string }
        // It says `done` only once the index has everything.
        if (state.status === 'done') {
          const { created, updated, unchanged, rejected } = state
          return { searchableMs: performance.now() - sent, acceptedMs, created, updated, unchanged, rejected }
        }
        if (state.status !== 'running') throw new Error(`the import ended as ${state.status}`)
        await wait(POLL_MS)
      }
    },
    async vectors() {
      const body = (await callInstance(url, 'GET', '/readyz', {})).json as {
        dependencies: { index: { detail: string } }
      }
      const { detail } = body.dependencies.index
      const [, total = 0, done = 0] = /(\d+) passages, (\d+) with vectors/.exec(detail) ?? []
      return { done: Number(done), total: Number(total), graph: detail.includes('approximate') }
    },
    async told() {
      return ((await call('GET', '/v1/knowledge/freshness')) as { vectors: VectorsTold | null }).vectors
    },
    async find(query) {
      const { items } = (await call('POST', '/v1/search', { query, limit: 10 })) as { items: { documentId: string }[] }
      return items.map(({ documentId }) => documentId)
    },
    memory: async () => memoryOf(product.pid, await postmasterOf(folder)),
    logged: (message) =>
      product
        .log()
        .split('\n')
        .filter((line) => line.includes(`"msg":"${message}"`))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    stop: () => product.kill('SIGTERM'),
  }
}
