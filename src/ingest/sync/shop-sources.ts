import type { Leases } from '#db/background/leases.port.ts'
import type { ImportState } from '#db/knowledge/imports.port.ts'
import type { NewSource, SyncedSource, SyncedSourceStore, SyncResult } from '#db/sources/synced-sources.port.ts'
import { asFault, Fault } from '#domain/fault.ts'
import type { ShopId, SourceId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { ImportFormat, Imports } from '../imports.port.ts'
import { readReading } from '../sources/reading.ts'
import type { ListedSource, ShopSources } from './shop-sources.port.ts'
import type { SourceFiles } from './source-file.port.ts'

const MINUTE_MS = 60_000
/** Longer than the longest silence of a server; a process that was killed is followed by another after it. */
const LEASE_MS = 120_000
const DUE_AT_ONCE = 50
/** Files fetched at a time: one that is slow holds up no other. */
const AT_ONCE = 4
/** A whole file takes no longer. */
const FETCH_WITHIN_MS = 900_000

export type ShopSourceParts = {
  store: SyncedSourceStore
  files: SourceFiles
  imports: Pick<Imports, 'start' | 'get'>
  leases: Leases
  clock: Clock
  ids: Ids
  log: Log
}

/** What a look came to; `notBeforeMs`: how long the server wants to be left alone. */
type Look = SyncResult & { notBeforeMs?: number }

/** Synced sources: each change of a file becomes an import of its own, with that import's guards and reports. */
export function shopSources({ store, files, imports, leases, clock, ids, log }: ShopSourceParts): ShopSources {
  async function listed(shop: ShopId, source: SyncedSource, signal: AbortSignal): Promise<ListedSource> {
    const lastImport = await lastImportOf(shop, source, signal)
    return { ...source, lastImport, inStepAt: inStep(source, lastImport) }
  }

  async function lastImportOf(shop: ShopId, { importId }: SyncedSource, signal: AbortSignal) {
    return importId && (await imports.get(shop, importId, signal))
  }

  async function sync(shop: ShopId, source: SyncedSource, signal: AbortSignal): Promise<void> {
    const lease = `source ${source.id}`
    // Of this look, not of this process, which may have two of them at once.
    const holder = ids.secret(9)
    const hold = () => leases.hold(shop, lease, holder, new Date(clock.now().getTime() + LEASE_MS), signal)
    if (!(await hold())) return
    try {
      // Another process may have been here between the list and the lease.
      const now = await store.get(shop, source.id, signal)
      if (!now || now.lookAt.getTime() !== source.lookAt.getTime()) return
      const before = await lastImportOf(shop, now, signal)
      // It stays due: what is newer must not be stored before what is older.
      if (before?.status === 'running') return
      const seen = isSettled(before) ? now.seen : null
      const mine = async () => (await hold()) && isSame(now, await store.get(shop, source.id, signal))
      const result = await look(shop, { ...now, seen }, mine, signal)
      // Another process took over from this one and was here: its word holds, since it read later.
      if (!(await mine())) return
      const at = clock.now()
      const inStepAt = result.outcome === 'unchanged' && before?.status === 'done' ? at : inStep(now, before)
      await store.looked(shop, now, { ...result, inStepAt }, nextLook(now, result, at), at, signal)
      log.info({ shop, source: source.id, outcome: result.outcome, code: result.problem?.code }, 'source looked at')
    } finally {
      if (!signal.aborted) await leases.release(shop, lease, holder, signal)
    }
  }

  async function look(
    shop: ShopId,
    source: SyncedSource,
    hold: () => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<Look> {
    // What is left open when this ends early (an import that refuses the file) is let go with it.
    const done = new AbortController()
    const fetching = AbortSignal.any([clock.deadline(FETCH_WITHIN_MS, signal), done.signal])
    try {
      const file = await files.open(source.url, source, fetching)
      if (file.outcome === 'unchanged') return { outcome: 'unchanged' }
      const format = (source.format as ImportFormat | null) ?? file.format
      if (!format) throw unknownFormat()
      const { name, mode, allowRetire } = source
      const importId = await imports.start(
        shop,
        { source: name, mode, dryRun: false, allowRetire },
        { format, ...saidOf(source) },
        heldWhile(file.body, hold),
        fetching,
      )
      return { outcome: 'imported', importId, seen: file.seen }
    } catch (error) {
      signal.throwIfAborted()
      const fault = fetching.aborted ? tooSlow() : asFault(error)
      if (fault.kind === 'fatal') log.error({ shop, source: source.id, err: fault.cause ?? fault }, 'source failed')
      const { code, message, retryAfter = 0 } = fault
      return { outcome: 'failed', problem: { code, message }, notBeforeMs: retryAfter * 1000 }
    } finally {
      done.abort()
    }
  }

  /** Renews the lease while the file arrives. */
  async function* heldWhile(body: AsyncIterable<Uint8Array>, hold: () => Promise<boolean>) {
    let renewAt = clock.elapsed() + LEASE_MS / 4
    for await (const part of body) {
      if (clock.elapsed() >= renewAt) {
        if (!(await hold())) throw new Error('another process looks at this source')
        renewAt = clock.elapsed() + LEASE_MS / 4
      }
      yield part
    }
  }

  return {
    async add(shop, given, signal) {
      const problem = files.problemOf(given.url)
      if (problem) throw new Fault({ kind: 'user', code: 'ingest.source.forbidden', message: problem, status: 422 })
      readReading(saidOf(given))
      const id = ids.make('src')
      const added = await store.add(shop, { ...given, id }, clock.now(), signal)
      const source = added ? await store.get(shop, id, signal) : null
      return source ? { outcome: 'added', source: await listed(shop, source, signal) } : { outcome: 'source_taken' }
    },
    async list(shop, signal) {
      const all: ListedSource[] = []
      for (const source of await store.list(shop, signal)) all.push(await listed(shop, source, signal))
      return all
    },
    async get(shop, id, signal) {
      const source = await store.get(shop, id, signal)
      return source && listed(shop, source, signal)
    },
    async syncNow(shop, id, { allowRetire }, signal) {
      if (!(await store.hasten(shop, id, allowRetire, clock.now(), signal))) return null
      const source = await store.get(shop, id, signal)
      return source && listed(shop, source, signal)
    },
    remove: (shop, id: SourceId, signal) => store.remove(shop, id, signal),
    async syncDue(shop, signal) {
      const due = await store.due(shop, clock.now(), DUE_AT_ONCE, signal)
      const waiting = [...due]
      const worker = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await sync(shop, next, signal)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      return due.length
    },
  }
}

function saidOf({ mapping, currency, site }: Omit<NewSource, 'id'>) {
  return { ...(mapping ? { mapping } : {}), ...(currency ? { currency } : {}), ...(site ? { site } : {}) }
}

/** The later of what looks told and of the end of the newest import, where that was followed. */
function inStep({ inStepAt }: SyncedSource, lastImport: ImportState | null): Date | null {
  if (lastImport?.status !== 'done' || !lastImport.finishedAt) return inStepAt
  const imported = new Date(lastImport.finishedAt)
  return inStepAt && inStepAt > imported ? inStepAt : imported
}

/** Whether nobody has looked at the source in between. */
function isSame(before: SyncedSource, now: SyncedSource | null): boolean {
  return now !== null && now.last?.at.getTime() === before.last?.at.getTime()
}

/** Whether the same file again would come to the same. What failed is tried again, and what nobody knows any more. */
function isSettled(lastImport: ImportState | null): boolean {
  if (lastImport?.status === 'failed') return lastImport.problem?.code === 'mass_retirement'
  return lastImport !== null
}

/** After failures sooner than usual at first: 1, 2, 4 … minutes, never later than the source's own pace, unless its server asks for more. */
function nextLook({ everyMinutes, failures }: SyncedSource, { outcome, notBeforeMs = 0 }: Look, at: Date): Date {
  const minutes = outcome === 'failed' ? Math.min(everyMinutes, 2 ** Math.min(failures, 20)) : everyMinutes
  return new Date(at.getTime() + Math.max(minutes * MINUTE_MS, notBeforeMs))
}

function unknownFormat(): Fault {
  return new Fault({
    kind: 'user',
    code: 'ingest.source.format',
    message: 'Neither its name nor its type tells what kind of file it is. Give the source a format.',
    status: 422,
  })
}

function tooSlow(): Fault {
  return new Fault({
    kind: 'retryable',
    code: 'ingest.source.unreachable',
    message: 'The file took over 15 minutes to arrive.',
  })
}
