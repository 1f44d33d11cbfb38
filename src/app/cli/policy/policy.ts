import { readFile } from 'node:fs/promises'
import type { Replay } from '#approvals/policy.port.ts'
import { Fault } from '#domain/fault.ts'
import { decimalText, type Money } from '#domain/money.ts'
import { systemClock } from '#telemetry/clock.ts'
import { readArguments, usageFault } from '../arguments.ts'
import { type Client, connect } from '../client.ts'
import { print } from '../terminal.ts'
import { policyText, readPolicyText } from './policy-text.ts'

const USAGE = 'npm run policy -- show | check FILE | replay FILE [--days 30] | put FILE [--note TEXT]  [--json]'
const DAYS = 30

/**
 * `npm run policy`: prints the policy as YAML, checks a file, shows what it would have decided differently, or puts it in force.
 * Exit code 0. Throws Fault user `app.cli.usage`, `approvals.policy.invalid` with lines, `app.policy.unreadable_file`, and the server's own.
 */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    { json: { type: 'boolean' }, days: { type: 'string' }, note: { type: 'string' } },
    USAGE,
  )
  const [action = 'show', file, ...rest] = positionals
  if (
    !['show', 'check', 'replay', 'put'].includes(action) ||
    rest.length > 0 ||
    (action === 'show') !== (file === undefined)
  )
    throw usageFault(USAGE)
  const days = Number(values.days ?? DAYS)
  if (!Number.isInteger(days) || days < 1) throw usageFault(USAGE)
  const policy = file === undefined ? null : readPolicyText(await textOf(file, signal))
  if (action === 'check') {
    print(values.json ? JSON.stringify({ ok: true }) : 'The policy can be read.')
    return 0
  }
  const client = await connect(systemClock(), signal)
  const call = (method: string, path: string, body?: unknown, headers = {}) =>
    client.call(method, path, { token: client.keys.adminKey, headers, ...(body === undefined ? {} : { body }) })
  try {
    if (action === 'show') show(await call('GET', '/v1/policy'), values.json === true)
    else if (action === 'replay')
      showReplay((await call('POST', '/v1/policy/replay', { policy, days })) as Replay, values.json === true)
    else {
      const query = values.note ? `?note=${encodeURIComponent(values.note)}` : ''
      await call('PUT', `/v1/policy${query}`, policy, { 'if-match': `"${await versionOf(call)}"` })
      print(
        values.json
          ? JSON.stringify({ version: await versionOf(call) })
          : `In force as version ${await versionOf(call)}.`,
      )
    }
    return 0
  } finally {
    await client.close()
  }
}

/** Of a shop that never set a policy: 0. */
async function versionOf(call: (method: string, path: string) => ReturnType<Client['call']>): Promise<number> {
  const { items } = (await call('GET', '/v1/policy/versions')) as { items: { version: number }[] }
  return items[0]?.version ?? 0
}

function show(policy: unknown, json: boolean): void {
  print(json ? JSON.stringify(policy) : policyText(policy))
}

function showReplay(replay: Replay, json: boolean): void {
  if (json) {
    print(JSON.stringify(replay))
    return
  }
  for (const { caseId, type, from, to, money, laterFoundWrong } of replay.changes)
    print(
      `${caseId}  ${type}  ${from.verdict} → ${to.verdict} (${to.rule})  ${moneyOf(money ? [money] : [])}${laterFoundWrong ? '  later found wrong' : ''}`,
    )
  print(
    `${replay.changes.length} of ${replay.proposals} proposals of ${replay.days} days would differ; ` +
      `without a person from now on ${moneyOf(replay.money.released)}, with one ${moneyOf(replay.money.held)}.`,
  )
}

function moneyOf(moneys: Money[]): string {
  return moneys.map((money) => `${decimalText(money)} ${money.currency}`).join(', ') || 'no money'
}

async function textOf(file: string, signal: AbortSignal): Promise<string> {
  return readFile(file, { encoding: 'utf8', signal }).catch((error) => {
    throw new Fault({
      kind: 'user',
      code: 'app.policy.unreadable_file',
      message: `${file} cannot be read.`,
      cause: error,
    })
  })
}
