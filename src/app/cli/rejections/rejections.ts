import { readFile, writeFile } from 'node:fs/promises'
import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'
import { systemClock } from '#telemetry/clock.ts'
import { readArguments, usageFault } from '../arguments.ts'
import { type Client, connect } from '../client.ts'
import { print } from '../terminal.ts'
import { type CaseAnswer, doneInstead, type TimelineAnswer } from './done-instead.ts'
import { type Rejection, scenariosOf } from './scenarios-of.ts'

const USAGE = 'npm run rejections -- --out FILE [--days 365] [--from FILE]'
const DAYS = 365
const MOST = 500

/**
 * `npm run rejections`: what people refused, as evaluation scenarios without anybody in them, a line each. The same refusals give the
 * same bytes. `--from` reads a saved answer of `GET /v1/rejections` instead of asking the running shop; what was done instead is then
 * not known, unless the file says so (`instead`). Exit code 0. Throws Fault user `app.cli.usage`, `app.rejections.unreadable_file`, and the server's own.
 */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const options = { out: { type: 'string' }, days: { type: 'string' }, from: { type: 'string' } } as const
  const { values, positionals } = readArguments(args, options, USAGE)
  const days = Number(values.days ?? DAYS)
  if (!values.out || positionals.length > 0 || !Number.isInteger(days) || days < 1 || days > DAYS)
    throw usageFault(USAGE)
  const rejections = values.from ? await saved(values.from, signal) : await asked(days, signal)
  const { scenarios, leftOut } = scenariosOf(rejections)
  await writeFile(values.out, scenarios.map((scenario) => `${JSON.stringify(scenario)}\n`).join(''), { signal })
  print(
    `${scenarios.length} scenarios of ${rejections.length} refusals in ${values.out}; left out: ` +
      `${leftOut.repeated} of a world that is there already, ${leftOut.facts_outdated} for outdated facts, ` +
      `${leftOut.not_remembered} whose facts were not kept.`,
  )
  return 0
}

async function saved(file: string, signal: AbortSignal): Promise<Rejection[]> {
  const answer = tryReadJson(await readFile(file, { encoding: 'utf8', signal }).catch(() => '')) as Answer | undefined
  if (Array.isArray(answer?.items)) return answer.items
  throw new Fault({
    kind: 'user',
    code: 'app.rejections.unreadable_file',
    message: `${file} is no answer of GET /v1/rejections.`,
  })
}

type Answer = { items: (Rejection & { caseId: string })[] }

async function asked(days: number, signal: AbortSignal): Promise<Rejection[]> {
  const client = await connect(systemClock(), signal)
  try {
    const { items } = (await get(client, `/v1/rejections?days=${days}&limit=${MOST}`)) as Answer
    const rejections: Rejection[] = []
    for (const item of items) rejections.push({ ...item, instead: await doneAbout(client, item, items) })
    return rejections
  } finally {
    await client.close()
  }
}

/** Each refusal has what was done until the next one of its case. */
async function doneAbout(
  client: Client,
  { caseId, at }: { caseId: string; at: string },
  all: Answer['items'],
): Promise<NonNullable<Rejection['instead']>> {
  const found = (await get(client, `/v1/cases/${caseId}`)) as CaseAnswer
  const timeline = (await get(client, `/v1/cases/${caseId}/timeline`)) as TimelineAnswer
  const later = all.filter((one) => one.caseId === caseId && Date.parse(one.at) > Date.parse(at))
  const [next] = later.map((one) => one.at).sort()
  return doneInstead(found, timeline, { after: at, before: next ?? null })
}

const get = (client: Client, path: string) => client.call('GET', path, { token: client.keys.adminKey })
