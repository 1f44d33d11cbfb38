import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { chooseAccount, commandAs } from './account.ts'
import { locateBinaries } from './binaries.ts'
import { type DataFolder, markFormat } from './data-folder.ts'
import { initialise } from './initialise.ts'
import { chooseListening, type Listening, listenArguments } from './listening.ts'
import { clearStalePid, hasEnded, livingPostmaster, readPostmasterPid } from './postmaster-pid.ts'
import { isAlive, sendSignal } from './process-table.ts'
import { explained, startFailure } from './start-failure.ts'

export type Postmaster = { pid: number; listening: Listening; adopted: boolean }

export type PostmasterNeeds = {
  folder: DataFolder
  clock: Clock
  ids: Ids
  log: Log
  /** False once we have run: a cluster that has vanished since must not come back empty. */
  mayInitialise: boolean
}

/** An orderly end writes what is in memory, 64 MB at most, to the disk. */
const ORDERLY_END_MS = 10_000
const HARD_END_MS = 5_000
const POLL_MS = 10
const BUSY_RETRY_MS = 50
/** How long another postmaster, or what is left of one, may stand in the way before we give up. */
const BUSY_LIMIT_MS = 15_000
const LARGEST_LOG_BYTES = 5_000_000

const SETTINGS = [
  ...['shared_buffers=64MB', 'max_connections=60', 'ssl=off', 'timezone=UTC', 'log_timezone=UTC'],
  ...['logging_collector=off', 'log_destination=stderr', 'log_line_prefix=%m [%p] ', 'log_checkpoints=off'],
  // Statements and the values in details are people's data; a log may hold none (terse leaves DETAIL out).
  ...['log_min_error_statement=panic', 'log_error_verbosity=terse'],
]

/** What the log says while another postmaster is there, or an earlier one has not quite gone (start-failure.ts names the source). */
const BUSY = /lock file ".*" already exists|pre-existing shared memory block|lock file ".*" is empty/
const PORT_TAKEN = /could not create any TCP\/IP sockets/
const NO_SOCKETS = /could not create any Unix-domain sockets/

/**
 * The folder's server, accepting connections: the one that is still running from a killed process, or a new one, with its
 * cluster made first where there is none. `port` is the loopback port it had before in this run, if it had one.
 * Throws Fault operator, see start-failure.ts; when aborted it ends what it started, then throws the signal's reason.
 */
export async function bringUp(
  needs: PostmasterNeeds,
  port: number | undefined,
  signal: AbortSignal,
): Promise<Postmaster> {
  const { folder, clock } = needs
  const giveUp = clock.elapsed() + BUSY_LIMIT_MS
  for (let loopback = port; ; ) {
    const adopted = await adopt(needs, signal)
    if (adopted) return adopted
    const outcome = await start(needs, loopback, signal)
    if (typeof outcome !== 'string') return outcome
    if (clock.elapsed() > giveUp || !isPassing(outcome)) throw startFailure(outcome, folder.path, undefined)
    // Some file systems, shared ones above all, hold no sockets: take a port instead. 0: any free one.
    if (NO_SOCKETS.test(outcome)) loopback = 0
    else await clock.sleep(BUSY_RETRY_MS, signal)
  }
}

/** Ends a server in order, at the latest after 15 s; an aborted signal skips the wait for order. Never throws. */
export async function end(pid: number, clock: Clock, signal: AbortSignal): Promise<void> {
  sendSignal(pid, 'SIGINT')
  if (await hasEnded(pid, ORDERLY_END_MS, clock, signal).catch(() => false)) return
  // Not SIGKILL: its children would live on with the files open.
  sendSignal(pid, 'SIGQUIT')
  await hasEnded(pid, HARD_END_MS, clock, new AbortController().signal)
}

function isPassing(said: string): boolean {
  return BUSY.test(said) || PORT_TAKEN.test(said) || NO_SOCKETS.test(said)
}

async function adopt({ folder, clock }: PostmasterNeeds, signal: AbortSignal): Promise<Postmaster | undefined> {
  const living = livingPostmaster(folder.cluster)
  if (!living) return undefined
  const listening = await ready(living.pid, folder.cluster, clock, signal)
  return listening && { pid: living.pid, listening, adopted: true }
}

/** Where the server of `pid` listens, once it takes connections, however long its recovery lasts; undefined when it ended before. */
async function ready(pid: number, cluster: string, clock: Clock, signal: AbortSignal): Promise<Listening | undefined> {
  const began = clock.elapsed()
  for (let hurried = false; isAlive(pid); await clock.sleep(POLL_MS, signal)) {
    const found = readPostmasterPid(cluster)
    if (found?.pid === pid && found.status === 'ready') return found.listening
    // Whoever told it to stop may have been killed before it could hurry it.
    if (found?.status === 'stopping' && !hurried && clock.elapsed() - began > ORDERLY_END_MS) {
      sendSignal(pid, 'SIGQUIT')
      hurried = true
    }
  }
  return undefined
}

/** A running server, or what it said before it gave up. */
async function start(
  needs: PostmasterNeeds,
  port: number | undefined,
  signal: AbortSignal,
): Promise<Postmaster | string> {
  const { folder, clock, ids, log, mayInitialise } = needs
  const binaries = locateBinaries()
  const account = await chooseAccount(folder.cluster, binaries, signal)
  if (mayInitialise) {
    await initialise(folder, binaries, account, ids, signal)
    markFormat(folder)
  }
  await clearStalePid(folder.cluster, clock, signal)
  const listening = await chooseListening(folder.cluster, port, signal)
  const args = ['-D', folder.cluster, ...listenArguments(listening), ...SETTINGS.flatMap((setting) => ['-c', setting])]
  const before = rotateLog(folder)
  const pid = await launch(folder, commandAs(account, binaries.postgres, args))
  try {
    const at = await ready(pid, folder.cluster, clock, signal)
    if (!at) return readLog(folder, before)
    log.info({ pid, via: at.via }, 'database started')
    return { pid, listening: at, adopted: false }
  } catch (error) {
    await end(pid, clock, new AbortController().signal)
    throw error
  }
}

/** Starts the process in a session of its own, so that Ctrl-C in our terminal leaves its end to us, and apart from our pipes. */
function launch(folder: DataFolder, { command, args, options }: ReturnType<typeof commandAs>): Promise<number> {
  const output = explained(folder.path, () => openSync(folder.log, 'a', 0o600))
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      cwd: folder.path,
      detached: true,
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    child.on('error', (error) => reject(startFailure(error.message, folder.path, error)))
    if (child.pid) resolve(child.pid)
    child.unref()
  })
}

/** Keeps one older log. Gives the size of the current one. */
function rotateLog({ log }: DataFolder): number {
  const size = sizeOf(log)
  if (size <= LARGEST_LOG_BYTES) return size
  try {
    renameSync(log, `${log}.1`)
  } catch {
    // Another start was quicker, or we may not: the start itself will say so.
  }
  return sizeOf(log)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function readLog({ path, log }: DataFolder, from: number): string {
  return explained(path, () => readFileSync(log).subarray(from).toString('utf8'))
}
