import { type Config, readConfig } from '#config.ts'
import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type InstanceKeys, readKeys } from '../keys.ts'
import { runningInstance } from '../running-instance.ts'

/** A running or temporary instance, as commands talk to it: over HTTP, like anyone else. */
export type Client = {
  url: string
  keys: InstanceKeys
  config: Config
  /** Whether the instance was started for this command and ends with it. */
  temporary: boolean
  /** JSON in, JSON out. Throws Fault user `app.cli.refused` with the server's own words on any status of 400 or more. */
  call(
    method: string,
    path: string,
    options: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<unknown>
  close(): Promise<void>
}

/** Finds the instance that serves this data folder, else starts one for the length of the command. Throws what starting throws. */
export async function connect(clock: Clock, signal: AbortSignal): Promise<Client> {
  const config = readConfig()
  const running = await runningInstance(config.PURSER_DATA, clock, signal)
  const temporary = running ? null : await startTemporary({ ...config, PORT: 0 }, signal)
  const url = running ?? temporary?.url ?? ''
  const keys = await readKeys(config.PURSER_DATA, signal)
  if (!keys)
    throw new Fault({
      kind: 'operator',
      code: 'app.keys.missing',
      message: 'This data folder has no keys yet. Run npm start once.',
    })
  return {
    url,
    keys,
    config,
    temporary: temporary !== null,
    call: (method, path, options) => call(url, method, path, options, signal),
    close: async () => temporary?.close(new AbortController().signal),
  }
}

async function startTemporary(config: Config, signal: AbortSignal) {
  const { startPurser } = await import('../embedded.ts')
  return startPurser(config, signal)
}

async function call(
  url: string,
  method: string,
  path: string,
  { token, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> },
  signal: AbortSignal,
): Promise<unknown> {
  const response = await fetch(url + path, {
    method,
    signal,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (response.status < 400) return tryReadJson(text)
  throw refusal(response.status, text)
}

/** The server's refusal in its own words, with the places that are wrong; Fault user, with the server's code or `app.cli.refused`. */
export function refusal(status: number, text: string): Fault {
  const problem = tryReadJson(text) as
    | { detail?: string; code?: string; errors?: { path: string; message: string }[] }
    | undefined
  const places = (problem?.errors ?? []).map(({ path, message }) => `\n  ${path ? `${path}: ` : ''}${message}`)
  return new Fault({
    kind: 'user',
    code: problem?.code ?? 'app.cli.refused',
    message: (problem?.detail ?? `The server answered ${status}.`) + places.join(''),
  })
}
