import type { Shops } from '#db/access/shops.port.ts'
import type { SandboxControls } from '#db/commerce/sandbox-controls.port.ts'
import type { SandboxEvents } from '#db/commerce/sandbox-events.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Events } from '#ingest/events/events.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { Jobs } from './jobs.port.ts'
import { pacer } from './pacer.ts'

const LOOK_EVERY_MS = 5_000
const TICK_EVERY_MS = 60_000
/** As many as one intake takes is more than a world tells at once. */
const BATCH = 200
const FINENESS = 1_000_000

export type SandboxJobParts = {
  events: SandboxEvents
  controls: Pick<SandboxControls, 'strike'>
  intake: Pick<Events, 'accept'>
  /** What time alone changes in a shop's world. */
  tick(shop: ShopId, signal: AbortSignal): Promise<unknown>
  shops: Pick<Shops, 'list'>
  notifications: Pick<Notifications, 'listen'>
  clock: Clock
  ids: Ids
  log: Log
}

/** Tells the intake of events what happens in the sandbox, as a shop's own systems would, and lets time pass there. */
export function sandboxJobs({ shops, tick, notifications, clock, log, ...parts }: SandboxJobParts): Jobs {
  const telling = pacer(LOOK_EVERY_MS, clock)
  const ticking = pacer(TICK_EVERY_MS, clock)
  let stopListening: () => void = () => {}
  return {
    async start() {
      stopListening = notifications.listen('sandbox', () => telling.knock())
      telling.start(
        async (signal) => {
          await forEach(await shops.list(signal), signal, ({ id }) => tellAll(parts, id, signal))
        },
        (error) => log.warn({ problem: String(error) }, 'sandbox events could not be told'),
      )
      ticking.start(
        async (signal) => {
          await forEach(await shops.list(signal), signal, ({ id }) => tick(id, signal))
        },
        (error) => log.warn({ problem: String(error) }, 'time did not pass in the sandbox'),
      )
    },
    async close() {
      stopListening()
      await Promise.all([telling.close(), ticking.close()])
    },
  }
}

/** One shop that fails leaves the others to be done. Throws what the first one threw. */
async function forEach<One>(all: One[], signal: AbortSignal, work: (one: One) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const one of all)
    await work(one).catch((error) => {
      signal.throwIfAborted()
      failures.push(error)
    })
  if (failures.length > 0) throw failures[0]
}

/** Tells everything there is, batch by batch. What was told and not yet crossed out is told again: the intake knows it by its id. */
export async function tellAll(
  { events, controls, intake, ids }: Pick<SandboxJobParts, 'events' | 'controls' | 'intake' | 'ids'>,
  shop: ShopId,
  signal: AbortSignal,
): Promise<number> {
  let told = 0
  for (;;) {
    const batch = await events.pending(shop, BATCH, signal)
    if (batch.length === 0) return told
    const call = { system: 'events', operation: 'tell', roll: ids.below(FINENESS) / FINENESS } as const
    const strike = await controls.strike(shop, call, signal)
    await intake.accept(shop, strike?.fault === 'reorder' ? [...batch].reverse() : batch, signal)
    if (strike?.fault === 'duplicate') await intake.accept(shop, batch, signal)
    const isLost = strike?.fault === 'timeout_after'
    if (!isLost) {
      const tellable = batch.map(({ id }) => id)
      await events.told(shop, tellable, signal)
      told += batch.length
    }
  }
}
