import { readConfig, startedByNpm } from '#config.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { systemClock } from '#telemetry/clock.ts'
import { startPurser } from '../embedded.ts'
import { keyFile } from '../keys.ts'
import { readArguments } from './arguments.ts'
import { complain, print } from './terminal.ts'

const USAGE = 'npm start (settings are environment variables, see docs/configuration.md)'
const CONSOLE_HINT = 'npm run operators -- link ID makes a sign-in link'
/** The group's other processes give up after about ten seconds; by then we want to be gone. */
const STOP_WITHIN_MS = 8_000
const LOOK_FOR_PARENT_MS = 500

/** `npm start`: runs everything until SIGINT or SIGTERM, then stops it in order. Exit code 0. Throws Faults that say what to do. */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  readArguments(args, {}, USAGE)
  const config = readConfig()
  const purser = await startPurser(config, signal)
  print(`shop        ${purser.shopName}`)
  print(`demo        ${purser.url}/demo   (a shop with the widget in it)`)
  print(`API         ${purser.url}/v1   (reference: ${purser.url}/docs)`)
  print(`state       ${purser.url}/readyz`)
  print(`keys        ${keyFile(config.PURSER_DATA)}   (npm run keys -- show)`)
  print(`outbox      ${purser.outboxFolder}`)
  const link = await purser.ownerLink(signal)
  print(
    `console     ${link ?? `${purser.url}/console`}   (${link ? 'signs the owner in, once, within 24 h' : CONSOLE_HINT})`,
  )
  print(`purser ready ${purser.url}`)
  const clock = systemClock()
  const watch = new AbortController()
  const gone = startedByNpm() ? orphaned(clock, watch.signal) : never()
  const fault = await ended(purser.failed, gone, signal)
  watch.abort()
  if (fault) complain(fault.message)
  await purser.close(clock.deadline(STOP_WITHIN_MS, new AbortController().signal))
  return fault ? 1 : 0
}

/** Resolves with null when we are asked to stop or nobody is left to ask, with the Fault when the instance cannot go on. */
function ended(failed: Promise<Error>, gone: Promise<null>, signal: AbortSignal): Promise<Error | null> {
  const asked = new Promise<null>((done) => {
    if (signal.aborted) done(null)
    else signal.addEventListener('abort', () => done(null), { once: true })
  })
  return Promise.race([failed, gone, asked])
}

/** Resolves when the process that started us is gone: a signal to npm alone ends npm and its shell, and does not always reach us. */
async function orphaned(clock: Clock, signal: AbortSignal): Promise<null> {
  const parent = process.ppid
  while (process.ppid === parent)
    if (
      await clock.sleep(LOOK_FOR_PARENT_MS, signal).then(
        () => false,
        () => true,
      )
    )
      return never()
  return null
}

function never(): Promise<never> {
  return new Promise(() => {})
}
