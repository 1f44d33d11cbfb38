import type { ImportRowError, ImportState } from '#db/knowledge/imports.port.ts'
import type { ImportId } from '#domain/ids.ts'
import type { ImportFile, Imports } from '#ingest/imports.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'

/** Imports that keep what arrived, line by line, and stay running until a test ends them. A line `bad` is a bad row. */
export function memoryImports(
  clock: Clock,
  ids: Ids,
): Imports & { received: Map<string, string>; files: Map<string, ImportFile> } {
  const received = new Map<string, string>()
  const files = new Map<string, ImportFile>()
  const states = new Map<string, ImportState & { shop: string }>()
  const badLines = (id: string) =>
    (received.get(id) ?? '').split('\n').flatMap((line, index) => (line === 'bad' ? [index + 1] : []))
  const state = (shop: string, id: string) => {
    const found = states.get(id)
    return found?.shop === shop ? found : null
  }
  return {
    received,
    files,
    async start(shop, request, file, body, signal) {
      const id = ids.make('imp')
      let text = ''
      for await (const chunk of body) {
        signal.throwIfAborted()
        text += Buffer.from(chunk).toString('utf8')
      }
      received.set(id, text)
      files.set(id, file)
      const counts = {
        read: 0,
        unchanged: 0,
        created: 0,
        updated: 0,
        retired: 0,
        rejected: badLines(id).length,
        duplicates: 0,
        incomplete: false,
        rowsPerSecond: null,
        remainingSeconds: null,
        waitsFor: null,
        answersAffected: null,
      }
      const total = text.split('\n').filter(Boolean).length
      states.set(id, {
        shop,
        ...request,
        ...counts,
        id,
        status: 'running',
        receiving: false,
        total,
        problem: null,
        startedAt: clock.now().toISOString(),
        lastProgressAt: clock.now().toISOString(),
        finishedAt: null,
      })
      return id
    },
    async run() {},
    async get(shop, id) {
      const found = state(shop, id)
      if (!found) return null
      const { shop: _shop, ...rest } = found
      return rest
    },
    async list(shop, { limit, source }) {
      const items = [...states.values()]
        .filter((one) => one.shop === shop && (source === undefined || one.source === source))
        .map(({ shop: _shop, ...rest }) => rest)
        .reverse()
      return { items: items.slice(0, limit), nextCursor: items.length > limit ? (items[limit - 1]?.id ?? null) : null }
    },
    async *errors(_shop, id: ImportId): AsyncGenerator<ImportRowError> {
      for (const line of badLines(id)) yield { line, id: null, code: 'ingest.row.malformed', message: 'not a document' }
    },
    async rejected(shop, id) {
      if (!state(shop, id)) return null
      const rows = badLines(id).map(() => 'bad\n')
      return { mediaType: 'application/x-ndjson', bytes: pieces(rows) }
    },
    async *affectedAnswers() {},
    async cancel(shop, id) {
      const found = state(shop, id)
      if (!found) return 'unknown'
      if (found.status !== 'running') return 'ended_already'
      states.set(id, { ...found, status: 'cancelled', finishedAt: clock.now().toISOString() })
      return 'cancelled'
    },
  }
}

async function* pieces(rows: string[]): AsyncGenerator<Uint8Array> {
  for (const row of rows) yield Buffer.from(row)
}
