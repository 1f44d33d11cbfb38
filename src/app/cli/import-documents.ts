import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'
import { markdownFolder } from '#ingest/sources/pages/page-folder.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { systemClock } from '#telemetry/clock.ts'
import { readArguments, usageFault } from './arguments.ts'
import { type Client, connect } from './client.ts'
import { print, progressBar } from './terminal.ts'

const USAGE = 'npm run import -- FILE|FOLDER [--source NAME] [--replace] [--allow-retire] [--dry-run] [--json]'
const POLL_MS = 200
const ROWS_SHOWN = 20

type ImportState = {
  id: string
  status: 'running' | 'done' | 'failed' | 'cancelled'
  read: number
  total?: number | null
  unchanged: number
  created: number
  updated: number
  retired: number
  rejected: number
}
type RowError = { line: number; id: string | null; code: string; message: string }

/** `npm run import`: sends a file (NDJSON, CSV, Markdown) or a folder of Markdown and shows its progress. Exit code 1 when rows were rejected or the import failed. */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    {
      source: { type: 'string' },
      replace: { type: 'boolean' },
      'allow-retire': { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      json: { type: 'boolean' },
    },
    USAGE,
  )
  const [file] = positionals
  if (!file) throw usageFault(USAGE)
  const upload = await openUpload(file, signal)
  const client = await connect(systemClock(), signal)
  try {
    const query = new URLSearchParams({
      source: values.source ?? basename(file, extname(file)),
      mode: values.replace ? 'replace' : 'upsert',
      dryRun: String(values['dry-run'] === true),
      ...(values['allow-retire'] ? { allowRetire: 'true' } : {}),
    })
    const id = await send(client, query, upload, signal)
    const state = await follow(client, id, systemClock(), signal)
    const errors = state.rejected ? await rowErrors(client, id, signal) : []
    if (values.json) print(JSON.stringify({ ...state, errors }))
    else report(state, errors, values['dry-run'] === true)
    return state.status === 'done' && state.rejected === 0 ? 0 : 1
  } finally {
    await client.close()
  }
}

type Upload = { type: 'application/x-ndjson' | 'text/csv'; stream: Readable; bytes: number | null }

async function openUpload(file: string, signal: AbortSignal): Promise<Upload> {
  const found = await stat(file).catch(() => null)
  if (!found)
    throw new Fault({ kind: 'user', code: 'app.import.no_file', message: `There is no file or folder ${file}.` })
  const ending = extname(file).toLowerCase()
  if (found.isDirectory() || ending === '.md' || ending === '.markdown')
    return { type: 'application/x-ndjson', stream: Readable.from(markdownFolder(file, signal)), bytes: null }
  if (ending === '.csv') return { type: 'text/csv', stream: createReadStream(file), bytes: found.size }
  return { type: 'application/x-ndjson', stream: createReadStream(file), bytes: found.size }
}

async function send(client: Client, query: URLSearchParams, upload: Upload, signal: AbortSignal): Promise<string> {
  const response = await fetch(`${client.url}/v1/imports?${query}`, {
    method: 'POST',
    signal,
    headers: { authorization: `Bearer ${client.keys.ingestKey}`, 'content-type': upload.type },
    body: ReadableStream.from(counted(upload)),
    duplex: 'half',
  } as RequestInit)
  const json = tryReadJson(await response.text()) as { id?: string; detail?: string; code?: string } | undefined
  if (response.ok && json?.id) return json.id
  throw new Fault({
    kind: 'user',
    code: json?.code ?? 'app.import.refused',
    message: json?.detail ?? `The server answered ${response.status}.`,
  })
}

/** The upload's bytes, counted on the way. */
async function* counted({ stream, bytes }: Upload): AsyncGenerator<Uint8Array> {
  const bar = progressBar('sending')
  let sent = 0
  for await (const part of stream) {
    const buffer = Buffer.from(part)
    sent += buffer.length
    bar.show(bytes ? sent / bytes : null, `${Math.round(sent / 1024)} KiB`)
    yield buffer
  }
  bar.done()
}

async function follow(client: Client, id: string, clock: Clock, signal: AbortSignal): Promise<ImportState> {
  const bar = progressBar('importing')
  const began = clock.elapsed()
  for (;;) {
    const state = (await client.call('GET', `/v1/imports/${id}`, { token: client.keys.ingestKey })) as ImportState
    const rate = Math.round(state.read / Math.max(0.001, (clock.elapsed() - began) / 1000))
    bar.show(
      state.total ? state.read / state.total : null,
      `${state.read} rows, ${rate}/s${state.rejected ? `, ${state.rejected} rejected` : ''}`,
    )
    if (state.status !== 'running') {
      bar.done()
      return state
    }
    await clock.sleep(POLL_MS, signal)
  }
}

async function rowErrors(client: Client, id: string, signal: AbortSignal): Promise<RowError[]> {
  const response = await fetch(`${client.url}/v1/imports/${id}/errors`, {
    signal,
    headers: { authorization: `Bearer ${client.keys.ingestKey}` },
  })
  const lines = (await response.text()).split('\n').filter(Boolean)
  return lines.map((line) => tryReadJson(line) as RowError)
}

function report(state: ImportState, errors: RowError[], dryRun: boolean): void {
  print(
    `${dryRun ? 'Dry run, nothing was written: ' : ''}${state.status}: ${state.read} read, ${state.created} created, ${state.updated} updated, ${state.unchanged} unchanged, ${state.retired} retired, ${state.rejected} rejected`,
  )
  for (const { line, id, code, message } of errors.slice(0, ROWS_SHOWN))
    print(`  line ${line}${id ? ` (${id})` : ''}: ${message} [${code}]`)
  if (errors.length > ROWS_SHOWN)
    print(`  … and ${errors.length - ROWS_SHOWN} more: GET /v1/imports/${state.id}/errors`)
}
