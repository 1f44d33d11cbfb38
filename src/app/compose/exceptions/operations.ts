import type { Database } from '#db/database.ts'
import { openCheckpoints } from '#db/graph/checkpoints.postgres.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Closing } from '../../closing.ts'
import { composeSandbox } from '../commerce/sandbox.ts'
import { composeAgent } from './agent.ts'

export type OperationParts = {
  database: Database
  connection: Parameters<typeof openCheckpoints>[0]
  clock: Clock
  ids: Ids
  log: Log
  closing: Closing
}

/** Order exceptions over the sandbox shop: approvals, and the agent that investigates and acts. */
export async function composeOperations(parts: OperationParts, signal: AbortSignal) {
  const { connection, log, closing } = parts
  const checkpoints = await openCheckpoints(connection, log, signal)
  closing.add('checkpoints', () => checkpoints.close())
  const sandbox = composeSandbox(parts)
  return { sandbox, ...composeAgent({ ...parts, checkpoints, tools: sandbox.tools, lookUps: sandbox.lookUps }) }
}
