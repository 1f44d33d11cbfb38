// Fits the gate on the demo shop's calibration half and writes src/rag/gate/weights.ts: `node evals/fit-gate.ts [--dry]`.
// Nothing else is ever looked at here, least of all a test half. Same data, same code, same weights.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readJson } from '#domain/foreign-json.ts'
import type { Signals } from '#rag/gate/gate.port.ts'
import { SIGNALS } from '#rag/gate/signals.ts'
import { readCases } from './answers/answer-case.ts'
import { fitLogistic, type Model, type Sample } from './calibrate/logistic.ts'
import { type Observed, observe, readQuestion } from './calibrate/observe.ts'
import { rate, thresholdFor } from './calibrate/threshold.ts'
import { twinsOf } from './calibrate/twins.ts'
import { weightsFile } from './calibrate/weights-file.ts'
import { seeded } from './report/metrics.ts'
import { shopInMemory } from './shop-in-memory.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const SEED = 20_261
const FOLDS = 5
const TARGETS = [0.01, 0.02, 0.03, 0.05, 0.1]
const SHIPPED = 0.03
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
const natural = rated.filter(({ twin }) => !twin)
const operating = TARGETS.map((target) => {
  // Both must hold: on what shoppers ask, and where every other question is a near miss.
  const plain = thresholdFor(natural, target)
  const stressed = thresholdFor(rated, target)
  return plain.threshold > stressed.threshold ? plain : { ...stressed, coverage: coverageAt(stressed.threshold) }
})
for (const point of operating)
  console.log(
    JSON.stringify({
      ...point,
      naturalWrong: natural.filter((one) => one.confidence >= point.threshold && !one.right).length,
    }),
  )
console.log(model)
const file = weightsFile({
  model,
  operating,
  shipped: SHIPPED,
  dataHash: createHash('sha256').update(text).digest('hex'),
  cases: cases.length,
})
if (!process.argv.includes('--dry')) await writeFile(at('../src/rag/gate/weights.ts'), file)

async function observeAll(): Promise<Observed[]> {
  const next = seeded(SEED)
  const shop = await shopInMemory(at('../demo/shop/documents.jsonl'), signal)
  const all: Observed[] = []
  const foreign = [
    ...new Set(cases.flatMap((one) => readQuestion(one.question, null).content.map((word) => word.text))),
  ]
  for (const one of cases) {
    all.push(await observe(shop.retrieval, one, one.question, null, signal))
    if (one.expect === 'abstain') continue
    const twins = twinsOf(one, readQuestion(one.question, one.audience?.locale ?? null), foreign, next)
    // One twin a case, so that half of what is asked of the threshold are near misses.
    const twin = twins[Math.floor(next() * twins.length)]
    if (twin) all.push(await observe(shop.retrieval, one, twin.question, twin.without, signal))
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

function coverageAt(threshold: number): number {
  const answerable = natural.filter((one) => one.answerable)
  return answerable.filter((one) => one.confidence >= threshold).length / Math.max(1, answerable.length)
}
