import { systemClock } from '#telemetry/clock.ts'
import { readConfig } from '#config.ts'
import { startPurser } from '../embedded.ts'
import { keyFile } from '../keys.ts'
import { readArguments } from './arguments.ts'
import { complain, print } from './terminal.ts'

const USAGE = 'npm start (settings are environment variables, see docs/configuration.md)'
/** The group's other processes give up after about ten seconds; by then we want to be gone. */
const STOP_WITHIN_MS = 8_000

/** `npm start`: runs everything until SIGINT or SIGTERM, then stops it in order. Exit code 0. Throws Faults that say what to do. */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  readArguments(args, {}, USAGE)
  const config = readConfig()
  const purser = await startPurser(config, signal)
  print(`shop        ${purser.shopName}`)
  print(`API         ${purser.url}/v1   (reference: ${purser.url}/docs)`)
  print(`state       ${purser.url}/readyz`)
  print(`keys        ${keyFile(config.PURSER_DATA)}   (npm run keys -- show)`)
  print(`outbox      ${purser.outboxFolder}`)
  print(`purser ready ${purser.url}`)
  const fault = await ended(purser.failed, signal)
  if (fault) complain(fault.message)
  await purser.close(systemClock().deadline(STOP_WITHIN_MS, new AbortController().signal))
  return fault ? 1 : 0
}

/** Resolves with null when we are asked to stop, with the Fault when the instance cannot go on. */
function ended(failed: Promise<Error>, signal: AbortSignal): Promise<Error | null> {
  const asked = new Promise<null>((done) => {
    if (signal.aborted) done(null)
    else signal.addEventListener('abort', () => done(null), { once: true })
  })
  return Promise.race([failed, asked])
}
