import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import { Pool, type PoolConfig } from 'pg'
import type { Log } from '#telemetry/log.port.ts'
import { CalmClient } from '../calm-client.ts'

/** One a running case, and no more cases run at a time than workers; the server allows 60 connections in all. */
const CONNECTIONS = 4
const SCHEMA = 'graph'

export type Checkpoints = { saver: PostgresSaver; close(): Promise<void> }

/**
 * Where the agents' graphs keep how far they are, in a schema of its own that its library makes and changes; safe to call from
 * several processes and twice. Connects as the owner, since the application's role owns nothing. Throws what pg throws.
 */
export async function openCheckpoints(connection: PoolConfig, log: Log, signal: AbortSignal): Promise<Checkpoints> {
  signal.throwIfAborted()
  const pool = new Pool({
    ...connection,
    Client: CalmClient,
    max: CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', (error) => log.warn({ problem: error.message }, 'idle checkpoint connection lost'))
  try {
    const saver = new PostgresSaver(pool, undefined, { schema: SCHEMA })
    await saver.setup()
    return { saver, close: () => pool.end() }
  } catch (error) {
    await pool.end()
    throw error
  }
}
