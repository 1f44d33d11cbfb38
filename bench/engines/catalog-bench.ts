import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { QUERY_KINDS } from '../catalog/judged-queries.ts'
import type { BenchResult, Measure } from '../measures.ts'
import { quantile } from '../ranking-measures.ts'
import { installRivals } from '../rivals/install.ts'
import type { VectorKind } from './catalog-vectors.ts'
import {
  type Assignment,
  type Built,
  ENGINES,
  type EngineName,
  type Judged,
  type Said,
  type Updated,
} from './engine-messages.ts'

const CHILD = resolve(import.meta.dirname, 'engine-process.ts')
const SIZES = [5_000, 20_000, 80_000, 200_000]
const SEED = 'larkhaven'
const QUERIES_A_KIND = 40
/** From here on titles alone are encoded, unless told otherwise: 200,000 whole products take a quarter of an hour. */
const TITLES_FROM = 100_000
const MOST_HEAP_MB = 8_192
const MOST_MINUTES = 20

type Outcome = { assignment: Assignment; built?: Built; judged?: Judged; updated?: Updated; limit: string | null }

/**
 * `catalog [SIZE…] [--engines own,miniSearch] [--vectors whole|titles] [--minutes 20]`: the same invented catalog, queries and
 * judgements for every engine, one after the other, each in a process of its own. What runs out of time or memory is named so.
 */
export async function catalogBench(args: string[], _signal: AbortSignal): Promise<BenchResult> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      engines: { type: 'string', default: ENGINES.join(',') },
      vectors: { type: 'string' },
      minutes: { type: 'string', default: String(MOST_MINUTES) },
    },
  })
  const sizes = positionals.length ? positionals.map(Number) : SIZES
  const engines = ENGINES.filter((name) => values.engines.split(',').includes(name))
  const missing = engines.includes('lanceDb') ? installRivals() : null
  const outcomes: Outcome[] = []
  for (const size of sizes)
    for (const engine of engines) {
      const folder = await mkdtemp(join(tmpdir(), 'purser-engine-'))
      const assignment: Assignment = {
        engine,
        size,
        seed: SEED,
        vectors: (values.vectors as VectorKind | undefined) ?? (size >= TITLES_FROM ? 'titles' : 'whole'),
        queriesAKind: QUERIES_A_KIND,
        askedAmong: Math.min(...sizes),
        folder,
      }
      const outcome =
        engine === 'lanceDb' && missing
          ? { assignment, limit: missing }
          : await measured(assignment, Number(values.minutes))
      outcomes.push(outcome)
      // As it goes: the whole takes long.
      process.stderr.write(`${rowOf(outcome).join('  ')}\n`)
      await rm(folder, { recursive: true, force: true })
    }
  const rows = [...outcomes.map(rowOf), ...growth(outcomes, engines)]
  return { name: 'catalog', measures: Object.assign({}, ...outcomes.map(measuresOf)), head: HEAD, rows }
}

const HEAD = [
  'products',
  'engine',
  'vectors',
  'nDCG@10',
  'recall@1',
  'recall@10',
  'p50 ms',
  'p95 ms',
  'build s',
  'settled s',
  '1 % update ms',
  'memory MiB',
  ...QUERY_KINDS,
]

async function measured(assignment: Assignment, minutes: number): Promise<Outcome> {
  const outcome: Outcome = { assignment, limit: null }
  const child = fork(CHILD, [JSON.stringify(assignment)], {
    execArgv: ['--expose-gc', `--max-old-space-size=${MOST_HEAP_MB}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let errors = ''
  child.stderr?.on('data', (part) => {
    errors = `${errors}${part}`.slice(-4_000)
    if (/vectors made/.test(String(part))) process.stderr.write(part)
  })
  let step = 'building'
  child.on('message', (said: Said) => {
    if (said.step === 'built') Object.assign(outcome, { built: said })
    if (said.step === 'judged') Object.assign(outcome, { judged: said })
    if (said.step === 'updated') Object.assign(outcome, { updated: said })
    step = said.step === 'built' ? 'searching' : 'updating'
  })
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, minutes * 60_000)
  const code = await new Promise<number | null>((done) => child.once('close', (exit) => done(exit)))
  clearTimeout(timer)
  if (late) outcome.limit = `${step} took over ${minutes} min`
  else if (/heap out of memory|Allocation failed/.test(errors))
    outcome.limit = `${step} needs over ${MOST_HEAP_MB / 1024} GB of heap`
  else if (code !== 0) outcome.limit = `${step} failed: ${lastLine(errors)}`
  return outcome
}

function lastLine(text: string): string {
  return (/^\w*(?:Error|Fault)\b.*$/m.exec(text)?.[0] ?? text.trim().split('\n').at(-1) ?? '').slice(0, 160)
}

function rowOf({ assignment: { size, engine, vectors }, built, judged, updated, limit }: Outcome): string[] {
  const kind = engine === 'own' || engine === 'lanceDb' ? vectors : 'none'
  const told = [
    judged?.ndcg.toFixed(3),
    judged?.recallAt1.toFixed(3),
    judged?.recallAt10.toFixed(3),
    judged && quantile(judged.times, 0.5).toFixed(2),
    judged && quantile(judged.times, 0.95).toFixed(2),
    built && (built.ms / 1000).toFixed(1),
    built && (built.settledMs / 1000).toFixed(1),
    updated?.ms.toFixed(0),
    built?.memory.toFixed(0),
    ...QUERY_KINDS.map((query) => judged?.byKind[query].toFixed(3)),
  ].map((cell) => cell ?? '–')
  return [
    String(size),
    engine,
    kind,
    ...told,
    ...(limit ? [limit] : []),
    ...(updated && updated.found < 1 ? [`${Math.round(updated.found * 100)} % of changed found`] : []),
  ]
}

/** How each figure grows from one size to the next, as a factor. */
function growth(outcomes: Outcome[], engines: readonly EngineName[]): string[][] {
  const times = (after: number | undefined, before: number | undefined) =>
    after === undefined || before === undefined || before === 0 ? '–' : `×${(after / before).toFixed(1)}`
  return engines.flatMap((engine) => {
    const own = outcomes.filter(({ assignment }) => assignment.engine === engine)
    return own.slice(1).map((after, at) => {
      const before = own[at] as Outcome
      const p = (outcome: Outcome, share: number) => outcome.judged && quantile(outcome.judged.times, share)
      return [
        `${before.assignment.size}→${after.assignment.size}`,
        engine,
        '',
        ...[after.judged?.ndcg, after.judged?.recallAt1, after.judged?.recallAt10].map((value, place) => {
          const earlier = [before.judged?.ndcg, before.judged?.recallAt1, before.judged?.recallAt10][place]
          return value === undefined || earlier === undefined
            ? '–'
            : `${value >= earlier ? '+' : ''}${(value - earlier).toFixed(3)}`
        }),
        times(p(after, 0.5), p(before, 0.5)),
        times(p(after, 0.95), p(before, 0.95)),
        times(after.built?.ms, before.built?.ms),
        times(after.built?.settledMs, before.built?.settledMs),
        times(after.updated?.ms, before.updated?.ms),
        times(after.built?.memory, before.built?.memory),
      ]
    })
  })
}

function measuresOf({ assignment: { size, engine }, built, judged, updated }: Outcome): Record<string, Measure> {
  const key = `${size}.${engine}`
  const measures: Record<string, Measure> = {}
  if (judged) {
    const n = judged.times.length
    measures[`${key}.ndcg@10`] = { value: judged.ndcg, unit: 'share', n }
    measures[`${key}.recall@1`] = { value: judged.recallAt1, unit: 'share', n }
    measures[`${key}.recall@10`] = { value: judged.recallAt10, unit: 'share', n }
    measures[`${key}.p50`] = { value: quantile(judged.times, 0.5), unit: 'ms', n }
    measures[`${key}.p95`] = { value: quantile(judged.times, 0.95), unit: 'ms', n }
    for (const kind of QUERY_KINDS)
      measures[`${key}.${kind}.ndcg@10`] = { value: judged.byKind[kind], unit: 'share', n: QUERIES_A_KIND }
  }
  if (built) {
    measures[`${key}.build`] = { value: built.ms, unit: 'ms', n: size }
    measures[`${key}.settled`] = { value: built.settledMs, unit: 'ms', n: size }
    measures[`${key}.memory`] = { value: built.memory, unit: 'MiB', n: 1 }
  }
  if (updated) measures[`${key}.update`] = { value: updated.ms, unit: 'ms', n: updated.changed }
  return measures
}
