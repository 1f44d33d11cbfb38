import { z } from 'zod'
import type { ImportStore } from '#db/knowledge/imports.port.ts'
import { asFault, Fault } from '#domain/fault.ts'
import { type ImportId, type ShopId, shopId } from '#domain/ids.ts'
import type { Imports } from '#ingest/imports.port.ts'
import type { Job, JobPayload, Queue } from '#queue/queue.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'

/** The queue that accepted imports go to. Source: what ImportStore.accept writes to the outbox. */
export const IMPORT_QUEUE = 'import'
/** A running import without progress for this long lost its worker, and is looked for every half minute: it goes on within two. */
const LOST_AFTER_MS = 90_000
/** Nothing that was tried for a day has helped. */
const GIVEN_UP_AFTER_MS = 86_400_000
/** Uploads that stopped arriving are given up; reports stay for two weeks. */
const SILENT_AFTER_MS = 90_000
const REPORTS_KEPT_MS = 14 * 86_400_000

const NO_PROGRESS = {
  code: 'no_progress',
  message: 'Nothing of it could be stored for a day. What is stored stays; send the file again to go on.',
}

const Payload = z.object({ shop: z.string().min(1), import: z.string().regex(/^imp_/) })

/** Runs an import to its end. A fault that trying again cannot heal ends the import as failed, so that it never hangs. */
export function importJob(imports: Imports, store: Pick<ImportStore, 'stop'>) {
  return async (job: Job, signal: AbortSignal): Promise<void> => {
    const { shop, id } = readPayload(job.payload)
    try {
      await imports.run(shop, id, signal)
    } catch (error) {
      const fault = asFault(error)
      if (!signal.aborted && fault.kind !== 'retryable')
        await store.stop(shop, id, 'failed', { code: fault.code, message: fault.message }, signal)
      throw error
    }
  }
}

/**
 * Puts every running import that nothing happens to back into the queue, and ends it after a day without progress, so that none
 * seems to run for ever; `all` at a start, when nobody can be working yet.
 */
export async function requeueImports(
  store: Pick<ImportStore, 'running' | 'stop'>,
  queue: Pick<Queue, 'add'>,
  clock: Clock,
  shop: ShopId,
  { all }: { all: boolean },
  signal: AbortSignal,
): Promise<void> {
  const now = clock.now()
  for (const id of await store.running(shop, new Date(now.getTime() - GIVEN_UP_AFTER_MS), signal))
    await store.stop(shop, id, 'failed', NO_PROGRESS, signal)
  const since = all ? now : new Date(now.getTime() - LOST_AFTER_MS)
  for (const id of await store.running(shop, since, signal)) {
    // A new id each time, since the queue remembers the job that was lost; two at once do no harm.
    await queue.add(IMPORT_QUEUE, { shop, import: id }, { jobId: `${id}_again_${now.getTime()}` }, signal)
  }
}

/** Forgets uploads whose import has ended and reports nobody asks for any more. */
export async function tidyImports(
  store: Pick<ImportStore, 'tidy'>,
  clock: Clock,
  shop: ShopId,
  signal: AbortSignal,
): Promise<void> {
  const now = clock.now().getTime()
  await store.tidy(shop, new Date(now - SILENT_AFTER_MS), new Date(now - REPORTS_KEPT_MS), signal)
}

function readPayload(payload: JobPayload): { shop: ShopId; id: ImportId } {
  const read = Payload.safeParse(payload)
  if (!read.success)
    throw new Fault({
      kind: 'fatal',
      code: 'jobs.payload.invalid',
      message: 'A job names no import.',
      cause: read.error,
    })
  return { shop: shopId(read.data.shop), id: read.data.import as ImportId }
}
