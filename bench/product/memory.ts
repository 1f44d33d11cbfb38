import { readdirSync, readFileSync } from 'node:fs'

/** Resident memory (MiB): of the process alone and its highest ever, and of everything below `database` (shared pages counted once). */
export type Memory = { process: number; peak: number; database: number | null }

/** Read from /proc; null where there is none. */
export function memoryOf(pid: number, database: number | null): Memory | null {
  const status = read(`/proc/${pid}/status`)
  if (status === null) return null
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return {
    process: kilobytes('VmRSS') / 1024,
    peak: kilobytes('VmHWM') / 1024,
    database: database === null ? null : treeOf(database),
  }
}

function treeOf(root: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : null
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  let sum = 0
  for (const pid of parents.keys()) if (pid === root || parents.get(pid) === root) sum += proportional(pid)
  return sum / 1024
}

function proportional(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0)
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
