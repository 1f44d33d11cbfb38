import {
  type Job as BullJob,
  Queue as BullQueue,
  type ConnectionOptions,
  createPostgresBackend,
  UnrecoverableError,
  Worker,
  withBackend,
} from 'bullmq'
import { Redis } from 'ioredis'
import { asFault, Fault } from '#domain/fault.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Job, JobPayload, Queue } from './queue.port.ts'

/** The schema of BullMQ's own tables, beside ours. */
const SCHEMA = 'jobs'
const PREFIX = 'purser'
/** A dead process's job is looked for this often (ms) and counts as abandoned after the lock: taken again within 15 s. */
const LOCK_MS = 10_000
const STALLED_EVERY_MS = 5_000
const CONCURRENCY = 2
/** 1 s, 2 s, 4 s … a bit over an hour in all. */
const JOB = { attempts: 12, backoff: { type: 'exponential', delay: 1_000 } }
/** Done jobs stay long enough for a relay that crashed after adding to find them; failed ones for a person to look at. */
const KEEP = { removeOnComplete: { age: 3_600, count: 1_000 }, removeOnFail: { age: 14 * 86_400, count: 1_000 } }

/** The few things of BullMQ used here, whichever backend is behind them. */
type Backend = {
  queue(name: string): Pick<BullQueue, 'add' | 'close' | 'on' | 'waitUntilReady'>
  worker(name: string, run: (job: BullJob) => Promise<void>): Pick<Worker, 'close' | 'on'>
  close(): Promise<void>
}

/** `host` may be the folder of a unix socket. The user must own the database or its schema `jobs`. */
export type QueuePostgres = { host: string; port?: number; user: string; password?: string; database: string }

/** Jobs in PostgreSQL, in the schema `jobs` that is made when it is missing. Each queue holds up to four connections, each worker three more. */
export function postgresQueue(connection: QueuePostgres, log: Log): Queue {
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend)
  const options = { connection: { ...connection, schema: SCHEMA, max: 2, keepAlive: true, migrate: true } }
  return bullQueue(
    {
      queue: (name) =>
        new PostgresQueue(name, { ...options, defaultJobOptions: { ...JOB, ...KEEP } }) as unknown as ReturnType<
          Backend['queue']
        >,
      worker: (name, run) =>
        new PostgresWorker(name, run as never, { ...options, ...workerOptions() }) as unknown as ReturnType<
          Backend['worker']
        >,
      close: async () => {},
    },
    log,
  )
}

/** Jobs in Redis at `url`; it should write its changes to disk (appendonly), though nothing is lost for good without: PostgreSQL knows what is to be done. */
export function redisQueue(url: string, log: Log): Queue {
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
      queue: (name) =>
        new BullQueue(name, { connection: connect(false), prefix: PREFIX, defaultJobOptions: { ...JOB, ...KEEP } }),
      worker: (name, run) => new Worker(name, run, { connection: connect(true), prefix: PREFIX, ...workerOptions() }),
      async close() {
        for (const redis of connections) redis.disconnect()
      },
    },
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

function bullQueue(backend: Backend, log: Log): Queue {
  const queues = new Map<string, ReturnType<Backend['queue']>>()
  const workers: ReturnType<Backend['worker']>[] = []
  const closing = new AbortController()

  const opened = (name: string) => {
    const known = queues.get(name)
    if (known) return known
    const queue = backend.queue(name)
    queue.on('error', (error: Error) => log.warn({ queue: name, problem: error.message }, 'queue connection failed'))
    queues.set(name, queue)
    return queue
  }

  return {
    async add(name, payload, { jobId }, signal) {
      signal.throwIfAborted()
      try {
        await opened(name).add(name, payload, { jobId })
      } catch (error) {
        throw new Fault({
          kind: 'retryable',
          code: 'queue.backend.unreachable',
          message: 'The job queue did not answer.',
          retryAfter: 5,
          cause: error,
        })
      }
    },
    worker(name, handler) {
      const worker = backend.worker(name, (job) => run(job, handler))
      worker.on('error', (error: Error) => log.warn({ queue: name, problem: error.message }, 'queue worker failed'))
      workers.push(worker)
    },
    async close(signal) {
      closing.abort(new Error('the queue was closed'))
      const patient = !signal.aborted
      const hurry = new Promise<void>((done) => void signal.addEventListener('abort', () => done(), { once: true }))
      const closed = Promise.all(workers.map((worker) => worker.close(!patient))).then(() =>
        Promise.all([...queues.values()].map((queue) => queue.close())),
      )
      await Promise.race([closed, hurry])
      await backend.close()
    },
  }

  async function run(bull: BullJob, handler: (job: Job, signal: AbortSignal) => Promise<void>): Promise<void> {
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
