import { enableCompileCache } from 'node:module'
import { asFault } from '#domain/fault.ts'

/** What `npm run NAME` and `npm start` run; each file is loaded only when asked for, so that small commands stay quick. */
const COMMANDS: Record<string, () => Promise<{ run(args: string[], signal: AbortSignal): Promise<number> }>> = {
  start: () => import('#app/cli/start.ts'),
  ask: () => import('#app/cli/ask.ts'),
  import: () => import('#app/cli/import-documents.ts'),
  sync: () => import('#app/cli/sources/sync.ts'),
  keys: () => import('#app/cli/keys.ts'),
  operators: () => import('#app/cli/operators.ts'),
  doctor: () => import('#app/cli/doctor.ts'),
  policy: () => import('#app/cli/policy/policy.ts'),
  rejections: () => import('#app/cli/rejections/rejections.ts'),
  'audit:verify': () => import('#app/cli/audit.ts'),
}

enableCompileCache()
const stop = new AbortController()
// A terminal signals the whole group and npm passes it on as well, so the same wish arrives twice: only the first counts.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort(name))

// `npm run ask … | head`: a reader who has seen enough is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const [name = 'start', ...args] = process.argv.slice(2)
process.exitCode = await main(name, args)

async function main(command: string, rest: string[]): Promise<number> {
  const load = COMMANDS[command]
  if (!load) {
    console.error(`Unknown command ${command}. There are: ${Object.keys(COMMANDS).join(', ')}.`)
    return 2
  }
  try {
    return await (await load()).run(rest, stop.signal)
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) return 130
    const fault = asFault(error)
    if (fault.code === 'app.cli.usage' && rest.includes('--help')) {
      console.log(fault.message)
      return 0
    }
    console.error(fault.kind === 'fatal' ? (fault.cause ?? fault) : `${fault.message} (${fault.code})`)
    return 1
  }
}
