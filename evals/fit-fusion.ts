// Fits the weights of retrieval's fusion on the development sets and prints them; src/rag/ranking/fusion-weights.ts holds what was
// chosen. `node evals/fit-fusion.ts [CASES]`: so many cases a set (240 without a number). It reads no collection that is measured.
import { indexOf } from '../bench/memory-index.ts'
import { passagesOf, vectorsOf } from '../bench/passages.ts'
import { firstMentions, mean, ndcgAt } from '../bench/ranking-measures.ts'
import { shopId } from '../src/domain/ids.ts'
import { onnxEmbedder } from '../src/model/embedder.onnx.ts'
import { surelyIn } from '../src/rag/encoder/language.ts'
import { encodeQuestion } from '../src/rag/encoder/question-encoder.ts'
import { wordsOf } from '../src/rag/encoder/words.ts'
import { fusedRanking, joinedRanking } from '../src/rag/ranking/fused-ranking.ts'
import { FUSION, type FusionWeights } from '../src/rag/ranking/fusion-weights.ts'
import { type FeaturedHit, featuredHits } from '../src/rag/ranking/hit-features.ts'
import { aroundItsMatter, type Likeness } from '../src/rag/ranking/one-matter.ts'
import { passageLabels } from '../src/rag/ranking/passage-labels.ts'
import { questionParts } from '../src/rag/ranking/question-parts.ts'
import { systemClock } from '../src/telemetry/clock.ts'
import { jsonLog } from '../src/telemetry/log.ts'
import { memoryChunkFeed } from '../test/fakes/memory-chunk-feed.ts'
import { type DevelopmentSet, developmentSets } from './retrieval/development-sets.ts'
import { pseudoRandom, shuffled } from './retrieval/question-forms.ts'

type Case = {
  set: string
  form: string
  relevant: ReadonlySet<string>
  whole: FeaturedHit[]
  parts: FeaturedHit[][]
  likeness: Likeness
}

const SEED = 1
const CASES = 240
const CANDIDATES = 60
/** Questions made from the very words of what they ask for reward words too much; they count less. */
const WORTH: Record<string, number> = { retail: 0.25, wishes: 0.25, squad2: 0.5, sections: 0.5 }
/** What stood before; a weight leaves it only for a gain above this. */
const PRIOR: FusionWeights = { ...FUSION, together: 0, told: 1, leading: 0, complete: 0, matter: 0 }
const LEAST_GAIN = 0.003
const STEPS = {
  sparse: [0.1, 0.2, 0.3],
  phrase: [0, 0.05, 0.1, 0.2],
  coverage: [0, 0.1, 0.2, 0.3],
  together: [0, 0.1, 0.2],
  named: [0, 0.1, 0.2, 0.3],
  complete: [0, 0.2, 0.4, 0.8],
  family: [0, 0.15, 0.3],
  part: [0.5, 0.65, 0.8],
  told: [0, 0.5, 1],
  leading: [0, 0.3, 0.6],
  matter: [0, 0.1, 0.2, 0.3],
} as const

const { signal } = new AbortController()
const log = jsonLog('error')
const state = await onnxEmbedder(
  { folder: new URL('../models/purser-embed', import.meta.url).pathname, threads: 2, log },
  signal,
)
if (state.state === 'unavailable') throw new Error(state.reason)
const { embedder } = state
const cases: Case[] = []
for (const set of developmentSets(SEED)) cases.push(...(await prepared(set)))

show('before', cases, PRIOR)
show('as committed', cases, FUSION)
for (const [name, values] of Object.entries(STEPS))
  console.log(
    name.padEnd(9),
    values.map((value) => `${value}: ${worth(cases, { ...FUSION, [name]: value }).toFixed(4)}`).join('  '),
  )
const fitted = ascend(cases)
show('fitted', cases, fitted)
console.log(fitted)
// What a set gains that had no part in the fit.
for (const left of new Set(cases.map(({ set }) => set))) {
  const unseen = cases.filter(({ set }) => set === left)
  const learnt = ascend(cases.filter(({ set }) => set !== left))
  console.log(`${left} held out: ${worth(unseen, PRIOR).toFixed(4)} → ${worth(unseen, learnt).toFixed(4)}`)
}
process.exit(0)

/** Coordinate ascent from the prior. */
function ascend(cases: Case[]): FusionWeights {
  let best = PRIOR
  let bestWorth = worth(cases, best)
  for (let moved = true; moved; ) {
    moved = false
    for (const [name, values] of Object.entries(STEPS)) {
      for (const value of values) {
        const tried = { ...best, [name]: value }
        const got = worth(cases, tried)
        if (got <= bestWorth + LEAST_GAIN) continue
        best = tried
        bestWorth = got
        moved = true
      }
    }
  }
  return best
}

/** Mean nDCG@10 over sets and forms, each the same whatever its number of cases. */
function worth(cases: Case[], weights: FusionWeights): number {
  const cells = new Map<string, number[]>()
  for (const one of cases) {
    const cell = `${one.set} ${one.form}`
    cells.set(cell, [...(cells.get(cell) ?? []), score(one, weights)])
  }
  const shares = [...cells].map(([cell, values]) => ({
    worth: WORTH[cell.split(' ')[0] ?? ''] ?? 1,
    value: mean(values),
  }))
  return (
    shares.reduce((sum, { worth, value }) => sum + worth * value, 0) / shares.reduce((sum, { worth }) => sum + worth, 0)
  )
}

function score({ relevant, whole, parts, likeness }: Case, weights: FusionWeights): number {
  const joined = joinedRanking(
    fusedRanking(whole, weights),
    parts.map((part) => fusedRanking(part, weights)),
    weights,
  )
  const ranked = aroundItsMatter(joined, parts.length, likeness, weights.matter)
  return ndcgAt(10, firstMentions(ranked.map(({ chunk }) => chunk.documentId)), relevant)
}

function show(what: string, cases: Case[], weights: FusionWeights): void {
  const by = (key: 'set' | 'form') =>
    [...new Set(cases.map((one) => one[key]))].map(
      (name) =>
        `${name} ${mean(cases.filter((one) => one[key] === name).map((one) => score(one, weights))).toFixed(4)}`,
    )
  console.log(`${what}: ${worth(cases, weights).toFixed(4)} (${[...by('form'), ...by('set')].join(', ')})`)
}

async function prepared(set: DevelopmentSet): Promise<Case[]> {
  const chunks = passagesOf(set.documents)
  const memory = memoryChunkFeed()
  const shop = shopId('fit')
  memory.put(shop, chunks)
  for (const [hash, vector] of await vectorsOf(chunks, embedder, `fit-${set.name}`, signal))
    memory.setVector(hash, vector)
  const index = await indexOf(memory, embedder.model, log, signal)
  const opened = index.shopIndex(shop)
  if (!opened) throw new Error('the index is empty')
  const { vocabulary, index: searched } = opened
  const labels = passageLabels(embedder)

  async function hits(text: string, asked: { locale?: string; region?: string }): Promise<FeaturedHit[]> {
    const question = encodeQuestion(text, asked, vocabulary)
    const vector = await embedder.embed(text, 'question', signal)
    const { terms, keys } = question
    const at = systemClock().now()
    const query = { terms, keys, vector, audience: asked, kinds: null, at, candidates: CANDIDATES }
    return await labels.compared(featuredHits(question, await searched.search(query, signal)), vector, signal)
  }

  const found: Case[] = []
  const most = Number(process.argv[2] ?? CASES)
  for (const { form, text, relevant, locale, region } of shuffled(set.cases, pseudoRandom('fit')).slice(0, most)) {
    // As retrieval does for a request that names no locale.
    const language = locale ?? surelyIn(wordsOf(text))
    const asked = { ...(language ? { locale: language } : {}), ...(region ? { region } : {}) }
    const parts: FeaturedHit[][] = []
    for (const part of questionParts(text)) parts.push(await hits(part, asked))
    const { likeness } = searched
    found.push({ set: set.name, form, relevant, whole: await hits(text, asked), parts, likeness })
  }
  return found
}
