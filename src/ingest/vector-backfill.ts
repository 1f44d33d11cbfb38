import type { Leases } from '#db/background/leases.port.ts'
import type { ChunkFeed } from '#db/knowledge/chunk-feed.port.ts'
import type { ContentPlace, VectorStore } from '#db/knowledge/vectors.port.ts'
import type { Notifications } from '#db/notifications.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Embedder } from '#model/embedder.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { VectorBackfill } from './vector-backfill.port.ts'

const LEASE = 'vectors'
/** Longer than the slowest batch; after a crash another process waits this long. */
const LEASE_MS = 20_000
/**
 * Contents asked for at a time, and vectors stored at a time: what a crash loses is the latter, about half a second's work. Each
 * batch is a transaction and a look at what came by everyone who keeps an index.
 */
const PAGE = 960
const BATCH = 96
/** Without any knock, look again; also how soon another holder's lease is tried again. */
const LOOK_AGAIN_MS = 30_000
/** After a failure (the database went away, the embedder's thread died) wait before the next try. */
const RETRY_MS = 5_000
/** While an import runs, how often it is asked whether it still does. */
const IMPORT_POLL_MS = 300

/** How much the newest batch counts in the pace, and how long (ms) a pace is told after its batch. */
const NEWEST = 0.2
const PACE_TOLD_MS = 15_000

type Content = { contentHash: string; text: string }

export type VectorBackfillParts = {
  feed: Pick<ChunkFeed, 'shops'>
  vectors: VectorStore
  embedder: Pick<Embedder, 'model' | 'embed'>
  notifications: Pick<Notifications, 'listen'> | null
  leases: Leases
  /**
   * Whether rows are being imported just now. Vectors wait for that: both want all cores, a catalog is imported in a minute and
   * encoded in five, and its words alone answer most questions. Without it vectors never wait.
   */
  importing?: (shop: ShopId, signal: AbortSignal) => Promise<boolean>
  clock: Clock
  ids: Ids
  log: Log
}

/** Makes the vectors that are missing, in the background, once for each content; one process a shop at a time. */
export function vectorBackfill({
  feed,
  vectors,
  embedder,
  notifications,
  leases,
  importing = async () => false,
  clock,
  ids,
  log,
}: VectorBackfillParts): VectorBackfill {
  const holder = ids.secret(9)
  const closing = new AbortController()
  /** Contents that could not be encoded; tried again by the next process. */
  const hopeless = new Set<string>()
  const paces = new Map<ShopId, { perSecond: number; at: number }>()
  let knock: () => void = () => {}
  let knocked = true
  let stopListening: () => void = () => {}
  let running: Promise<void> = Promise.resolve()

  async function loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      knocked = false
      let pause = LOOK_AGAIN_MS
      try {
        for (const shop of await feed.shops(signal)) {
          while (await importing(shop, signal)) await clock.sleep(IMPORT_POLL_MS, signal)
          await fill(shop, signal)
        }
      } catch (error) {
        if (signal.aborted) return
        log.warn({ err: error }, 'vector backfill interrupted')
        pause = RETRY_MS
      }
      if (!knocked || pause === RETRY_MS) await rest(pause, signal)
    }
  }

  async function rest(ms: number, signal: AbortSignal): Promise<void> {
    const wake = new AbortController()
    knock = () => wake.abort()
    await clock.sleep(ms, AbortSignal.any([signal, wake.signal])).catch(() => {})
    knock = () => {}
  }

  async function fill(shop: ShopId, signal: AbortSignal): Promise<number> {
    let heldUntil = 0
    /** Renewed when half of it is over. False when it was lost after a long pause: what another makes must not be made twice. */
    const hold = async () => {
      const now = clock.now().getTime()
      if (heldUntil - now > LEASE_MS / 2) return true
      const until = new Date(now + LEASE_MS)
      const held = await leases.hold(shop, LEASE, holder, until, signal)
      heldUntil = held ? until.getTime() : 0
      return held
    }
    let made = 0
    if ((await vectors.missing(shop, embedder.model, { limit: 1 }, signal)).length === 0) return made
    if (!(await hold())) return made
    const began = clock.elapsed()
    /** What is taken up and not known to be stored; a page that is read meanwhile has it once more. */
    const underWay = new Set<string>()
    let page: Content[] = []
    let after: ContentPlace | undefined

    /** What is to be made next; nothing when there is none, or somebody else's turn has come. */
    async function next(): Promise<Content[]> {
      if (!(await hold())) return []
      // The end of the import knocks, so that what is left is taken up again.
      if (await importing(shop, signal)) {
        knocked = true
        return []
      }
      while (page.length === 0) {
        const known = new Set([...hopeless, ...underWay])
        const missing = await vectors.missing(shop, embedder.model, { limit: PAGE, after }, signal)
        if (missing.length === 0) return []
        after = missing.at(-1)?.place
        page = missing.filter(({ contentHash }) => !known.has(contentHash))
      }
      const batch = page.slice(0, BATCH)
      page = page.slice(BATCH)
      for (const { contentHash } of batch) underWay.add(contentHash)
      return batch
    }

    async function store(fresh: Awaited<ReturnType<typeof embedBatch>>): Promise<void> {
      await vectors.put(shop, embedder.model, fresh, signal)
      for (const { contentHash } of fresh) underWay.delete(contentHash)
    }

    // While a batch is made, the last one is stored and the next one looked for, so that the embedder never waits for the database.
    let storing: Promise<void> = Promise.resolve()
    let coming = next()
    try {
      for (let batch = await coming; batch.length > 0; batch = await coming) {
        coming = next()
        coming.catch(() => {})
        const started = clock.elapsed()
        const fresh = await embedBatch(batch, signal)
        notePace(shop, fresh.length, clock.elapsed() - started)
        await storing
        storing = store(fresh)
        storing.catch(() => {})
        made += fresh.length
      }
      await storing
    } finally {
      await Promise.allSettled([storing, coming])
      if (made > 0) log.info({ shop, made, ms: Math.round(clock.elapsed() - began) }, 'vectors made')
      if (!signal.aborted) await leases.release(shop, LEASE, holder, signal)
    }
    return made
  }

  function notePace(shop: ShopId, made: number, ms: number): void {
    if (ms <= 0) return
    const at = clock.elapsed()
    const newest = (made * 1000) / ms
    const known = paces.get(shop)
    const earlier = known && at - known.at < PACE_TOLD_MS ? known.perSecond : newest
    paces.set(shop, { perSecond: earlier * (1 - NEWEST) + newest * NEWEST, at })
  }

  /** All of a batch wait their turn at once; a question still goes before those that have not begun. */
  async function embedBatch(
    batch: Content[],
    signal: AbortSignal,
  ): Promise<{ contentHash: string; vector: Float32Array }[]> {
    const settled = await Promise.allSettled(batch.map(({ text }) => embedder.embed(text, 'background', signal)))
    signal.throwIfAborted()
    const fresh = settled.flatMap((one, at) =>
      one.status === 'fulfilled' ? { contentHash: batch[at]?.contentHash ?? '', vector: one.value } : [],
    )
    const failed = settled.flatMap((one, at) =>
      one.status === 'rejected' ? { contentHash: batch[at]?.contentHash ?? '', error: one.reason } : [],
    )
    // Where nothing could be encoded it is the embedder, not the content.
    if (fresh.length === 0 && failed[0]) throw failed[0].error
    for (const { contentHash, error } of failed) {
      hopeless.add(contentHash)
      log.warn({ err: error, contentHash }, 'content could not be encoded')
    }
    return fresh
  }

  return {
    start() {
      stopListening =
        notifications?.listen('knowledge', () => {
          knocked = true
          knock()
        }) ?? stopListening
      running = loop(closing.signal)
    },
    fill,
    async behind(shop, signal) {
      // What cannot be encoded stays missing.
      return hopeless.size === 0 && (await vectors.missing(shop, embedder.model, { limit: 1 }, signal)).length > 0
    },
    async progress(shop, signal) {
      const { done, total } = await vectors.progress(shop, embedder.model, signal)
      const pace = paces.get(shop)
      if (done >= total || !pace || clock.elapsed() - pace.at > PACE_TOLD_MS)
        return { done, total, perSecond: null, remainingSeconds: null }
      const { perSecond } = pace
      return {
        done,
        total,
        perSecond: Math.round(perSecond * 10) / 10,
        remainingSeconds: perSecond > 0 ? Math.ceil((total - done) / perSecond) : null,
      }
    },
    async close(signal) {
      stopListening()
      closing.abort(new Error('the vector backfill was closed'))
      await running
      signal.throwIfAborted()
      // A lease left behind would keep the next start waiting.
      for (const shop of await feed.shops(signal)) await leases.release(shop, LEASE, holder, signal)
    },
  }
}
