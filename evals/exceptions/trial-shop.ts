import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeSandbox } from '#app/compose/commerce/sandbox.ts'
import { composeAgent } from '#app/compose/exceptions/agent.ts'
import { policyFromLimits } from '#approvals/policy/default-policy.ts'
import { type ScenarioWorld, scenarioWorld } from '#commerce/sandbox/worlds/scenario-world.ts'
import { postgresShops } from '#db/access/shops.postgres.ts'
import { postgresWorldStore } from '#db/commerce/world-store.postgres.ts'
import { openDatabase } from '#db/database.ts'
import { startEmbeddedPostgres } from '#db/embedded/embedded-postgres.ts'
import { openCheckpoints } from '#db/graph/checkpoints.postgres.ts'
import { migrate } from '#db/migrate.ts'
import { type Actor, PURSER } from '#domain/approvals/proposal.ts'
import { orderId, shopId } from '#domain/ids.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { jsonLog } from '#telemetry/log.ts'
import type { Scenario } from './scenario.ts'

const JUDGE: Actor = { id: 'opr_judge', name: 'Judge', role: 'admin' }
const CONNECTIONS = 8

/** What the agent made of a scenario. */
export type Trial = {
  type: string
  status: string
  cause: string | null
  decision: string | null
  rule: string | null
  summary: string
  actions: { kind: string; args: Record<string, unknown> }[]
  /** Kinds that were carried out in the world. */
  done: string[]
}

/** The real agent, approvals and sandbox on a database of their own; each trial is a shop of its own whose clock stands at the scenario's time. */
export async function trialShop(signal: AbortSignal) {
  const folder = await mkdtemp(join(tmpdir(), 'purser-exceptions-'))
  const real = systemClock()
  let now = real.now()
  const clock = { ...real, now: () => now }
  const ids = randomIds(real)
  const log = jsonLog('silent')
  const parts = { dataFolder: folder, clock: real, ids, log, onLost: () => {} }
  const postgres = await startEmbeddedPostgres(parts, signal)
  await migrate(postgres.connection, signal)
  const database = openDatabase(postgres.connection, CONNECTIONS, log)
  const checkpoints = await openCheckpoints(postgres.connection, log, signal)
  const sandbox = composeSandbox({ database, clock, ids })
  const { agent, cases, proposals, journal, policies } = composeAgent({
    ...sandbox,
    database,
    checkpoints,
    clock,
    ids,
    log,
  })
  const shops = postgresShops(database)
  const worlds = postgresWorldStore(database)
  let trials = 0

  return {
    async attempt({ world, exception, type }: Scenario): Promise<Trial> {
      trials += 1
      const shop = shopId(`trial-${trials}`)
      now = new Date(world.now)
      await shops.put(
        { id: shop, name: shop, defaultLocale: 'en', currency: world.order.currency, settings: {} },
        signal,
      )
      await worlds.load(shop, scenarioWorld(world as unknown as ScenarioWorld), signal)
      const policy = policyFromLimits(world.policy)
      await policies.put(shop, { policy, ifMatch: null, by: JUDGE, note: null }, signal)
      const { source, detail, data } = exception
      const report = { order: orderId(world.order.id), type: exception.type, source, detail, data }
      const { caseId } = await cases.open(shop, report, PURSER, signal)
      await agent.triage(shop, caseId, 'opened', signal)
      const found = await cases.load(shop, caseId, signal)
      const revisions = await proposals.revisions(shop, caseId, signal)
      const proposal = revisions.reduce<(typeof revisions)[0] | null>(
        (newest, one) => (newest && newest.revision > one.revision ? newest : one),
        null,
      )
      if (!found) throw new Error(`the case of a ${type} scenario is gone`)
      const done = await journal.ofCase(shop, caseId, signal)
      return {
        type: found.type,
        status: found.status,
        cause: found.cause,
        decision: proposal?.ruling.verdict ?? null,
        rule: proposal?.ruling.rule.id ?? null,
        summary: found.summary,
        actions: (proposal?.actions ?? []).map(({ kind, args }) => ({ kind, args })),
        done: done.filter(({ state }) => state !== 'authorised').map(({ kind }) => kind),
      }
    },
    async close() {
      await checkpoints.close()
      await database.destroy()
      await postgres.stop(signal)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
export type TrialShop = Awaited<ReturnType<typeof trialShop>>
