import {
  type Job as BullJob,
  Queue as BullQueue,
  type ConnectionOptions,
  createPostgresBackend,
  runMigrations,
  UnrecoverableError,
  Worker,
  withBackend,
} from 'bullmq'
import { Redis } from 'ioredis'
import { asFault, Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Job, JobPayload, Queue } from './queue.port.ts'

const PREFIX = 'purser'
/** A dead process's job is looked for this often (ms) and counts as abandoned after the lock: taken again within 15 s. */
const LOCK_MS = 10_000
const STALLED_EVERY_MS = 5_000
const CONCURRENCY = 2
const REPLACE_AFTER_MS = 500
/** 1 s, 2 s, 4 s … a bit over an hour in all. */
const JOB = { attempts: 12, backoff: { type: 'exponential', delay: 1_000 } }
/** A recurring job that failed is followed by the next of its kind; a few stay to be looked at. */
const RECURRING = { attempts: 1, removeOnComplete: { count: 3 }, removeOnFail: { count: 20 } }
/** Done jobs stay long enough for a relay that crashed after adding to find them; failed ones for a person to look at. */
const KEEP = { removeOnComplete: { age: 3_600, count: 1_000 }, removeOnFail: { age: 14 * 86_400, count: 1_000 } }

type Handler = (job: Job, signal: AbortSignal) => Promise<void>

/** The few things of BullMQ used here, whichever backend is behind them. */
type Backend = {
  /** Makes what the jobs are kept in; safe to repeat. */
  prepare(): Promise<void>
  queue(name: string): Pick<BullQueue, 'add' | 'upsertJobScheduler' | 'close' | 'on' | 'waitUntilReady'>
  worker(name: string, run: (job: BullJob) => Promise<void>): Pick<Worker, 'close' | 'on'>
  close(): Promise<void>
  /** Whether a worker goes on by itself after it lost its connection. */
  recovers: boolean
}

/** A `pg.Pool` of the database's owner whose connections survive their server's death (db/queue-pool.ts); at least two a queue and three a worker. */
export type QueuePool = { connect(): Promise<{ query: unknown; release(): void }> }

/** Jobs in PostgreSQL, in BullMQ's own schema, made when it is missing. Whoever opened the pool closes it, after the queue. */
export function postgresQueue(pool: QueuePool, clock: Clock, log: Log): Queue {
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend)
  const options = { connection: pool as never }
  return bullQueue(
    {
      async prepare() {
        const client = await pool.connect()
        try {
          await runMigrations(client as never)
        } finally {
          client.release()
        }
      },
      queue: (name) =>
        new PostgresQueue(name, { ...options, defaultJobOptions: { ...JOB, ...KEEP } }) as unknown as ReturnType<
          Backend['queue']
        >,
      worker: (name, run) =>
        new PostgresWorker(name, run as never, { ...options, ...workerOptions() }) as unknown as ReturnType<
          Backend['worker']
        >,
      close: async () => {},
      recovers: false,
    },
    clock,
    log,
  )
}

/** Jobs in Redis at `url`; it should write its changes to disk (appendonly), though nothing is lost for good without: PostgreSQL knows what is to be done. */
export function redisQueue(url: string, clock: Clock, log: Log): Queue {
  const connections: Redis[] = []
  // A producer would rather fail than wait: the outbox still has the entry.
  const connect = (blocking: boolean): ConnectionOptions => {
    const redis = new Redis(url, {
      maxRetriesPerRequest: blocking ? null : 3,
      enableOfflineQueue: true,
      lazyConnect: false,
    })
    redis.on('error', (error: Error) => log.warn({ problem: error.message }, 'redis connection failed'))
    connections.push(redis)
    return redis as unknown as ConnectionOptions
  }
  return bullQueue(
    {
      prepare: async () => {},
      queue: (name) =>
        new BullQueue(name, { connection: connect(false), prefix: PREFIX, defaultJobOptions: { ...JOB, ...KEEP } }),
      worker: (name, run) => new Worker(name, run, { connection: connect(true), prefix: PREFIX, ...workerOptions() }),
      async close() {
        for (const redis of connections) redis.disconnect()
      },
      recovers: true,
    },
    clock,
    log,
  )
}

const workerOptions = () => ({
  concurrency: CONCURRENCY,
  lockDuration: LOCK_MS,
  stalledInterval: STALLED_EVERY_MS,
  maxStalledCount: 100,
  maxStartedAttempts: 200,
})

function bullQueue(backend: Backend, clock: Clock, log: Log): Queue {
  const queues = new Map<string, ReturnType<Backend['queue']>>()
  const workers = new Map<string, ReturnType<Backend['worker']>>()
  const wanted = new Set<string>()
  const closing = new AbortController()

  let preparing: Promise<void> | null = null
  function prepared(): Promise<void> {
    preparing ??= backend.prepare().catch((error) => {
      preparing = null
      throw error
    })
    return preparing
  }

  const opened = (name: string) => {
    const known = queues.get(name)
    if (known) return known
    const queue = backend.queue(name)
    queue.on('error', (error: Error) => log.warn({ queue: name, problem: error.message }, 'queue connection failed'))
    queues.set(name, queue)
    return queue
  }

  async function asked(
    name: string,
    ask: (queue: ReturnType<typeof opened>) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted()
    let queue: ReturnType<typeof opened> | null = null
    try {
      await prepared()
      queue = opened(name)
      await ask(queue)
    } catch (error) {
      // The same as for workers: a connection that failed once may never be tried again.
      if (queue && !backend.recovers && queues.get(name) === queue) {
        queues.delete(name)
        void queue.close().catch(() => {})
      }
      throw new Fault({
        kind: 'retryable',
        code: 'queue.backend.unreachable',
        message: 'The job queue did not answer.',
        retryAfter: 5,
        cause: error,
      })
    }
  }

  /**
   * A worker that met an error is replaced. BullMQ 6.7 keeps a failed first connection for good and asks it again without a
   * pause (worker.js, retryIfFailed), which would hold the whole process; closing it at once ends that loop.
   */
  function work(name: string, handler: Handler): void {
    prepared().then(
      () => begin(name, handler),
      (error) => {
        log.warn({ queue: name, problem: String(error) }, 'queue could not be prepared')
        again(name, handler)
      },
    )
  }

  function again(name: string, handler: Handler): void {
    clock.sleep(REPLACE_AFTER_MS, closing.signal).then(
      () => work(name, handler),
      () => {},
    )
  }

  function begin(name: string, handler: Handler): void {
    if (closing.signal.aborted) return
    const worker = backend.worker(name, (job) => run(job, handler))
    workers.set(name, worker)
    worker.on('error', (error: Error) => {
      if (workers.get(name) !== worker) return
      if (backend.recovers) return log.warn({ queue: name, problem: error.message }, 'queue worker failed')
      workers.delete(name)
      void worker.close(true).catch(() => {})
      if (closing.signal.aborted) return
      log.warn({ queue: name, problem: error.message }, 'queue worker failed and is replaced')
      again(name, handler)
    })
  }

  return {
    add: (name, payload, { jobId }, signal) => asked(name, (queue) => queue.add(name, payload, { jobId }), signal),
    every: (name, id, everyMs, payload, signal) =>
      asked(
        name,
        (queue) => queue.upsertJobScheduler(id, { every: everyMs }, { name, data: payload, opts: RECURRING }),
        signal,
      ),
    worker(name, handler) {
      wanted.add(name)
      work(name, handler)
    },
    working: () => !closing.signal.aborted && [...wanted].every((name) => workers.has(name)),
    async close(signal) {
      closing.abort(new Error('the queue was closed'))
      const patient = !signal.aborted
      const hurry = new Promise<void>((done) => void signal.addEventListener('abort', () => done(), { once: true }))
      const closed = Promise.all([...workers.values()].map((worker) => worker.close(!patient))).then(() =>
        Promise.all([...queues.values()].map((queue) => queue.close())),
      )
      await Promise.race([closed.catch(() => {}), hurry])
      await backend.close()
    },
  }

  async function run(bull: BullJob, handler: Handler): Promise<void> {
    const job: Job = {
      id: bull.id ?? '',
      name: bull.name,
      payload: bull.data as JobPayload,
      attempt: bull.attemptsMade + 1,
    }
    try {
      await handler(job, closing.signal)
    } catch (error) {
      if (closing.signal.aborted) throw error
      const fault = asFault(error)
      const fields = { job: job.id, queue: job.name, attempt: job.attempt, code: fault.code, err: error }
      const again = fault.kind === 'retryable' || !(error instanceof Fault)
      if (again) log.warn(fields, 'job failed, to be tried again')
      else log.error(fields, 'job failed')
      throw again ? error : new UnrecoverableError(fault.message)
    }
  }
}
