import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { tryReadJson } from '#domain/foreign-json.ts'
import { seeded } from './report/metrics.ts'
import { markdown, type Summary, writeReport } from './report/write-report.ts'
import { type Suite, UnusableInput } from './suite.ts'

const SUITES: Record<string, () => Promise<Suite>> = {
  answers: async () => (await import('./answers/suite.ts')).answersSuite(),
  retrieval: async () => (await import('./retrieval/suite.ts')).retrievalSuite(),
  freshness: async () => (await import('./freshness/suite.ts')).freshnessSuite(),
  carriers: async () => (await import('./carriers/carriers-suite.ts')).carriersSuite(),
  exceptions: async () => (await import('./exceptions/suite.ts')).exceptionsSuite(),
  tracking: async () => (await import('./carriers/tracking-suite.ts')).trackingSuite(),
  guards: async () => (await import('./guards/suite.ts')).guardsSuite(),
  'world-tasks': async () => (await import('./world-tasks/suite.ts')).worldTasksSuite(),
}

const OPTIONS = {
  dataset: { type: 'string' },
  documents: { type: 'string' },
  world: { type: 'string' },
  out: { type: 'string' },
  limit: { type: 'string' },
  seed: { type: 'string', default: '1' },
  target: { type: 'string' },
  repeat: { type: 'string', default: '1' },
  profile: { type: 'string', default: 'embedded' },
} as const

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UnusableInput)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function main(argv: string[]): Promise<number> {
  const { name, values } = readArguments(argv)
  const open = SUITES[name]
  if (!open)
    throw new UnusableInput(`usage: npm run eval -- SUITE [options]; suites: ${Object.keys(SUITES).join(', ')}`)
  const suite = await open()
  const file = values.dataset ? resolve(values.dataset) : suite.dataset
  const text = await read(file)
  const seed = whole(values.seed, 'seed')
  const rows = sampled(parsed(text, file), values.limit ? whole(values.limit, 'limit') : null, seed)
  const documents = values.documents ? resolve(values.documents) : values.dataset ? null : suite.documents
  const target = values.target ? Number(values.target) : null
  if (target !== null && !(target > 0 && target < 1)) throw new UnusableInput('--target is a share between 0 and 1')
  const repeat = Math.max(1, whole(values.repeat, 'repeat'))
  const startedAt = new Date().toISOString()
  const started = performance.now()
  const { pipelineVersion, notes, metrics, gates, cases } = await suite.run(
    { rows, documents, seed, target, own: !values.dataset, world: values.world ?? null, repeat },
    new AbortController().signal,
  )
  const dataset = { name: basename(file), sha256: createHash('sha256').update(text).digest('hex'), cases: rows.length }
  const summary: Summary = {
    suite: name,
    dataset,
    pipelineVersion,
    notes: notes ?? [],
    startedAt,
    seconds: (performance.now() - started) / 1_000,
    metrics,
    gates,
  }
  if (values.out) await writeReport(resolve(values.out), summary, cases)
  console.log(markdown(summary, cases))
  return gates.every(({ pass }) => pass) ? 0 : 1
}

function readArguments(argv: string[]) {
  try {
    const { values, positionals } = parseArgs({ args: argv, options: OPTIONS, allowPositionals: true })
    return { name: positionals[0] ?? '', values }
  } catch (error) {
    throw new UnusableInput(error instanceof Error ? error.message : String(error))
  }
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new UnusableInput(`cannot read ${file}`)
  })
}

function parsed(text: string, file: string) {
  return text.split('\n').flatMap((line, index) => {
    if (!line.trim()) return []
    const value = tryReadJson(line)
    if (value === undefined) throw new UnusableInput(`${file}:${index + 1}: not JSON`)
    return [{ line: index + 1, value }]
  })
}

function sampled<T>(rows: T[], limit: number | null, seed: number): T[] {
  if (limit === null || limit >= rows.length) return rows
  const next = seeded(seed)
  return rows
    .map((row) => ({ row, key: next() }))
    .sort((left, right) => left.key - right.key)
    .slice(0, limit)
    .map(({ row }) => row)
}

function whole(text: string, name: string): number {
  if (!/^\d+$/.test(text)) throw new UnusableInput(`--${name} is a whole number`)
  return Number(text)
}
