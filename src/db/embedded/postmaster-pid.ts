import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Listening } from './listening.ts'
import { isAlive, isPostgresIn, postgresProcessesIn, sendSignal } from './process-table.ts'

/** What a postmaster writes about itself into postmaster.pid. */
export type PostmasterPid = { pid: number; listening: Listening; status: 'starting' | 'ready' | 'stopping' | 'unknown' }

const ORPHAN_WAIT_MS = 5_000
const POLL_MS = 20

/** Reads `postmaster.pid`; undefined while there is none, or only half of one. Format: PostgreSQL 18, src/include/utils/pidfile.h. */
export function readPostmasterPid(cluster: string): PostmasterPid | undefined {
  const lines = readText(join(cluster, 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  if (!lines || !pid) return undefined
  const folder = lines[4]?.trim()
  const listening: Listening = folder ? { via: 'socket', folder } : { via: 'loopback', port: Number(lines[3]) }
  return { pid, listening, status: STATUS[lines[7]?.trim() ?? ''] ?? 'unknown' }
}

/** The postmaster of this cluster that is alive now, whoever started it. */
export function livingPostmaster(cluster: string): PostmasterPid | undefined {
  const found = readPostmasterPid(cluster)
  return found && isPostgresIn(cluster, found.pid) ? found : undefined
}

/**
 * Clears what a dead postmaster left. PostgreSQL does so itself unless the dead one's number is in use: by a zombie whose
 * parent is slow to reap it, or by another program after a restart of the machine. Waits for the dead one's
 * children first, since the files are theirs while they live. Throws Fault operator `db.embedded.orphans` when they stay.
 */
export async function clearStalePid(cluster: string, clock: Clock, signal: AbortSignal): Promise<void> {
  const stale = readPostmasterPid(cluster)
  if (!stale || isPostgresIn(cluster, stale.pid)) return
  if (!(await orphansGone(cluster, clock, signal))) {
    for (const pid of postgresProcessesIn(cluster)) sendSignal(pid, 'SIGQUIT')
    if (!(await orphansGone(cluster, clock, signal))) throw orphansStay(cluster)
  }
  for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock']) removeIfOf(join(cluster, name), stale.pid)
}

/** Waits until `pid` has ended, at most `ms`. Resolves to whether it has. */
export async function hasEnded(pid: number, ms: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return until(() => !isAlive(pid), ms, clock, signal)
}

/** PostgreSQL pads the word to eight letters, so that it can overwrite it in place. */
const STATUS: Record<string, PostmasterPid['status']> = {
  starting: 'starting',
  ready: 'ready',
  standby: 'ready',
  stopping: 'stopping',
}

async function orphansGone(cluster: string, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return until(() => postgresProcessesIn(cluster).length === 0, ORPHAN_WAIT_MS, clock, signal)
}

async function until(holds: () => boolean, ms: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const end = clock.elapsed() + ms
  while (!holds()) {
    if (clock.elapsed() >= end) return false
    await clock.sleep(POLL_MS, signal)
  }
  return true
}

/** Moves the file aside before removing it, so that one written by a new postmaster in the same instant can be put back. */
function removeIfOf(file: string, pid: number): void {
  const aside = `${file}.stale-${process.pid}`
  try {
    renameSync(file, aside)
    if (Number(readText(aside)?.split('\n')[0]) !== pid) linkSync(aside, file)
  } catch {
    // PostgreSQL, or another process of ours, was quicker.
  }
  rmSync(aside, { force: true })
}

function orphansStay(cluster: string): Fault {
  const pids = postgresProcessesIn(cluster).join(', ')
  return new Fault({
    kind: 'operator',
    code: 'db.embedded.orphans',
    message: `Processes of an earlier PostgreSQL still use the data folder and do not end (${pids}). End them, then start again.`,
  })
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
