import { readConfig } from '#config.ts'
import { Fault } from '#domain/fault.ts'
import { systemClock } from '#telemetry/clock.ts'
import { keyFile, readKeys } from '../keys.ts'
import { readArguments, usageFault } from './arguments.ts'
import { connect } from './client.ts'
import { print } from './terminal.ts'

const USAGE = 'npm run keys -- show [--json] | create --scope ingest|events|read|admin --name NAME | revoke ID'

/** `npm run keys`: prints the instance's keys, makes a new one (shown once), or revokes one. Exit code 0. Throws Faults with what to do. */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    { json: { type: 'boolean' }, scope: { type: 'string' }, name: { type: 'string' } },
    USAGE,
  )
  const [action = 'show', id] = positionals
  if (action === 'show') return show(values.json === true, signal)
  if (action === 'create' && values.scope)
    return create(values.scope, values.name ?? values.scope, values.json === true, signal)
  if (action === 'revoke' && id) return revoke(id, signal)
  throw usageFault(USAGE)
}

async function show(json: boolean, signal: AbortSignal): Promise<number> {
  const { PURSER_DATA } = readConfig()
  const keys = await readKeys(PURSER_DATA, signal)
  if (!keys)
    throw new Fault({
      kind: 'operator',
      code: 'app.keys.missing',
      message: `There are no keys in ${PURSER_DATA} yet. Run npm start once; it makes them.`,
    })
  if (json) print(JSON.stringify(keys))
  else {
    for (const [name, value] of Object.entries(keys)) print(`${name.padEnd(16)}${value}`)
    print(`\nkept in ${keyFile(PURSER_DATA)}`)
  }
  return 0
}

async function create(scope: string, name: string, json: boolean, signal: AbortSignal): Promise<number> {
  const client = await connect(systemClock(), signal)
  try {
    const made = (await client.call('POST', '/v1/keys', { token: client.keys.adminKey, body: { scope, name } })) as {
      id: string
      secret: string
    }
    if (json) print(JSON.stringify(made))
    else
      print(`${made.secret}\n\nid ${made.id}, scope ${scope}. It is shown this once and stored as a hash: keep it now.`)
    return 0
  } finally {
    await client.close()
  }
}

async function revoke(id: string, signal: AbortSignal): Promise<number> {
  const client = await connect(systemClock(), signal)
  try {
    await client.call('DELETE', `/v1/keys/${encodeURIComponent(id)}`, { token: client.keys.adminKey })
    print(`Revoked ${id}.`)
    return 0
  } finally {
    await client.close()
  }
}
