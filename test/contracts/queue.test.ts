import { postgresQueue, redisQueue } from '#queue/queue.bullmq.ts'
import { systemClock } from '#telemetry/clock.ts'
import { freshDatabase } from '../fixtures/embedded-cluster.ts'
import { redisServer, whyNoRedis } from '../fixtures/redis-server.ts'
import { silentLog } from '../fixtures/silent-log.ts'
import { queueContract } from './queue.contract.ts'

queueContract('PostgreSQL', async () => {
  const { connection, drop } = await freshDatabase()
  return { open: () => postgresQueue(connection, systemClock(), silentLog), close: drop }
})

queueContract(
  'Redis',
  async () => {
    const { address, stop } = await redisServer()
    return { open: () => redisQueue(address, systemClock(), silentLog), close: stop }
  },
  await whyNoRedis(),
)
