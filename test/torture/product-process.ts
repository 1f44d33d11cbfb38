import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const ROOT = resolve(import.meta.dirname, '../..')
const READY = /purser ready (http:\/\/\S+)/
const READY_WITHIN_MS = 120_000

/** A real instance of the product in a process of its own, as `npm start` runs it. */
export type ProductProcess = {
  url: string
  pid: number
  alive(): boolean
  kill(signal: NodeJS.Signals): Promise<void>
  log(): string
}

/**
 * Starts the product on `dataFolder` and any free port, `laterMs` from now as its clock tells; resolves once it says it is
 * ready. Throws with the end of its output when it does not.
 */
export async function startProduct(
  dataFolder: string,
  environment: Record<string, string> = {},
  laterMs = 0,
): Promise<ProductProcess> {
  const later =
    laterMs > 0 ? ['--import', `${pathToFileURL(join(import.meta.dirname, 'later-clock.ts'))}?ms=${laterMs}`] : []
  const child = spawn(process.execPath, ['--max-semi-space-size=16', ...later, join(ROOT, 'src/main.ts'), 'start'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      PURSER_DATA: dataFolder,
      PURSER_RATE_LIMITS: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const url = await new Promise<string>((found, failed) => {
    const read = (part: Buffer) => {
      log += part
      const match = READY.exec(log)
      if (match?.[1]) found(match[1])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => failed(new Error(`the product ended with ${code}: ${log.slice(-800)}`)))
    setTimeout(
      () => failed(new Error(`not ready within ${READY_WITHIN_MS} ms: ${log.slice(-800)}`)),
      READY_WITHIN_MS,
    ).unref()
  })
  return {
    url,
    pid: child.pid ?? 0,
    alive: () => isAlive(child),
    log: () => log,
    async kill(signal) {
      if (isAlive(child)) child.kill(signal)
      await exited
    },
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** The process id of the database server of `dataFolder`; null when there is none. */
export async function postmasterOf(dataFolder: string): Promise<number | null> {
  const text = await readFile(join(dataFolder, 'pg', 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  return Number.isInteger(pid) && pid > 0 ? pid : null
}

/** Asks until `good` says so, at most `withinMs`; false when time ran out. */
export async function until(good: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  while (performance.now() < end) {
    if (await good().catch(() => false)) return true
    await wait(50)
  }
  return false
}
