import { Pool, type PoolConfig } from 'pg'
import type { Log } from '#telemetry/log.port.ts'
import { CalmClient } from './calm-client.ts'

/** Producers of some eight queues, their workers and what each listens by; the server allows 60 in all, requests and jobs take 24. */
const CONNECTIONS = 24
/** Every queue and worker hears of the pool's errors. */
const LISTENERS = 64

/**
 * Connections for the job queue, as the owner of the database, since the queue keeps a schema of its own. Its library is given
 * a whole pool because the connections it would make itself are lost with an `error` nobody hears. Close it with `end()`.
 */
export function openQueuePool(connection: PoolConfig, log: Log): Pool {
  const pool = new Pool({
    ...connection,
    Client: CalmClient,
    max: CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    // Where its statements look for their functions; the library fixes this name for pools it is given.
    options: '-c search_path=bullmq',
  })
  pool.setMaxListeners(LISTENERS)
  pool.on('error', (error) => log.warn({ problem: error.message }, 'idle queue connection lost'))
  return pool
}
