import { asFault, type Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import { locateBinaries } from './binaries.ts'
import { layoutOf, openDataFolder } from './data-folder.ts'
import type { EmbeddedPostgres, RunningInstance } from './embedded-postgres.port.ts'
import { type Hold, holdInstance, isOurs, livingHolder, refuseIfHeld, removeHolder, writeHolder } from './instance.ts'
import { connectionTo } from './listening.ts'
import { bringUp, end, type Postmaster } from './postmaster.ts'
import { livingPostmaster } from './postmaster-pid.ts'

export type EmbeddedPostgresOptions = {
  /** Made if it is missing; relative to the working directory. */
  dataFolder: string
  clock: Clock
  ids: Ids
  log: Log
  /** Called once when the folder has gone to another Purser after a crash of the server: this one has to end. */
  onLost?: (fault: Fault) => void
}

/** Milliseconds before a dead server is started again: at once, then ever longer. */
const RESTART_DELAYS_MS = [0, 100, 300, 1_000, 3_000, 5_000]
/** A server may die between our finding it and connecting to it. */
const CONNECT_ATTEMPTS = 5

/**
 * Starts the PostgreSQL that comes with Purser on `dataFolder`, or takes over the one a killed Purser left running, and keeps
 * it running until `stop`. It outlives a kill of this process, and the next start takes it over. `signal` is for the start
 * only. Throws Fault operator with a code under `db.embedded.` and a sentence saying what to do. Source: docs/faults.md.
 */
export async function startEmbeddedPostgres(
  { dataFolder, clock, ids, log, onLost }: EmbeddedPostgresOptions,
  signal: AbortSignal,
): Promise<EmbeddedPostgres> {
  const folder = openDataFolder(dataFolder, locateBinaries().major)
  const life = new AbortController()
  let address: string | undefined
  let { postmaster, hold } = await establish(undefined, signal)
  const connection = connectionTo(folder.cluster, postmaster.listening)
  const { adopted } = postmaster
  const reviving = revive()
  let stopping: Promise<void> | undefined
  return {
    connection,
    adopted,
    dataFolder: folder.path,
    async announce(newAddress, announceSignal) {
      announceSignal.throwIfAborted()
      address = newAddress
      if (!hold.lost.aborted) writeHolder(folder, address)
    },
    stop(stopSignal) {
      stopping ??= stop(stopSignal)
      return stopping
    },
  }

  async function establish(before: Postmaster | undefined, during: AbortSignal) {
    const port = before?.listening.via === 'loopback' ? before.listening.port : undefined
    for (let attempt = 1; ; attempt++) {
      const up: Postmaster = await bringUp(
        { folder, clock, ids, log, mayInitialise: before === undefined },
        port,
        during,
      )
      try {
        const known = { ...(address ? { address } : {}), heldBefore: before !== undefined }
        const held: Hold = await holdInstance(folder, connectionTo(folder.cluster, up.listening), known, clock, during)
        return { postmaster: up, hold: held }
      } catch (error) {
        if (during.aborted && !up.adopted) await end(up.pid, clock, new AbortController().signal)
        if (during.aborted || attempt === CONNECT_ATTEMPTS || asFault(error).kind === 'operator') throw error
      }
    }
  }

  /** Waits for the server's death and brings it back, for as long as we live. Never rejects. */
  async function revive(): Promise<void> {
    for (let failures = 0; !life.signal.aborted; ) {
      try {
        if (failures === 0) await lossOf(hold, life.signal)
        await clock.sleep(RESTART_DELAYS_MS[Math.min(failures, RESTART_DELAYS_MS.length - 1)] ?? 0, life.signal)
        ;({ postmaster, hold } = await establish(postmaster, life.signal))
        failures = 0
        log.warn({ pid: postmaster.pid }, 'database came back')
      } catch (error) {
        if (life.signal.aborted) return
        const fault = asFault(error)
        log.error(
          { code: fault.code, attempt: ++failures, problem: fault.message },
          'database could not be brought back',
        )
        if (fault.code !== 'db.embedded.taken') continue
        return onLost?.(fault)
      }
    }
  }

  async function stop(stopSignal: AbortSignal): Promise<void> {
    life.abort(new Error('stopped'))
    await reviving
    const pid = serverOfOurs()
    removeHolder(folder)
    if (pid) await end(pid, clock, stopSignal)
    await hold.release()
    log.info({}, 'database stopped')
  }

  /** None when the folder has gone to another Purser: then so has its server. Asks no file while the hold says enough. */
  function serverOfOurs(): number | undefined {
    if (!hold.lost.aborted) return postmaster.pid
    return isOurs(folder) ? livingPostmaster(folder.cluster)?.pid : undefined
  }
}

/** For whoever opens other things first (a port): throws Fault operator `db.embedded.taken` when another Purser runs on `dataFolder`. */
export function refuseIfTaken(dataFolder: string): void {
  refuseIfHeld(layoutOf(dataFolder))
}

/** The Purser that runs on `dataFolder` now, for commands that talk to it or to its database. Never throws but for a missing password. */
export function findRunningInstance(dataFolder: string): RunningInstance | undefined {
  const folder = layoutOf(dataFolder)
  const [holder, server] = [livingHolder(folder), livingPostmaster(folder.cluster)]
  if (!holder || server?.status !== 'ready') return undefined
  const { pid, address } = holder
  return { pid, ...(address ? { address } : {}), connection: connectionTo(folder.cluster, server.listening) }
}

/** Resolves when the hold is lost; rejects with the reason when `signal` is aborted first. */
function lossOf(hold: Hold, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (hold.lost.aborted) return resolve()
    hold.lost.addEventListener('abort', () => resolve(), { once: true })
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
