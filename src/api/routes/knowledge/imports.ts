import { createHash } from 'node:crypto'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ImportState } from '#db/knowledge/imports.port.ts'
import { FORMAT_BY_TYPE } from '#domain/content/import-format.ts'
import { Fault } from '#domain/fault.ts'
import type { ImportId } from '#domain/ids.ts'
import type { ImportFormat, Imports } from '#ingest/imports.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type ApiEnv, notFound, shopOf, signalOf } from '../../caller.ts'
import {
  affectedAnswersRoute,
  cancelImportRoute,
  getImportRoute,
  importErrorsRoute,
  listImportsRoute,
  rejectedRowsRoute,
  startImportRoute,
} from '../../contract/knowledge/imports.ts'

const FORMATS: Record<string, ImportFormat> = FORMAT_BY_TYPE
/** An upload that sends nothing for so long is given up; as a whole it may take as long as it likes. */
const SILENCE_MS = 30_000

/** Imports: the body is passed on as it comes, never held as a whole. */
export function importRoutes(app: OpenAPIHono<ApiEnv>, imports: Imports, clock: Clock): void {
  app.openapi(startImportRoute, async (context) => {
    const { source, mode, dryRun, allowRetire, ...said } = context.req.valid('query')
    const format = formatOf(context.req.header('content-type'))
    const signal = signalOf(context)
    const request = { source, mode, dryRun: dryRun === 'true', allowRetire: allowRetire === 'true' }
    const hash = createHash('sha256')
    const body = arriving(context.req.raw.body, (chunk) => hash.update(chunk), clock, signal)
    const id = await imports.start(shopOf(context), request, { format, ...said }, body, signal)
    // So that a repeated Idempotency-Key can be told from one with another file.
    context.set('bodyHash', hash.digest('hex'))
    return context.json({ id }, 202)
  })

  app.openapi(listImportsRoute, async (context) => {
    const { cursor = null, limit, source } = context.req.valid('query')
    const asked = { cursor, limit, ...(source ? { source } : {}) }
    const { items, nextCursor } = await imports.list(shopOf(context), asked, signalOf(context))
    return context.json({ items: items.map(importBody), nextCursor }, 200)
  })

  app.openapi(getImportRoute, async (context) => {
    const state = await imports.get(shopOf(context), context.req.valid('param').id as ImportId, signalOf(context))
    if (!state) throw notFound('import')
    return context.json(importBody(state), 200)
  })

  app.openapi(importErrorsRoute, async (context) => {
    const id = context.req.valid('param').id as ImportId
    const signal = signalOf(context)
    if (!(await imports.get(shopOf(context), id, signal))) throw notFound('import')
    const lines = ndjson(imports.errors(shopOf(context), id, signal))
    return new Response(streamed(lines), { headers: { 'content-type': 'application/x-ndjson' } }) as never
  })

  app.openapi(rejectedRowsRoute, async (context) => {
    const id = context.req.valid('param').id as ImportId
    const rejected = await imports.rejected(shopOf(context), id, signalOf(context))
    if (!rejected) throw notFound('import')
    return new Response(streamed(rejected.bytes), { headers: { 'content-type': rejected.mediaType } }) as never
  })

  app.openapi(affectedAnswersRoute, async (context) => {
    const id = context.req.valid('param').id as ImportId
    const signal = signalOf(context)
    if (!(await imports.get(shopOf(context), id, signal))) throw notFound('import')
    const lines = ndjson(imports.affectedAnswers(shopOf(context), id, signal))
    return new Response(streamed(lines), { headers: { 'content-type': 'application/x-ndjson' } }) as never
  })

  app.openapi(cancelImportRoute, async (context) => {
    const id = context.req.valid('param').id as ImportId
    const outcome = await imports.cancel(shopOf(context), id, signalOf(context))
    const state = outcome === 'unknown' ? null : await imports.get(shopOf(context), id, signalOf(context))
    if (!state) throw notFound('import')
    return context.json(importBody(state), 200)
  })
}

function formatOf(contentType: string | undefined): ImportFormat {
  const format = FORMATS[contentType?.split(';')[0]?.trim().toLowerCase() ?? '']
  if (format) return format
  throw new Fault({
    kind: 'user',
    code: 'api.body.media_type',
    message:
      'Send the file as application/x-ndjson, text/csv, text/tab-separated-values, application/xml or text/markdown.',
    status: 415,
  })
}

/** The body as it arrives. Throws Fault user `api.body.too_slow` (408) after `SILENCE_MS` without a byte. */
export async function* arriving(
  body: ReadableStream<Uint8Array> | null,
  onChunk: (chunk: Uint8Array) => void,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  if (!reader) return
  try {
    while (true) {
      const waiting = new AbortController()
      const silence = clock.sleep(SILENCE_MS, AbortSignal.any([waiting.signal, signal])).then(
        () => 'silent' as const,
        () => 'stopped' as const,
      )
      const next = await Promise.race([reader.read(), silence])
      waiting.abort()
      signal.throwIfAborted()
      if (next === 'silent' || next === 'stopped')
        throw new Fault({ kind: 'user', code: 'api.body.too_slow', message: 'The body came too slowly.', status: 408 })
      if (next.done) return
      onChunk(next.value)
      yield next.value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** Read as fast as the client reads, and stopped when it goes away. */
function streamed(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}

async function* ndjson(items: AsyncIterable<object>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const item of items) yield encoder.encode(`${JSON.stringify(item)}\n`)
}

function importBody({ receiving: _receiving, ...state }: ImportState) {
  return state
}
