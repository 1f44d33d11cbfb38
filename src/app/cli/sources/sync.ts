import { Fault } from '#domain/fault.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { systemClock } from '#telemetry/clock.ts'
import { readArguments } from '../arguments.ts'
import { type Client, connect } from '../client.ts'
import { print } from '../terminal.ts'
import { followed, type Source, sourceLine } from './synced-source.ts'

const USAGE = 'npm run sync -- [NAME] [--allow-retire] [--json]'
const POLL_MS = 300

/**
 * `npm run sync`: reads a synced source now and tells what it came to, its import included; without a name it lists them all. Exit
 * code 1 when the source, or of all of them any, is not in step.
 */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const options = { 'allow-retire': { type: 'boolean' }, json: { type: 'boolean' } } as const
  const { values, positionals } = readArguments(args, options, USAGE)
  const clock = systemClock()
  const client = await connect(clock, signal)
  try {
    const [name] = positionals
    const all = await list(client)
    const asked = name === undefined ? all : all.filter((source) => source.name === name || source.id === name)
    if (name !== undefined && asked.length === 0) throw unknown(name, all)
    const told =
      name === undefined
        ? asked
        : await Promise.all(asked.map((one) => sync(client, one, values['allow-retire'] === true, clock, signal)))
    if (values.json) print(JSON.stringify(name === undefined ? told : told[0]))
    else for (const source of told) print(sourceLine(source))
    if (told.length === 0 && !values.json) print('No synced sources. POST /v1/sources adds one.')
    return told.every((source) => followed(source) === 'in_step') ? 0 : 1
  } finally {
    await client.close()
  }
}

async function list(client: Client): Promise<Source[]> {
  return ((await client.call('GET', '/v1/sources', { token: client.keys.ingestKey })) as { items: Source[] }).items
}

async function sync(client: Client, { id }: Source, allowRetire: boolean, clock: Clock, signal: AbortSignal) {
  const token = client.keys.ingestKey
  const path = `/v1/sources/${encodeURIComponent(id)}`
  const due = (await client.call('POST', `${path}/sync?allowRetire=${allowRetire}`, { token })) as Source
  for (;;) {
    const now = (await client.call('GET', path, { token })) as Source
    // A look that was under way already leaves its time as it is: it may have read the file as it was before.
    if (now.nextAt !== due.nextAt && followed(now) !== 'storing') return now
    await clock.sleep(POLL_MS, signal)
  }
}

function unknown(name: string, all: Source[]): Fault {
  const known = all.map((source) => source.name).join(', ') || 'none'
  return new Fault({ kind: 'user', code: 'app.cli.refused', message: `No synced source ${name}. There are: ${known}.` })
}
