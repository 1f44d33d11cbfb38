import { openQueuePool } from '#db/queue-pool.ts'
import { postgresQueue, redisQueue } from '#queue/queue.bullmq.ts'
import { systemClock } from '#telemetry/clock.ts'
import { freshDatabase } from '../fixtures/embedded-cluster.ts'
import { redisServer, whyNoRedis } from '../fixtures/redis-server.ts'
import { silentLog } from '../fixtures/silent-log.ts'
import { queueContract } from './queue.contract.ts'

queueContract('PostgreSQL', async () => {
  const { connection, drop } = await freshDatabase()
  const pools: ReturnType<typeof openQueuePool>[] = []
  return {
    open() {
      const pool = openQueuePool(connection, silentLog)
      pools.push(pool)
      return postgresQueue(pool, systemClock(), silentLog)
    },
    async close() {
      for (const pool of pools) await pool.end()
      await drop()
    },
  }
})

queueContract(
  'Redis',
  async () => {
    const { address, stop } = await redisServer()
    return { open: () => redisQueue(address, systemClock(), silentLog), close: stop }
  },
  await whyNoRedis(),
)
