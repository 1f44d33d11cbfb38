import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import { Pool, type PoolConfig } from 'pg'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { Log } from '#telemetry/log.port.ts'
import { CalmClient } from '../calm-client.ts'

/** One a running case, and no more cases run at a time than workers; the server allows 60 connections in all. */
const CONNECTIONS = 4
const SCHEMA = 'graph'

export type Checkpoints = {
  saver: PostgresSaver
  /** Resolved cases of which checkpoints are still kept, at most `limit`; a thread's id begins with its case's. */
  kept(shop: ShopId, limit: number, signal: AbortSignal): Promise<CaseId[]>
  close(): Promise<void>
}

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
    return { saver, kept: (shop, limit, signal) => kept(pool, shop, limit, signal), close: () => pool.end() }
  } catch (error) {
    await pool.end()
    throw error
  }
}

/** By itself, since what remains must not depend on when somebody last looked. */
async function kept(pool: Pool, shop: ShopId, limit: number, signal: AbortSignal): Promise<CaseId[]> {
  signal.throwIfAborted()
  const client = await pool.connect()
  try {
    await client.query('begin read only')
    await client.query(`select set_config('app.shop', $1, true)`, [shop])
    const { rows } = await client.query<{ id: CaseId }>(
      `select id from cases where shop = $1 and status = 'resolved' and id in
        (select distinct split_part(thread_id, '.', 1) from ${SCHEMA}.checkpoints) order by id limit $2`,
      [shop, limit],
    )
    await client.query('commit')
    return rows.map(({ id }) => id)
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
