import { readdirSync, readFileSync, statSync } from 'node:fs'

/** Whether a process lives. A zombie counts as gone: it holds nothing, though `kill(pid, 0)` still finds it. Never throws. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return statOf(pid)?.state !== 'Z'
}

/** When a process began, in a form good only for comparing; tells two processes with one number apart. '' where there is no /proc. */
export function beginningOf(pid: number): string {
  return statOf(pid)?.began ?? ''
}

/** Whether `pid` is a PostgreSQL process working in `folder`. Without /proc: whether it lives at all. Never throws. */
export function isPostgresIn(folder: string, pid: number): boolean {
  if (!HAS_PROC) return isAlive(pid)
  const stat = statOf(pid)
  if (stat?.name !== 'postgres' || stat.state === 'Z') return false
  return isSameFolder(`/proc/${pid}/cwd`, folder) ?? commandLineOf(pid).includes(folder)
}

/** The living PostgreSQL processes of `folder`, as far as they can be seen: the postmaster and every child change into it. Never throws. */
export function postgresProcessesIn(folder: string): number[] {
  if (!HAS_PROC) return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isPostgresIn(folder, pid))
}

/** Sends a signal; a process that is already gone is a normal day. */
export function sendSignal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone between looking and sending.
  }
}

const HAS_PROC = process.platform === 'linux'

/** /proc/PID/stat, proc_pid_stat(5): the name stands in brackets and may hold anything; state is field 3, start time field 22. */
function statOf(pid: number): { name: string; state: string; began: string } | undefined {
  if (!HAS_PROC) return undefined
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    const rest = text.slice(end + 2).split(' ')
    return { name: text.slice(text.indexOf('(') + 1, end), state: rest[0] ?? '', began: rest[19] ?? '' }
  } catch {
    return undefined
  }
}

/** undefined when `link` may not be followed: root in a container often lacks the right for processes of other users. */
function isSameFolder(link: string, folder: string): boolean | undefined {
  try {
    const [working, wanted] = [statSync(link), statSync(folder)]
    return working.dev === wanted.dev && working.ino === wanted.ino
  } catch (error) {
    return /EACCES|EPERM/.test((error as NodeJS.ErrnoException).code ?? '') ? undefined : false
  }
}

/** Readable by everyone. A postmaster keeps what it was started with; its children overwrite theirs and are not recognised. */
function commandLineOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}
