import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresOutbox } from '#db/background/outbox.postgres.ts'
import type { ImportRequest, ImportStore } from '#db/knowledge/imports.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import { shopId } from '#domain/ids.ts'
import { shopImports } from '#ingest/imports.ts'
import type { Job, Queue } from '#queue/queue.port.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { knowledgeBench } from '../../test/fixtures/knowledge-bench.ts'
import { importJob, requeueImports, tidyImports } from './import-job.ts'
import { backgroundJobs } from './jobs.ts'
import { outboxRelay } from './outbox-relay.ts'

const { signal } = new AbortController()
const clock = systemClock()
const REQUEST: ImportRequest = { source: 'file', mode: 'upsert', dryRun: false, allowRetire: false }
let bench: Awaited<ReturnType<typeof knowledgeBench>>
let shops = 0
beforeAll(async () => {
  bench = await knowledgeBench()
})
afterAll(() => bench.close())

/** Runs jobs at once, each id once, as a queue would. */
function queueInMemory() {
  const known = new Map<string, Job>()
  const handlers = new Map<string, (job: Job, signal: AbortSignal) => Promise<void>>()
  const running: Promise<unknown>[] = []
  const queue: Queue = {
    working: () => true,
    every: async () => {},
    async add(name, payload, { jobId }) {
      if (known.has(jobId)) return
      const job = { id: jobId, name, payload, attempt: 1 }
      known.set(jobId, job)
      const handler = handlers.get(name)
      if (handler) running.push(handler(job, signal).catch((error) => error))
    },
    worker: (name, handler) => void handlers.set(name, handler),
    close: async () => {},
  }
  return { queue, jobs: () => [...known.values()], settled: () => Promise.all(running) }
}

async function open() {
  const shop = shopId(`shop-${++shops}`)
  await bench.database.insertInto('shops').values({ id: shop, name: shop }).execute()
  const { documents, log, database } = bench
  const finished = Promise.withResolvers<void>()
  const importStore: ImportStore = {
    ...bench.imports,
    async finish(...args) {
      const outcome = await bench.imports.finish(...args)
      finished.resolve()
      return outcome
    },
  }
  const imports = shopImports({
    store: importStore,
    documents,
    boilerplate: bench.boilerplate,
    index: { caughtUp: async () => {} },
    clock,
    ids: randomIds(clock),
    log,
  })
  const outbox = postgresOutbox(database)
  const listening: ((payload: string | null) => void)[] = []
  const notifications: Pick<Notifications, 'listen'> = {
    listen(_channel, onKnock) {
      listening.push(onKnock)
      return () => {}
    },
  }
  const upload = () => imports.start(shop, REQUEST, { format: 'ndjson' }, oneRow(), signal)
  const jobsOver = (queue: Queue) =>
    backgroundJobs({
      queue,
      outbox,
      imports,
      importStore,
      feed: { shops: async () => [shop] },
      notifications,
      backfill: null,
      clock,
      log,
    })
  return {
    shop,
    finished: finished.promise,
    imports,
    importStore,
    outbox,
    upload,
    jobsOver,
    knock: (payload: string | null) => listening.forEach((onKnock) => void onKnock(payload)),
  }
}

async function* oneRow(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(JSON.stringify({ id: 'a', kind: 'faq', title: 'Q?', text: 'A.' }))
}

describe('the outbox relay', () => {
  test('hands an accepted import to the queue once, and forgets the entry only then', async () => {
    const { shop, outbox, upload } = await open()
    const id = await upload()
    const relayTo = (queue: Pick<Queue, 'add'>) => outboxRelay(outbox, queue)
    await expect(relayTo({ add: () => Promise.reject(new Error('the queue is away')) })(shop, signal)).rejects.toThrow(
      'away',
    )
    const { queue, jobs } = queueInMemory()
    // The crash between handing over and forgetting.
    await queue.add('import', { shop, import: id }, { jobId: `out_${id}` }, signal)
    expect(await relayTo(queue)(shop, signal)).toBe(1)
    expect(await relayTo(queue)(shop, signal)).toBe(0)
    expect(jobs()).toEqual([{ id: `out_${id}`, name: 'import', payload: { shop, import: id }, attempt: 1 }])
  })
})

describe('background jobs', () => {
  test('run an import that was accepted while they run', async () => {
    const { shop, upload, jobsOver, knock, finished, importStore } = await open()
    const { queue } = queueInMemory()
    const jobs = jobsOver(queue)
    await jobs.start(signal)
    const id = await upload()
    knock(shop)
    await finished
    expect(await importStore.get(shop, id, signal)).toMatchObject({ status: 'done', created: 1 })
    await jobs.close(signal)
  })

  test('take up an import whose job was lost with its queue', async () => {
    const { shop, upload, jobsOver, outbox, finished, importStore } = await open()
    const id = await upload()
    await outboxRelay(outbox, { add: async () => {} })(shop, signal)
    const jobs = jobsOver(queueInMemory().queue)
    await jobs.start(signal)
    await finished
    expect(await importStore.get(shop, id, signal)).toMatchObject({ status: 'done', created: 1 })
    await jobs.close(signal)
  })

  test('end an import that cannot go on as failed', async () => {
    const { shop, importStore, imports, upload, outbox } = await open()
    const id = await upload()
    const broken = importJob({ ...imports, run: () => Promise.reject(new TypeError('a bug')) }, importStore)
    await expect(
      broken({ id: '1', name: 'import', payload: { shop, import: id }, attempt: 1 }, signal),
    ).rejects.toThrow('a bug')
    expect(await importStore.get(shop, id, signal)).toMatchObject({
      status: 'failed',
      problem: { code: 'app.unexpected' },
    })
    await expect(broken({ id: '2', name: 'import', payload: { no: 1 }, attempt: 1 }, signal)).rejects.toMatchObject({
      code: 'jobs.payload.invalid',
    })
    expect(await outbox.pending(shop, 9, signal)).toHaveLength(1)
  })

  test('put an import whose worker was lost back into the queue within two minutes, and end it after a day', async () => {
    const { shop, importStore, upload } = await open()
    const id = await upload()
    const added: unknown[] = []
    const queue: Pick<Queue, 'add'> = { add: async (_name, payload) => void added.push(payload) }
    const look = (afterMs: number) => {
      const later = { ...clock, now: () => new Date(clock.now().getTime() + afterMs) }
      return requeueImports(importStore, queue, later, shop, { all: false }, signal)
    }
    await look(30_000)
    expect(added).toEqual([])
    await look(90_001)
    expect(added).toEqual([{ shop, import: id }])
    await look(86_400_001)
    expect(added).toHaveLength(1)
    expect(await importStore.get(shop, id, signal)).toMatchObject({
      status: 'failed',
      problem: { code: 'no_progress' },
    })
  })

  test('give up uploads that fell silent, and forget rows and old reports', async () => {
    const { shop, importStore, upload, imports } = await open()
    await importStore.open(shop, 'imp_silent', REQUEST, signal)
    const id = await upload()
    await imports.run(shop, id, signal)
    const later = (ms: number) => ({ ...clock, now: () => new Date(clock.now().getTime() + ms) })
    await tidyImports(importStore, clock, shop, signal)
    expect(await importStore.get(shop, 'imp_silent', signal)).toMatchObject({ status: 'running', receiving: true })
    await tidyImports(importStore, later(121_000), shop, signal)
    expect(await importStore.get(shop, 'imp_silent', signal)).toMatchObject({
      status: 'failed',
      problem: { code: 'upload_interrupted' },
    })
    expect(await bench.asOwner(`select line from import_rows where shop = '${shop}'`)).toEqual([])
    expect(await importStore.get(shop, id, signal)).toMatchObject({ status: 'done', created: 1 })
    await tidyImports(importStore, later(15 * 86_400_000), shop, signal)
    expect(await importStore.get(shop, id, signal)).toBeNull()
  })
})
