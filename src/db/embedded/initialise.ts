import { type ChildProcess, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Ids } from '#telemetry/ids.port.ts'
import { type Account, commandAs, giveTo } from './account.ts'
import type { Binaries } from './binaries.ts'
import type { DataFolder } from './data-folder.ts'
import { OWNER, PASSWORD_FILE } from './listening.ts'
import { beginningOf, isAlive } from './process-table.ts'
import { explained, startFailure } from './start-failure.ts'

/** Followed by the number and the beginning of the process at work, so that what a killed one left can be told and removed. */
const UNFINISHED = 'pg-new-'

/**
 * Makes the cluster unless there is one. It is made beside its place and then renamed, so a kill at any instant leaves
 * either all of it or nothing; of two at once, one is kept. Throws Fault operator, see start-failure.ts.
 */
export async function initialise(
  folder: DataFolder,
  binaries: Binaries,
  account: Account,
  ids: Ids,
  signal: AbortSignal,
): Promise<void> {
  explained(folder.path, () => removeUnfinished(folder))
  if (existsSync(join(folder.cluster, 'PG_VERSION'))) return
  const work = join(folder.path, `${UNFINISHED}${process.pid}-${beginningOf(process.pid)}`)
  try {
    explained(folder.path, () => {
      mkdirSync(work, { mode: 0o700 })
      writeFileSync(join(work, PASSWORD_FILE), `${ids.secret(32)}\n`, { mode: 0o600, flush: true })
      giveTo(account, work)
    })
    await runInitdb(work, folder, binaries, account, signal)
    explained(folder.path, () => moveIntoPlace(work, folder))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function runInitdb(work: string, folder: DataFolder, binaries: Binaries, account: Account, signal: AbortSignal) {
  const { command, args, options } = commandAs(account, binaries.initdb, [
    ...['-D', join(work, 'pg'), '-U', OWNER, '-E', 'UTF8', '--no-instructions'],
    // The socket lies in a folder only its owner may enter; the loopback port is open to every user of the machine.
    ...['--auth-local=trust', '--auth-host=scram-sha-256', `--pwfile=${join(work, PASSWORD_FILE)}`],
    // Built in, so that order and case do not depend on the host's locales.
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ])
  const { code, said } = await outcomeOf(
    spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] }),
    signal,
  )
  signal.throwIfAborted()
  if (code !== 0) throw startFailure(said, folder.path, undefined)
}

/** Waits for the real end also when aborted: until then it, or a child of it, writes into the folder we are about to remove. */
function outcomeOf(child: ChildProcess, signal: AbortSignal): Promise<{ code: number | null; said: string }> {
  const kill = () => child.kill()
  return new Promise((resolve) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
    })
    // Without a process there is no exit, but 'close' comes all the same.
    child.on('error', (error) => {
      said += error.message
    })
    child.on('close', (code) => {
      signal.removeEventListener('abort', kill)
      resolve({ code, said })
    })
    signal.addEventListener('abort', kill)
    if (signal.aborted) kill()
  })
}

function moveIntoPlace(work: string, { path, cluster }: DataFolder): void {
  renameSync(join(work, PASSWORD_FILE), join(work, 'pg', PASSWORD_FILE))
  try {
    renameSync(join(work, 'pg'), cluster)
  } catch (error) {
    // Another process was quicker; its cluster is as good as ours.
    if (!existsSync(join(cluster, 'PG_VERSION'))) throw error
  }
  const parent = openSync(path, 'r')
  fsyncSync(parent)
  closeSync(parent)
}

function removeUnfinished({ path }: DataFolder): void {
  for (const name of readdirSync(path)) {
    if (!name.startsWith(UNFINISHED)) continue
    const [pid, began] = name.slice(UNFINISHED.length).split('-')
    if (isAlive(Number(pid)) && beginningOf(Number(pid)) === began) continue
    // An initdb whose parent was killed may still be writing there; the next start finds what is left.
    rmSync(join(path, name), { recursive: true, force: true, maxRetries: 2 })
  }
}
