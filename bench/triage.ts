import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { policyFromLimits } from '#approvals/policy/default-policy.ts'
import { type ScenarioWorld, scenarioWorld } from '#commerce/sandbox/worlds/scenario-world.ts'
import { type Actor, PURSER } from '#domain/approvals/proposal.ts'
import { EXCEPTION_TYPES } from '#domain/exceptions/exception-type.ts'
import { readJson } from '#domain/foreign-json.ts'
import { orderId, type ShopId, shopId } from '#domain/ids.ts'
import { agentAlone } from '../evals/exceptions/agent-alone.ts'
import { Scenario } from '../evals/exceptions/scenario.ts'
import type { BenchResult, Measure } from './measures.ts'
import { quantile } from './ranking-measures.ts'

const SCENARIOS = resolve(import.meta.dirname, '../evals/datasets/exceptions/scenarios.jsonl')
const BENCH: Actor = { id: 'opr_bench', name: 'Bench', role: 'admin' }
const OPEN_CASES = 10_000
const LISTINGS = 60
/** As the queue's worker does it. */
const AT_ONCE = 2

type Alone = Awaited<ReturnType<typeof agentAlone>>

/** `triage`: one case from report to proposal at zero latency, cases a minute, and the list of 10,000 open cases. */
export async function triageBench([count = '120']: string[], signal: AbortSignal): Promise<BenchResult> {
  const alone = await agentAlone(signal)
  try {
    const lines = (await readFile(SCENARIOS, 'utf8')).split('\n').filter(Boolean)
    const scenarios = lines.map((line) => Scenario.parse(readJson(line)))
    const opened = await openAll(alone, repeated(scenarios, Number(count) * 2), signal)
    const [singly, together] = [opened.slice(0, Number(count)), opened.slice(Number(count))]
    const times: number[] = []
    for (const { shop, caseId } of singly)
      times.push(await timed(() => alone.agent.triage(shop, caseId, 'opened', signal)))
    const began = performance.now()
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = together.shift(); next; next = together.shift())
          await alone.agent.triage(next.shop, next.caseId, 'opened', signal)
      }),
    )
    const perMinute = (Number(count) / (performance.now() - began)) * 60_000
    const shop = await manyCases(alone, signal)
    const page = {
      status: 'open',
      type: null,
      incident: null,
      q: null,
      sort: 'priority',
      cursor: null,
      limit: 50,
    } as const
    const lists = { list: page, listByType: { ...page, type: EXCEPTION_TYPES[3] }, search: { ...page, q: 'ORD-77' } }
    const measures: Record<string, Measure> = {
      caseP50: { value: quantile(times, 0.5), unit: 'ms', n: times.length },
      caseP95: { value: quantile(times, 0.95), unit: 'ms', n: times.length },
      casesPerMinute: { value: perMinute, unit: '1/min', n: Number(count) },
    }
    for (const [name, asked] of Object.entries(lists)) {
      const taken: number[] = []
      for (let round = 0; round < LISTINGS; round += 1)
        taken.push(await timed(() => alone.cases.list(shop, asked, signal)))
      measures[`${name}P50`] = { value: quantile(taken, 0.5), unit: 'ms', n: taken.length }
      measures[`${name}P95`] = { value: quantile(taken, 0.95), unit: 'ms', n: taken.length }
    }
    const rows = Object.entries(measures).map(([name, { value, unit, n }]) => [name, value.toFixed(1), unit, String(n)])
    return { name: 'triage', measures, head: ['measure', 'value', 'unit', 'n'], rows }
  } finally {
    await alone.close()
  }
}

async function openAll(alone: Alone, scenarios: Scenario[], signal: AbortSignal) {
  const opened = []
  for (const [number, { world, exception }] of scenarios.entries()) {
    const shop = shopId(`bench-${number}`)
    await alone.shops.put(
      { id: shop, name: shop, defaultLocale: 'en', currency: world.order.currency, settings: {} },
      signal,
    )
    await alone.worlds.load(shop, scenarioWorld(world as unknown as ScenarioWorld), signal)
    const policy = policyFromLimits(world.policy)
    await alone.policies.put(shop, { policy, ifMatch: null, by: BENCH, note: null }, signal)
    const { type, source, detail, data } = exception
    const report = { order: orderId(world.order.id), type, source, detail, data }
    opened.push({ shop, caseId: (await alone.cases.open(shop, report, PURSER, signal)).caseId })
  }
  return opened
}

async function manyCases(alone: Alone, signal: AbortSignal): Promise<ShopId> {
  const shop = shopId('bench-many')
  await alone.shops.put({ id: shop, name: shop, defaultLocale: 'en', currency: 'EUR', settings: {} }, signal)
  for (let number = 0; number < OPEN_CASES; number += 1) {
    const type = EXCEPTION_TYPES[number % EXCEPTION_TYPES.length] ?? 'carrier_delay'
    const report = { order: orderId(`ORD-${number}`), type, source: 'bench', detail: 'Something is wrong' }
    await alone.cases.open(shop, report, PURSER, signal)
  }
  return shop
}

function repeated<Item>(items: Item[], count: number): Item[] {
  return Array.from({ length: count }, (_, place) => items[place % items.length] as Item)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
