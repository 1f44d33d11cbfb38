import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type CatalogOptions, catalogDocuments, catalogRows, changedDocuments } from '../catalog/catalog.ts'
import { judgedQueries } from '../catalog/judged-queries.ts'
import { realListings } from '../catalog/listings.ts'
import { writeDocuments } from '../catalog/write.ts'
import type { BenchResult, Measure } from '../measures.ts'
import { quantile } from '../ranking-measures.ts'
import { type Instance, openInstance } from './instance.ts'
import { questions, searches, type Times } from './traffic.ts'

const SEED = 'larkhaven'
const SOURCE = 'catalog'
const ASKED_AMONG = 5_000
const QUERIES_A_KIND = 40
const SEARCH_CLIENTS = 8
const SEARCHES = 1_600
const QUESTIONS = 200
/** Vectors are looked at this often (ms), and given up when none came for so long. */
const LOOK_MS = 500
const STUCK_MS = 60_000
const MOST_GRAPH_MS = 180_000

/** A target is the most a value may be, or the least. */
type Target = number | { least: number } | null
type Row = [measure: string, value: number, unit: string, target: Target, n: number]

/**
 * `catalog-product [PRODUCTS] [--keep FOLDER] [--no-vectors]`: the whole product on the embedded database, over HTTP, with an
 * invented catalog (80,000 products without a number): import, vectors behind it, questions meanwhile and after, updates, restart,
 * memory. `--no-vectors` leaves after the import.
 */
export async function catalogProductBench(args: string[], signal: AbortSignal): Promise<BenchResult> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { keep: { type: 'string' }, vectors: { type: 'boolean', default: true } },
    allowNegative: true,
  })
  const size = Number(positionals[0] ?? 80_000)
  const options: CatalogOptions = { seed: SEED, size, listings: realListings() }
  const folder = await mkdtemp(join(tmpdir(), 'purser-catalog-'))
  const data = values.keep ?? join(folder, 'data')
  const rows: Row[] = []
  let instance: Instance | null = null
  try {
    const note = (...row: Row) => {
      rows.push(row)
      // As it goes: the whole takes minutes.
      process.stderr.write(`  ${shown(row).join('  ')}  (load ${(loadavg()[0] ?? 0).toFixed(1)})\n`)
    }
    const files = await catalogFiles(folder, options, signal)
    const texts = judgedQueries(() => catalogRows(options), SEED, Math.min(ASKED_AMONG, size), QUERIES_A_KIND).map(
      ({ text }) => text,
    )
    instance = await openInstance(data, {}, signal)
    await importWhole(instance, files, size, note, signal)
    if (values.vectors) {
      const busy = await vectorsBehind(instance, texts, note)
      await graphBehind(instance, texts, note)
      const rest = await quiet(instance, texts, note)
      note('question p95 while vectors are made, to that at rest', busy / rest, 'times', 2, QUESTIONS)
    }
    await update(instance, files, values.vectors, note, signal)
    await memory(instance, note)
    await instance.stop()
    instance = await openInstance(data, {}, signal)
    note('start from existing data', instance.startedMs, 'ms', 5_000, 1)
    const found = await searches(instance.url, instance.keys, texts, SEARCH_CLIENTS, QUESTIONS)
    note('search p95 after the start, 8 clients', quantile(found.times, 0.95), 'ms', null, found.times.length)
    const after = await instance.memory()
    if (after) note('resident memory after the start', after.process, 'MiB', 1_434, 1)
  } finally {
    await instance?.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const measures = Object.fromEntries(
    rows.map(([name, value, unit, , n]): [string, Measure] => [name, { value, unit, n }]),
  )
  return {
    name: 'catalog-product',
    measures,
    head: ['measure', 'value', 'unit', 'target', 'verdict', 'n'],
    rows: rows.map(shown),
  }
}

type Note = (...row: Row) => void
type Files = { whole: string; revised: string; delta: string; changed: number }

async function catalogFiles(folder: string, options: CatalogOptions, signal: AbortSignal): Promise<Files> {
  const [whole, revised, delta] = ['whole', 'revised', 'delta'].map((name) => join(folder, `${name}.ndjson`)) as [
    string,
    string,
    string,
  ]
  await writeDocuments(whole, catalogDocuments(options, 0), signal)
  await writeDocuments(revised, catalogDocuments(options, 1), signal)
  const changed = await writeDocuments(delta, changedDocuments(options), signal)
  return { whole, revised, delta, changed }
}

async function importWhole(
  instance: Instance,
  { whole }: Files,
  size: number,
  note: Note,
  signal: AbortSignal,
): Promise<void> {
  const seen = await instance.load(whole, SOURCE, signal)
  if (seen.created !== size) throw new Error(`${seen.created} of ${size} products were created`)
  note('import accepted', seen.acceptedMs, 'ms', null, size)
  note('import searchable by words', seen.searchableMs / 1000, 's', 60, size)
  note('import rate', size / (seen.searchableMs / 1000), 'rows/s', null, size)
}

/** Questions and searches while vectors are made, and how fast those come. Gives the questions' p95. */
async function vectorsBehind(instance: Instance, texts: string[], note: Note): Promise<number> {
  const began = performance.now()
  const first = await instance.vectors()
  const busy = await askAll(instance, texts, 1)
  told(note, 'while vectors are made', busy, null)
  let last = await instance.vectors()
  let moved = performance.now()
  // The rate is that without questions in between.
  const from = { done: last.done, at: moved }
  const progress = await instance.told()
  if (progress?.remainingSeconds != null)
    note('time left, as the product tells', progress.remainingSeconds, 's', null, progress.total - progress.done)
  while (last.done < last.total && performance.now() - moved < STUCK_MS) {
    await wait(LOOK_MS)
    const now = await instance.vectors()
    if (now.done > last.done) moved = performance.now()
    last = now
  }
  note('vectors made', last.done, 'passages', { least: last.total }, last.total)
  note('vectors behind the import', (moved - began) / 1000, 's', null, last.total - first.done)
  if (moved > from.at && last.done > from.done)
    note('vector rate', (last.done - from.done) / ((moved - from.at) / 1000), '/s', null, last.done - from.done)
  return quantile(busy.asked.times, 0.95)
}

/** Until the graph of neighbours stands, which a small catalog does without. So many searches, too, that code is warm behind them. */
async function graphBehind(instance: Instance, texts: string[], note: Note): Promise<void> {
  const began = performance.now()
  const meanwhile = await searches(instance.url, instance.keys, texts, SEARCH_CLIENTS, SEARCHES)
  note('search p95, 8 clients, right behind', quantile(meanwhile.times, 0.95), 'ms', null, meanwhile.times.length)
  while (!(await instance.vectors()).graph && performance.now() - began < MOST_GRAPH_MS) await wait(LOOK_MS)
  note('graph of neighbours behind the vectors', (performance.now() - began) / 1000, 's', null, 1)
}

/** Gives the p95 of questions. */
async function quiet(instance: Instance, texts: string[], note: Note): Promise<number> {
  const alone = await askAll(instance, texts, 1)
  told(note, 'quiet', alone, null)
  const searched = await searches(instance.url, instance.keys, texts, SEARCH_CLIENTS, SEARCHES)
  note('search p50, 8 clients', quantile(searched.times, 0.5), 'ms', null, searched.times.length)
  note('search p95, 8 clients', quantile(searched.times, 0.95), 'ms', 40, searched.times.length)
  const asked = await questions(instance.url, instance.keys, texts, SEARCH_CLIENTS, QUESTIONS)
  note('question p95, 8 clients', quantile(asked.times, 0.95), 'ms', null, asked.times.length)
  if (searched.failed + asked.failed > 0)
    note('requests that failed', searched.failed + asked.failed, '', 0, SEARCHES + QUESTIONS)
  return quantile(alone.asked.times, 0.95)
}

async function askAll(
  instance: Instance,
  texts: string[],
  clients: number,
): Promise<{ asked: Times; searched: Times }> {
  const asked = await questions(instance.url, instance.keys, texts, clients, QUESTIONS)
  return { asked, searched: await searches(instance.url, instance.keys, texts, clients, QUESTIONS) }
}

function told(
  note: Note,
  when: string,
  { asked, searched }: { asked: Times; searched: Times },
  target: number | null,
): void {
  note(`question p50 ${when}`, quantile(asked.times, 0.5), 'ms', target, asked.times.length)
  note(`question p95 ${when}`, quantile(asked.times, 0.95), 'ms', target, asked.times.length)
  note(`search p95 ${when}`, quantile(searched.times, 0.95), 'ms', target, searched.times.length)
  if (asked.failed + searched.failed > 0)
    note(`requests that failed ${when}`, asked.failed + searched.failed, '', 0, 2 * QUESTIONS)
}

/** The changed rows alone, then the whole file with them in it: unchanged rows may cost no vector. */
async function update(
  instance: Instance,
  { delta, revised, changed }: Files,
  vectors: boolean,
  note: Note,
  signal: AbortSignal,
): Promise<void> {
  const seen = await instance.load(delta, SOURCE, signal)
  if (seen.updated !== changed) throw new Error(`${seen.updated} of ${changed} changed products were updated`)
  note('1 % update searchable by words', seen.searchableMs / 1000, 's', 2, changed)
  const again = await instance.load(revised, SOURCE, signal)
  note('whole file again, nothing changed', again.searchableMs / 1000, 's', null, again.unchanged)
  if (!vectors) return
  const total = async () => (await instance.vectors()).total
  for (let waited = 0; waited < STUCK_MS && (await instance.vectors()).done < (await total()); waited += LOOK_MS)
    await wait(LOOK_MS)
  const made = instance.logged('vectors made').reduce((sum, line) => sum + Number(line.made), 0)
  note('vectors made beyond one for each content', made - (await total()) - changed, '', 0, made)
}

async function memory(instance: Instance, note: Note): Promise<void> {
  const found = await instance.memory()
  if (!found) return
  note('resident memory', found.process, 'MiB', 1_434, 1)
  note('resident memory, highest', found.peak, 'MiB', 1_434, 1)
  if (found.database !== null) note('memory of the database beside it', found.database, 'MiB', null, 1)
}

function shown([name, value, unit, target, n]: Row): string[] {
  const limit = target === null ? '' : typeof target === 'number' ? `≤ ${target}` : `≥ ${target.least}`
  const holds = target === null || (typeof target === 'number' ? value <= target : value >= target.least)
  return [
    name,
    value.toFixed(value < 10 ? 2 : 0),
    unit,
    limit,
    target === null ? '' : holds ? 'holds' : 'short',
    String(n),
  ]
}
