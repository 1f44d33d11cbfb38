import { execFile } from 'node:child_process'
import { chownSync, lchownSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Fault } from '#domain/fault.ts'
import type { Binaries } from './binaries.ts'

/** Under whom PostgreSQL runs, since it refuses to be root: what to put before a command, and whom to become. */
export type Account = {
  prefix: string[]
  uid?: number
  gid?: number
}

/** `nobody` on every Linux; also what a user namespace shows for users it does not know. */
const NOBODY = 65534
/** Settings of the host must not reach PostgreSQL: PGPORT, PGDATA, LD_LIBRARY_PATH, TZ and the like. */
export const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * Chooses the account for `cluster`, which need not exist yet:
 * not root, ourselves; root and the cluster is another user's, that user (so that it stays theirs);
 * root otherwise, a user namespace in which root's files belong to `nobody`; where that is not allowed, `nobody` itself,
 * who is then given the cluster. Throws Fault operator `db.embedded.unreachable` when nobody may not enter a folder above.
 */
export async function chooseAccount(cluster: string, binaries: Binaries, signal: AbortSignal): Promise<Account> {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const existing = statSync(cluster, { throwIfNoEntry: false })
  if (existing && existing.uid !== 0) return { prefix: [], uid: existing.uid, gid: existing.gid }
  const namespace = { prefix: ['unshare', '-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`] }
  if (await canRun(namespace, binaries, signal)) return namespace
  return asNobody(cluster, binaries)
}

/** The second way of root, by itself for the tests. Throws as above. */
export function asNobody(cluster: string, binaries: Binaries): Account {
  const account = { prefix: [], uid: NOBODY, gid: NOBODY }
  for (const folder of [dirname(cluster), binaries.folder]) mustBeOpen(folder)
  if (statSync(cluster, { throwIfNoEntry: false })) giveTo(account, cluster)
  return account
}

/** The command and its options for `spawn`. */
export function commandAs(account: Account, binary: string, args: string[]) {
  const [command = binary, ...rest] = [...account.prefix, binary, ...args]
  return { command, args: rest, options: { uid: account.uid, gid: account.gid, env: ENVIRONMENT } }
}

/** Makes `path` and all in it the account's, when it is a real other user. */
export function giveTo({ uid, gid }: Account, path: string): void {
  if (uid === undefined || gid === undefined) return
  if (lstatSync(path).isDirectory())
    for (const name of readdirSync(path)) giveTo({ prefix: [], uid, gid }, join(path, name))
  if (lstatSync(path).isSymbolicLink()) lchownSync(path, uid, gid)
  else chownSync(path, uid, gid)
}

async function canRun(account: Account, binaries: Binaries, signal: AbortSignal): Promise<boolean> {
  const { command, args, options } = commandAs(account, binaries.postgres, ['--version'])
  try {
    await promisify(execFile)(command, args, { ...options, signal })
    return true
  } catch {
    signal.throwIfAborted()
    return false
  }
}

/** Others need the x bit on every folder up to the root, or the binary says no more than "Permission denied". */
function mustBeOpen(folder: string): void {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) throw closed(at)
    if (at === dirname(at)) return
  }
}

function closed(folder: string): Fault {
  return new Fault({
    kind: 'operator',
    code: 'db.embedded.unreachable',
    message:
      `PostgreSQL does not run as root, and the user nobody may not enter ${folder}. ` +
      `Start Purser as an ordinary user, or open that folder with: chmod o+x '${folder}'`,
  })
}
