import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { FollowedShop } from './knowledge-index-shop.ts'
import type { Snapshots } from './snapshot/snapshots.ts'

/** How often it is looked whether changes have calmed down: none since the last look. */
const LOOK_MS = 5000
/** A snapshot is written when this share of the shop has changed since the last one, or after a while: it is hundreds of MB. */
const WORTH_SHARE = 0.02
/** Up to so many passages it is written every time. */
const SMALL = 5000
const AT_LATEST_MS = 15 * 60_000
/** After a failure, say a full disk, it is not tried again at once. */
const RETRY_MS = 60_000
/** What a stop gives each snapshot; one that is not done by then leaves the older one. */
const AT_STOP_MS = 5000

export type SnapshotKeeper = {
  /** Until the signal aborts. Never rejects. */
  run(signal: AbortSignal): Promise<void>
  /** Saves what is unsaved, in bounded time. Never rejects. */
  atStop(signal: AbortSignal): Promise<void>
}

/** Has snapshots of `shops` written in quiet moments. A failure is logged and tried again later: it costs the next start some seconds. */
export function snapshotKeeper(
  shops: ReadonlyMap<ShopId, FollowedShop>,
  { snapshots, model, clock, log }: { snapshots: Snapshots; model: string | null; clock: Clock; log: Log },
): SnapshotKeeper {
  /** Changes seen at the last look, and when the last snapshot was begun. */
  const looks = new Map<ShopId, { changes: number; began: number }>()
  const notBefore = new Map<ShopId, number>()

  function isTime(shop: ShopId, followed: FollowedShop): boolean {
    const changes = followed.snapshot().index.changes()
    const last = looks.get(shop)
    looks.set(shop, { changes, began: last?.began ?? clock.elapsed() })
    if (followed.unsaved === 0 || last?.changes !== changes) return false
    const { chunks, waiting } = followed.index.size()
    if (waiting > 0 || clock.elapsed() < (notBefore.get(shop) ?? 0)) return false
    return chunks <= SMALL || followed.unsaved >= chunks * WORTH_SHARE || clock.elapsed() - last.began >= AT_LATEST_MS
  }

  async function save(shop: ShopId, followed: FollowedShop, signal: AbortSignal): Promise<void> {
    const saving = followed.unsaved
    looks.set(shop, { changes: followed.snapshot().index.changes(), began: clock.elapsed() })
    try {
      const outcome = await snapshots.save(shop, model, followed.snapshot, signal)
      if (outcome === 'saved') followed.unsaved -= saving
    } catch (error) {
      notBefore.set(shop, clock.elapsed() + RETRY_MS)
      if (!signal.aborted) log.warn({ err: error, shop }, 'index snapshot could not be written')
    }
  }

  return {
    async run(signal) {
      while (!signal.aborted) {
        await clock.sleep(LOOK_MS, signal).catch(() => {})
        for (const [shop, followed] of shops)
          if (!signal.aborted && isTime(shop, followed)) await save(shop, followed, signal)
      }
    },
    async atStop(signal) {
      for (const [shop, followed] of shops)
        if (!signal.aborted && followed.unsaved > 0) await save(shop, followed, clock.deadline(AT_STOP_MS, signal))
    },
  }
}
