import { createWriteStream } from 'node:fs'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ReadableStream } from 'node:stream/web'
import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { systemClock } from '#telemetry/clock.ts'
import { readArguments, usageFault } from './arguments.ts'
import { type Client, connect, refusal } from './client.ts'
import {
  type AffectedAnswer,
  type ImportState,
  printReport,
  progressNote,
  type RowError,
  readLines,
} from './import-report.ts'
import { openImport, readMappingFile, type Upload } from './import-upload.ts'
import { complain, print, progressBar } from './terminal.ts'

const USAGE = `npm run import -- FILE|FOLDER [--source NAME] [--replace] [--allow-retire] [--dry-run]
  [--map MAPPING_FILE] [--currency EUR] [--site https://shop.example] [--rejected FILE] [--json]`
const POLL_MS = 200

/**
 * `npm run import`: sends a file (NDJSON, a table, a product feed), a folder of Markdown and HTML or the pages of a sitemap, and
 * shows its progress. `--rejected` keeps the rejected rows in a file. Exit code 1 when rows were rejected or the import failed.
 */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    {
      source: { type: 'string' },
      replace: { type: 'boolean' },
      'allow-retire': { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      map: { type: 'string' },
      currency: { type: 'string' },
      site: { type: 'string' },
      rejected: { type: 'string' },
      json: { type: 'boolean' },
    },
    USAGE,
  )
  const [file] = positionals
  if (!file) throw usageFault(USAGE)
  const clock = systemClock()
  const mapping = values.map === undefined ? undefined : await readMappingFile(values.map)
  const upload = await openImport(file, values.site, clock, signal)
  const client = await connect(clock, signal)
  try {
    const query = new URLSearchParams({
      source: values.source ?? basename(file.replace(/\.gz$/i, ''), extname(file.replace(/\.gz$/i, ''))),
      mode: values.replace ? 'replace' : 'upsert',
      dryRun: String(values['dry-run'] === true),
      ...(values['allow-retire'] ? { allowRetire: 'true' } : {}),
      ...(mapping === undefined ? {} : { mapping }),
      ...(values.currency === undefined ? {} : { currency: values.currency }),
      ...(values.site === undefined ? {} : { site: values.site }),
    })
    const id = await send(client, query, upload, signal)
    const state = await follow(client, id, clock, signal).catch((error) => {
      if (signal.aborted) complain(`\n${goesOn(id, client.temporary)}`)
      throw error
    })
    const errors = readLines<RowError>(await report(client, `/v1/imports/${id}/errors`, signal))
    const answers = state.answersAffected
      ? readLines<AffectedAnswer>(await report(client, `/v1/imports/${id}/affected-answers`, signal))
      : []
    if (values.rejected !== undefined && state.rejected > 0) await keepRejected(client, id, values.rejected, signal)
    if (values.json) print(JSON.stringify({ ...state, errors, affectedAnswers: answers }))
    else {
      const nameOf = (line: number) => upload.pages?.from(line) ?? null
      printReport(state, errors, answers, { dryRun: values['dry-run'] === true, nameOf, keptIn: values.rejected })
      const hidden = upload.pages?.hidden() ?? 0
      if (hidden) print(`Pages left out because they ask not to be indexed: ${hidden}`)
    }
    return state.status === 'done' && state.rejected === 0 ? 0 : 1
  } finally {
    await client.close()
  }
}

async function send(client: Client, query: URLSearchParams, upload: Upload, signal: AbortSignal): Promise<string> {
  // Why the upload broke off, where it was what is read here: fetch says only that it did.
  let broken: unknown = null
  upload.stream.once('error', (error) => {
    broken = error
  })
  const response = await fetch(`${client.url}/v1/imports?${query}`, {
    method: 'POST',
    signal,
    headers: { authorization: `Bearer ${client.keys.ingestKey}`, 'content-type': upload.type },
    body: ReadableStream.from(counted(upload)),
    duplex: 'half',
  } as RequestInit).catch((error) => {
    throw broken ?? error
  })
  const text = await response.text()
  const json = tryReadJson(text) as { id?: string } | undefined
  if (response.ok && json?.id) return json.id
  throw refusal(response.status, text)
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
  for (;;) {
    const state = (await client.call('GET', `/v1/imports/${id}`, { token: client.keys.ingestKey })) as ImportState
    bar.show(state.total ? state.read / state.total : null, progressNote(state))
    if (state.status !== 'running') {
      bar.done()
      return state
    }
    await clock.sleep(POLL_MS, signal)
  }
}

async function report(client: Client, path: string, signal: AbortSignal): Promise<string> {
  return (await get(client, path, signal)).text()
}

/** Writes the rejected rows into `file`. Throws Fault user `app.import.rejected_file` when that cannot be written. */
export async function keepRejected(
  client: Pick<Client, 'url' | 'keys'>,
  id: string,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const path = `/v1/imports/${id}/rejected`
  const { body } = await get(client, path, signal)
  const into = createWriteStream(file)
  try {
    if (body) await pipeline(Readable.fromWeb(body as ReadableStream<Uint8Array>), into, { signal })
  } catch (error) {
    if (into.errored !== error) throw error
    throw new Fault({
      kind: 'user',
      code: 'app.import.rejected_file',
      message: `The import has ended, but its rejected rows cannot be written to ${file} (${(error as { code?: string }).code}). GET ${path} has them for two weeks.`,
      cause: error,
    })
  }
}

async function get(client: Pick<Client, 'url' | 'keys'>, path: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(client.url + path, {
    signal,
    headers: { authorization: `Bearer ${client.keys.ingestKey}` },
  })
  if (!response.ok) throw refusal(response.status, await response.text())
  return response
}

/** What becomes of an import whose command was stopped: its rows are with the server. */
function goesOn(id: string, temporary: boolean): string {
  const where = temporary ? 'goes on at the next start' : 'goes on without this command'
  return `The import ${where}. GET /v1/imports/${id} says how far it is, POST /v1/imports/${id}/cancel stops it.`
}
