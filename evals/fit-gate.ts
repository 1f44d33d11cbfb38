// Fits the gate on the demo shop's calibration half and writes src/rag/gate/weights.ts: `node evals/fit-gate.ts [--dry] [--wrong]`;
// `--dry` writes nothing, `--wrong` lists what was confidently wrong out of fold.
// Nothing else is ever looked at here, least of all a test half. Same data, same code, same weights.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readJson } from '#domain/foreign-json.ts'
import { clopperPearson } from '#domain/statistics/clopper-pearson.ts'
import type { Certified, Signals, Stratum } from '#rag/gate/gate.port.ts'
import { SIGNALS } from '#rag/gate/signals.ts'
import { readCases } from './answers/answer-case.ts'
import { fitLogistic, type Model, type Sample } from './calibrate/logistic.ts'
import { type Observed, observe, readQuestion, type View } from './calibrate/observe.ts'
import { type Rated, rate, thresholdFor } from './calibrate/threshold.ts'
import { twinsOf } from './calibrate/twins.ts'
import { weightsFile } from './calibrate/weights-file.ts'
import { seeded } from './report/metrics.ts'
import { shopInMemory } from './shop-in-memory.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const SEED = 20_261
const FOLDS = 5
const TARGETS = [0.01, 0.02, 0.03, 0.05, 0.1]
const SHIPPED = 0.03
const VIEWS: View[] = ['whole', 'prose']
/** Rounds in which the model is fitted to what it itself would choose. */
const ROUNDS = 4

const { signal } = new AbortController()
const text = await readFile(at('datasets/demo-shop/calibration.jsonl'), 'utf8')
const rows = text
  .split('\n')
  .flatMap((line, index) => (line.trim() ? [{ line: index + 1, value: readJson(line) }] : []))
const cases = readCases(rows)
const observed = await observeAll()
const outOfFold = observed.map((one) => ({ one, fold: foldOf(one.topic) }))
const rated = Array.from({ length: FOLDS }, (_, fold) => {
  const model = fitModel(outOfFold.filter((row) => row.fold !== fold).map(({ one }) => one))
  return outOfFold.filter((row) => row.fold === fold).map(({ one }) => rate(one, model))
}).flat()
const model = fitModel(observed)
const operating = TARGETS.map((target) => ({ target, strata: strataFor(target) }))
for (const { target, strata } of operating) console.log(report(target, strata))
console.log(model)
const dataHash = createHash('sha256').update(text).digest('hex')
if (!process.argv.includes('--dry'))
  await writeFile(
    at('../src/rag/gate/weights.ts'),
    weightsFile({ model, operating, target: SHIPPED, dataHash, cases: cases.length, observed: observed.length }),
  )

/**
 * Each kind of evidence holds its target by itself, in expectation; over everything the exact bound holds as well: until it does,
 * the others are lowered.
 */
function strataFor(target: number): Record<Stratum, Certified> {
  const of = (stratum: Stratum) => rated.filter((one) => one.stratum === stratum && one.view === 'whole')
  // Free text is asked of as if there were nothing else, and only where it accounts for the whole question: nothing dilutes its rate.
  // The same sentence put up for a case and its twin counts once.
  const prose = [
    ...new Map(
      rated.flatMap((one) => (one.view === 'prose' && one.stratum === 'free_text' ? [[one.note, one] as const] : [])),
    ).values(),
  ]
  const free_text = thresholdFor(prose, target, 'expected')
  for (let rate = target; ; rate *= 0.95) {
    const strata = {
      listing: thresholdFor(of('listing'), rate, 'expected'),
      stored_answer: thresholdFor(of('stored_answer'), rate, 'expected'),
      free_text,
    }
    const whole = rated.filter(({ view }) => view === 'whole')
    const wrong = whole.filter((one) => passes(one, strata) && !one.right).length
    if (clopperPearson(wrong, whole.length).high <= target || rate < target / 100) return strata
  }
}

if (process.argv.includes('--wrong'))
  for (const one of rated
    .filter((one) => !one.right && one.confidence > 0.45)
    .toSorted((left, right) => right.confidence - left.confidence)
    .slice(0, 70))
    console.log(one.confidence.toFixed(3), one.stratum, one.view, one.twin, one.answerable, one.note)

function passes({ stratum, confidence }: Rated, strata: Record<Stratum, Certified>): boolean {
  return stratum !== null && confidence >= strata[stratum].threshold
}

function report(target: number, strata: Record<Stratum, Certified>): string {
  const natural = rated.filter(({ twin, view }) => !twin && view === 'whole')
  const passed = natural.filter(
    ({ stratum, confidence }) => stratum !== null && confidence >= strata[stratum].threshold,
  )
  const coverage =
    passed.filter(({ answerable }) => answerable).length / natural.filter(({ answerable }) => answerable).length
  const parts = Object.entries(strata).map(
    ([name, { threshold, n, answered, wrong }]) =>
      `${name} ${threshold.toFixed(3)} (${wrong} wrong of ${answered} answered, ${n})`,
  )
  return `target ${target}: coverage ${coverage.toFixed(3)}, wrong ${passed.filter(({ right }) => !right).length} of ${natural.length}; ${parts.join('; ')}`
}

async function observeAll(): Promise<Observed[]> {
  const next = seeded(SEED)
  const shop = await shopInMemory(at('../demo/shop/documents.jsonl'), signal)
  const all: Observed[] = []
  const foreign = [
    ...new Set(cases.flatMap((one) => readQuestion(one.question, null).content.map((word) => word.text))),
  ]
  for (const one of cases) {
    const twins =
      one.expect === 'abstain'
        ? []
        : twinsOf(one, readQuestion(one.question, one.audience?.locale ?? null), foreign, next)
    for (const view of VIEWS) {
      all.push(await observe(shop, one, one.question, null, view, signal))
      // In the whole view one twin a case, so that half of what is asked of the threshold are near misses.
      const shuffled = twins.map((twin) => ({ twin, key: next() })).sort((left, right) => left.key - right.key)
      for (const { twin } of shuffled.slice(0, view === 'whole' ? 1 : shuffled.length))
        all.push(await observe(shop, one, twin.question, twin.change, view, signal))
    }
  }
  await shop.close(signal)
  return all
}

function fitModel(train: Observed[]): Model {
  let fitted = fitLogistic(
    train.flatMap(({ candidates }) =>
      candidates.map((candidate): Sample => ({ ...candidate, weight: 1 / candidates.length })),
    ),
    SIGNALS,
  )
  for (let round = 0; round < ROUNDS; round += 1)
    fitted = fitLogistic(
      train.flatMap((one) => chosen(one, fitted)),
      SIGNALS,
    )
  return fitted
}

// What decides is the candidate that is put up; where that is wrong and another is right, the right one is shown too.
function chosen({ candidates }: Observed, current: Model): Sample[] {
  const sum = ({ signals }: { signals: Signals }) =>
    Object.entries(signals).reduce((total, [name, value]) => total + (current.weights[name] ?? 0) * value, 0)
  const best = candidates.toSorted((left, right) => sum(right) - sum(left))
  const [first] = best
  const right = best.find((candidate) => candidate.right)
  if (!first) return []
  return first === right || !right
    ? [{ ...first, weight: 1 }]
    : [
        { ...first, weight: 1 },
        { ...right, weight: 1 },
      ]
}

function foldOf(topic: string): number {
  return createHash('sha256').update(topic).digest().readUInt32BE(0) % FOLDS
}
