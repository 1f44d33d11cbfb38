import { sandboxHappenings } from '#commerce/sandbox/happenings.ts'
import { sandboxShop } from '#commerce/sandbox/sandbox-shop.ts'
import type { Shops } from '#db/access/shops.port.ts'
import { postgresOrderFiles } from '#db/commerce/order-files.postgres.ts'
import { postgresSandboxControls } from '#db/commerce/sandbox-controls.postgres.ts'
import { postgresSandboxEvents } from '#db/commerce/sandbox-events.postgres.ts'
import type { Database } from '#db/database.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { Events } from '#ingest/events/events.port.ts'
import { sandboxJobs } from '#jobs/sandbox-jobs.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { actionTools } from '#tools/actions/action-tools.ts'
import { caseLookUps } from '#tools/look-ups/case-look-ups.ts'
import type { Closing } from '../../closing.ts'

export type SandboxParts = { database: Database; clock: Clock; ids: Ids }

/** The sandbox shop's systems, with the tools and look-ups over them. */
export function composeSandbox({ database, clock, ids }: SandboxParts) {
  const files = postgresOrderFiles(database, clock)
  const controls = postgresSandboxControls(database, clock)
  const systems = sandboxShop(files, controls, { clock, ids })
  return {
    files,
    controls,
    systems,
    tools: actionTools(systems),
    lookUps: caseLookUps(systems, { clock }),
    happenings: sandboxHappenings(files, controls, ids),
  }
}

/** Tells the intake what happens in the sandbox, and lets its time pass. */
export async function startSandbox(
  sandbox: ReturnType<typeof composeSandbox>,
  parts: SandboxParts & { intake: Events; shops: Shops; notifications: Notifications; log: Log; closing: Closing },
  signal: AbortSignal,
): Promise<void> {
  const { controls, happenings } = sandbox
  const jobs = sandboxJobs({
    ...parts,
    events: postgresSandboxEvents(parts.database),
    controls,
    tick: (shop, until) => happenings.tick(shop, until),
  })
  await jobs.start(signal)
  parts.closing.add('sandbox', (hurry) => jobs.close(hurry))
}
