import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeSandbox } from '#app/compose/commerce/sandbox.ts'
import { composeAgent } from '#app/compose/exceptions/agent.ts'
import { postgresShops } from '#db/access/shops.postgres.ts'
import { postgresWorldStore } from '#db/commerce/world-store.postgres.ts'
import { openDatabase } from '#db/database.ts'
import { startEmbeddedPostgres } from '#db/embedded/embedded-postgres.ts'
import { openCheckpoints } from '#db/graph/checkpoints.postgres.ts'
import { migrate } from '#db/migrate.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { jsonLog } from '#telemetry/log.ts'

const CONNECTIONS = 8

/** The real agent, approvals and sandbox on a database of their own, nothing else beside them. Their time is ours until `setTime`. */
export async function agentAlone(signal: AbortSignal) {
  const folder = await mkdtemp(join(tmpdir(), 'purser-exceptions-'))
  const real = systemClock()
  let fixed: Date | null = null
  const clock = { ...real, now: () => fixed ?? real.now() }
  const ids = randomIds(real)
  const log = jsonLog('silent')
  const parts = { dataFolder: folder, clock: real, ids, log, onLost: () => {} }
  const postgres = await startEmbeddedPostgres(parts, signal)
  await migrate(postgres.connection, signal)
  const database = openDatabase(postgres.connection, CONNECTIONS, log)
  const checkpoints = await openCheckpoints(postgres.connection, log, signal)
  const sandbox = composeSandbox({ database, clock, ids })
  return {
    ...composeAgent({ ...sandbox, database, checkpoints, clock, ids, log }),
    shops: postgresShops(database),
    worlds: postgresWorldStore(database),
    /** Lets their time stand still. */
    setTime(now: Date) {
      fixed = now
    },
    async close() {
      await checkpoints.close()
      await database.destroy()
      await postgres.stop(signal)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
