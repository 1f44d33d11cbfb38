import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { Client } from 'pg'
import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { DataFolder } from './data-folder.ts'
import type { EmbeddedConnection } from './embedded-postgres.port.ts'
import { beginningOf, isAlive } from './process-table.ts'
import { explained } from './start-failure.ts'

/** The right to a data folder. It ends with its connection to the server, so a killed process holds nothing. */
export type Hold = {
  /** Aborted when the connection is gone, for whatever reason. */
  lost: AbortSignal
  /** Closes the connection. Never throws. */
  release(): Promise<void>
}

/** Who holds a folder, as it wrote it down; the lock in the database decides, this only names. */
export type Holder = { pid: number; began: string; address?: string }

/** Two numbers of our own for pg_advisory_lock: "Purs" in ASCII, and the first lock under it. */
const LOCK = [0x50757273, 1]
/** A dead holder's connection is closed by the kernel, but its server process may need a moment to see it. */
const DEAD_HOLDER_MS = 5_000
const POLL_MS = 20
const CONNECT_MS = 5_000

/**
 * Takes the folder for this process and writes down who we are. Throws Fault operator `db.embedded.taken`, naming the
 * other one, when another process has it, and what `pg` throws when the server cannot be reached.
 */
export async function holdInstance(
  folder: DataFolder,
  connection: EmbeddedConnection,
  known: { address?: string; heldBefore: boolean },
  clock: Clock,
  signal: AbortSignal,
): Promise<Hold> {
  const client = new Client({
    ...connection,
    ...{ application_name: 'purser instance', ssl: false, keepAlive: true, connectionTimeoutMillis: CONNECT_MS },
  })
  const lost = new AbortController()
  client.on('error', () => lost.abort())
  client.on('end', () => lost.abort())
  const release = () => client.end().catch(() => {})
  try {
    signal.throwIfAborted()
    await client.connect()
    await mustServe(folder, client)
    await lock(folder, client, known.heldBefore, clock, signal)
    writeHolder(folder, known.address)
  } catch (error) {
    await release()
    throw error
  }
  return { lost: lost.signal, release }
}

/** Writes down where the holder, this process, can be reached. Throws Fault operator `db.embedded.disk_full` and the like. */
export function writeHolder({ path, instance }: DataFolder, address: string | undefined): void {
  const holder: Holder = { pid: process.pid, began: beginningOf(process.pid), ...(address ? { address } : {}) }
  explained(path, () => {
    writeFileSync(`${instance}.new`, `${JSON.stringify(holder)}\n`)
    renameSync(`${instance}.new`, instance)
  })
}

/** The living process that wrote itself down last, if any. Never throws. */
export function livingHolder({ instance }: DataFolder): Holder | undefined {
  const holder = readHolder(instance)
  return holder && isAlive(holder.pid) && beginningOf(holder.pid) === holder.began ? holder : undefined
}

/** Whether the folder is written down as ours. */
export function isOurs(folder: DataFolder): boolean {
  return livingHolder(folder)?.pid === process.pid
}

export function removeHolder(folder: DataFolder): void {
  if (isOurs(folder)) rmSync(folder.instance, { force: true })
}

/** A server that answers at the right place may still be another one: on a loopback port, or after the folder was moved. */
async function mustServe({ cluster, path }: DataFolder, client: Client): Promise<void> {
  const { rows } = await client.query(`select current_setting('data_directory') as served`)
  const [served, wanted] = [statSync(rows[0].served, { throwIfNoEntry: false }), statSync(cluster)]
  if (served?.ino === wanted.ino && served.dev === wanted.dev) return
  throw new Fault({
    kind: 'operator',
    code: 'db.embedded.other_server',
    message: `The PostgreSQL that answers for ${path} serves another folder. Stop it, then start again.`,
  })
}

async function lock(folder: DataFolder, client: Client, heldBefore: boolean, clock: Clock, signal: AbortSignal) {
  for (const end = clock.elapsed() + DEAD_HOLDER_MS; ; await clock.sleep(POLL_MS, signal)) {
    const { rows } = await client.query('select pg_try_advisory_lock($1::int, $2::int) as held', LOCK)
    if (rows[0].held) return
    const holder = livingHolder(folder)
    // After a crash of the server our own name still stands there, until the one who was quicker has written its own.
    const isOther = holder && !(heldBefore && holder.pid === process.pid)
    if (isOther || clock.elapsed() > end) throw taken(folder, holder ?? readHolder(folder.instance))
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    const holder = tryReadJson(readFileSync(file, 'utf8')) as Holder | undefined
    return typeof holder?.pid === 'number' ? holder : undefined
  } catch {
    return undefined
  }
}

/** Throws Fault operator `db.embedded.taken` when another process holds the folder by its own word; the lock still decides. */
export function refuseIfHeld(folder: DataFolder): void {
  const holder = livingHolder(folder)
  if (holder && holder.pid !== process.pid) throw taken(folder, holder)
}

function taken({ path }: DataFolder, holder: Holder | undefined): Fault {
  const where = holder?.address ? ` at ${holder.address}` : ''
  const who = holder ? ` (process ${holder.pid})` : ''
  return new Fault({
    kind: 'operator',
    code: 'db.embedded.taken',
    message:
      `Another Purser is already running${where}${who} on the data folder ${path}. ` +
      'Use that one, stop it, or set PURSER_DATA to another folder.',
  })
}
