import { existsSync, readFileSync } from 'node:fs'
import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Config, readConfig } from '#config.ts'
import { locateBinaries } from '#db/embedded/binaries.ts'
import { asFault } from '#domain/fault.ts'
import { readJson, tryReadJson } from '#domain/foreign-json.ts'
import { declineNativeTelemetry } from '#model/native-telemetry.ts'
import type { Mailer } from '#support/mail/mailer.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { mailerOf } from './compose/mail.ts'
import { openServer } from './http-server.ts'
import { runningInstance } from './running-instance.ts'
import { shippedModelFolder } from './shipped-files.ts'

export type Finding = { what: string; state: 'ok' | 'limited' | 'broken'; detail: string; todo?: string }

/** Below this the database may not get through a busy day. */
const LOW_DISK_MB = 500
const NEEDED_NODE = 24
const MAIL_WITHIN_MS = 15_000

/** Everything an installation needs, one finding at a time, cheapest first. Never throws but on abort. */
export async function* checkInstallation(clock: Clock, signal: AbortSignal): AsyncGenerator<Finding> {
  yield checkNode()
  const settings = checkSettings()
  yield settings.finding
  yield checkDatabaseBinaries()
  yield await checkNative(
    'onnxruntime-node',
    'vectors',
    'Answers work from words alone. Install on linux-x64, linux-arm64 (glibc), Apple silicon or Windows for vectors.',
  )
  yield await checkNative(
    'usearch',
    'nearest vectors',
    'Vectors are scanned one by one, which is slower from about 20,000 passages on.',
  )
  if (!settings.config) return
  yield await checkModel(settings.config)
  yield await checkDataFolder(settings.config.PURSER_DATA, signal)
  const mailer = mailerOf(settings.config)
  if (mailer) yield await checkMail(mailer, clock, signal)
  const running = await runningInstance(settings.config.PURSER_DATA, clock, signal)
  if (running) yield* checkRunning(running, clock, signal)
  else yield await checkPort(settings.config, signal)
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  const detail = `Node ${process.versions.node}`
  if (major >= NEEDED_NODE) return { what: 'runtime', state: 'ok', detail }
  return {
    what: 'runtime',
    state: 'broken',
    detail,
    todo: `Node ${NEEDED_NODE} comes with npm ci on Linux and Windows; run commands as npm scripts, or install Node ${NEEDED_NODE}.`,
  }
}

function checkSettings(): { finding: Finding; config?: Config } {
  try {
    return { finding: { what: 'settings', state: 'ok', detail: 'valid' }, config: readConfig() }
  } catch (error) {
    return {
      finding: {
        what: 'settings',
        state: 'broken',
        detail: asFault(error).message,
        todo: 'All settings are in docs/configuration.md.',
      },
    }
  }
}

function checkDatabaseBinaries(): Finding {
  try {
    return { what: 'database', state: 'ok', detail: `PostgreSQL ${locateBinaries().major}, embedded` }
  } catch (error) {
    return { what: 'database', state: 'broken', detail: asFault(error).message, todo: 'Run npm ci again.' }
  }
}

async function checkNative(library: string, what: string, todo: string): Promise<Finding> {
  declineNativeTelemetry()
  try {
    await import(library)
    return { what, state: 'ok', detail: `${library} ${versionOf(library)}`.trim() }
  } catch {
    return { what, state: 'limited', detail: `${library} is not available here`, todo }
  }
}

/** From the package's own file, which not every package exports. */
function versionOf(library: string): string {
  const folder =
    createRequire(import.meta.url)
      .resolve.paths(library)
      ?.map((path) => join(path, library, 'package.json')) ?? []
  const file = folder.find((path) => existsSync(path))
  return file ? (readJson(readFileSync(file, 'utf8')) as { version: string }).version : ''
}

async function checkModel({ MODEL_DIR }: Config): Promise<Finding> {
  const folder = MODEL_DIR ?? shippedModelFolder()
  const missing = await firstMissing(['model.onnx', 'tokenizer.json', 'config.json'].map((file) => join(folder, file)))
  if (!missing) return { what: 'embedding model', state: 'ok', detail: folder }
  return {
    what: 'embedding model',
    state: 'limited',
    detail: `${missing} is missing`,
    todo: 'Answers work from words alone until MODEL_DIR names a whole model folder.',
  }
}

async function firstMissing(files: string[]): Promise<string | null> {
  for (const file of files) if (!(await isThere(file))) return file
  return null
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function checkDataFolder(folder: string, signal: AbortSignal): Promise<Finding> {
  signal.throwIfAborted()
  const what = 'data folder'
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
    const { bavail, bsize } = await statfs(folder)
    const freeMb = Math.round((bavail * bsize) / 2 ** 20)
    if (freeMb < LOW_DISK_MB)
      return {
        what,
        state: 'broken',
        detail: `${folder}: only ${freeMb} MB free`,
        todo: `Free some space on ${dirname(folder)}, or set PURSER_DATA to a larger disk.`,
      }
    return { what, state: 'ok', detail: `${folder} (${freeMb} MB free)` }
  } catch (error) {
    return {
      what,
      state: 'broken',
      detail: `${folder}: ${(error as Error).message}`,
      todo: 'Set PURSER_DATA to a folder this user may write to.',
    }
  }
}

/** Connects and signs in; the address with its password is not shown. */
async function checkMail(mailer: Mailer, clock: Clock, signal: AbortSignal): Promise<Finding> {
  const what = 'mail server'
  const todo = 'Correct PURSER_SMTP_URL and PURSER_MAIL_FROM; until then codes and replies by mail do not arrive.'
  const found = await mailer.check(clock.deadline(MAIL_WITHIN_MS, signal)).catch(() => null)
  signal.throwIfAborted()
  if (found?.state === 'down') return { what, state: 'broken', detail: found.why, todo }
  return found ? { what, state: 'ok', detail: 'takes our mail' } : { what, state: 'broken', detail: 'no answer', todo }
}

async function checkPort({ PURSER_HOST, PORT }: Config, signal: AbortSignal): Promise<Finding> {
  try {
    const server = await openServer(PURSER_HOST, PORT, signal)
    await server.close(signal)
    return { what: 'port', state: 'ok', detail: `${PURSER_HOST}:${PORT} is free` }
  } catch (error) {
    return { what: 'port', state: 'broken', detail: asFault(error).message }
  }
}

async function* checkRunning(url: string, clock: Clock, signal: AbortSignal): AsyncGenerator<Finding> {
  yield { what: 'instance', state: 'ok', detail: `running at ${url}` }
  const response = await fetch(`${url}/readyz`, { signal: clock.deadline(5_000, signal) }).catch(() => null)
  const body = tryReadJson((await response?.text()) ?? '') as
    | { dependencies?: Record<string, { state: string; detail?: string }> }
    | undefined
  for (const [name, { state, detail }] of Object.entries(body?.dependencies ?? {}))
    yield {
      what: name,
      state: state === 'ready' ? 'ok' : state === 'down' ? 'broken' : 'limited',
      detail: detail ? `${state}: ${detail}` : state,
    }
}
