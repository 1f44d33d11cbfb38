// Fits the weights of retrieval's fusion on the demo shop's calibration half and prints them; src/rag/ranking/fusion-weights.ts
// holds what was chosen. `node evals/fit-fusion.ts`. It reads no other data: every other collection is for testing.
import { resolve } from 'node:path'
import { type CollectionQuestion, demoCollection } from '../bench/collections.ts'
import { indexOf } from '../bench/memory-index.ts'
import { passagesOf, vectorsOf } from '../bench/passages.ts'
import { firstMentions, mean, ndcgAt } from '../bench/ranking-measures.ts'
import { shopId } from '../src/domain/ids.ts'
import { onnxEmbedder } from '../src/model/embedder.onnx.ts'
import { surelyIn } from '../src/rag/encoder/language.ts'
import { encodeQuestion } from '../src/rag/encoder/question-encoder.ts'
import { wordsOf } from '../src/rag/encoder/words.ts'
import { type FeaturedHit, fusedRanking, joinedRanking } from '../src/rag/ranking/fused-ranking.ts'
import { FUSION, type FusionWeights } from '../src/rag/ranking/fusion-weights.ts'
import { type HitFeatures, hitFeatures } from '../src/rag/ranking/hit-features.ts'
import { questionParts } from '../src/rag/ranking/question-parts.ts'
import { systemClock } from '../src/telemetry/clock.ts'
import { jsonLog } from '../src/telemetry/log.ts'
import { memoryChunkFeed } from '../test/fakes/memory-chunk-feed.ts'

/** How people write besides one clean question; each form of a question counts as much as the others. */
type Form = 'plain' | 'misspelt' | 'pair' | 'story'
type Case = { form: Form; fold: number; relevant: ReadonlySet<string>; whole: FeaturedHit[]; parts: FeaturedHit[][] }

const FOLDS = 4
/** What the plainest fusion has: models/purser-embed/README.md. */
const PRIOR: FusionWeights = {
  sparse: 0.35,
  dense: 0.65,
  phrase: 0,
  coverage: 0,
  named: 0,
  exact: 0.3,
  family: 0,
  part: 0.5,
}
const STEPS = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7]
/** A weight leaves its place only for a gain above this: with few questions, smaller ones are chance. */
const LEAST_GAIN = 0.001
const STORIES = [
  'Hi there, I hope you are doing well today.',
  'I bought something from you last month and I am really happy with it so far.',
  'My friend told me about your shop and I have been looking around for a while.',
]
const THANKS = ['Thanks a lot for your help!', 'I would like to decide this week.', '']

/** `sparse` is what phrase and coverage leave of the words' 0.35: see src/rag/ranking/fusion-weights.ts. */
const WORDS = 0.35
const FITTED = ['phrase', 'coverage', 'named', 'family', 'part', 'exact'] as const

const { signal } = new AbortController()
const cases = await prepared()
show('the plainest fusion', PRIOR)
show('as committed', FUSION)
const gains = Array.from({ length: FOLDS }, (_, fold) => {
  const learnt = ascend(cases.filter((one) => one.fold !== fold))
  const unseen = cases.filter((one) => one.fold === fold)
  return score(unseen, learnt) - score(unseen, PRIOR)
})
console.log(`gain over the plainest on documents held out, by fold: ${gains.map((gain) => gain.toFixed(4)).join(' ')}`)
const fitted = ascend(cases)
show('fitted on all', fitted)
console.log(fitted)
for (const name of FITTED)
  console.log(
    name.padEnd(9),
    STEPS.map((value) => `${value}: ${score(cases, withWords({ ...FUSION, [name]: value })).toFixed(4)}`).join('  '),
  )
process.exit(0)

function withWords(weights: FusionWeights): FusionWeights {
  return { ...weights, sparse: Math.max(0.05, WORDS - weights.phrase - weights.coverage) }
}

/** Coordinate ascent from the prior; `dense` stays, since only proportions matter. */
function ascend(cases: Case[]): FusionWeights {
  let best = PRIOR
  let bestScore = score(cases, best)
  for (let moved = true; moved; ) {
    moved = false
    for (const name of FITTED) {
      for (const value of STEPS) {
        const tried = withWords({ ...best, [name]: value })
        if (tried.phrase + tried.coverage > WORDS) continue
        const got = score(cases, tried)
        if (got <= bestScore + LEAST_GAIN) continue
        best = tried
        bestScore = got
        moved = true
      }
    }
  }
  return best
}

function score(cases: Case[], weights: FusionWeights): number {
  return mean(
    cases.map(({ relevant, whole, parts }) => {
      const ranked = joinedRanking(
        fusedRanking(whole, weights),
        parts.map((part) => fusedRanking(part, weights)),
        weights,
      )
      return ndcgAt(10, firstMentions(ranked.map(({ chunk }) => chunk.documentId)), relevant)
    }),
  )
}

function show(what: string, weights: FusionWeights): void {
  const forms = (['plain', 'misspelt', 'pair', 'story'] as const).map(
    (form) =>
      `${form} ${score(
        cases.filter((one) => one.form === form),
        weights,
      ).toFixed(4)}`,
  )
  console.log(`${what}: nDCG@10 ${score(cases, weights).toFixed(4)} (${forms.join(', ')}; ${cases.length} cases)`)
}

async function prepared(): Promise<Case[]> {
  const clock = systemClock()
  const log = jsonLog('error')
  const demo = demoCollection((file) => file.includes('calibration'))
  if (!demo) throw new Error('the demo shop is not there')
  const state = await onnxEmbedder(
    { folder: resolve(import.meta.dirname, '../models/purser-embed'), threads: 2, log },
    signal,
  )
  if (state.state === 'unavailable') throw new Error(state.reason)
  const { embedder } = state
  const chunks = passagesOf(demo.documents)
  const memory = memoryChunkFeed()
  const shop = shopId('fit')
  memory.put(shop, chunks)
  for (const [hash, vector] of await vectorsOf(chunks, embedder, 'demo', signal)) memory.setVector(hash, vector)
  const index = await indexOf(memory, embedder.model, log, signal)
  const parts = index.shopIndex(shop)
  if (!parts) throw new Error('the index is empty')

  async function hits(text: string): Promise<FeaturedHit[]> {
    // As retrieval does for a request that names no locale.
    const language = surelyIn(wordsOf(text))
    const audience = language ? { locale: language } : {}
    const question = encodeQuestion(text, audience, parts?.vocabulary as NonNullable<typeof parts>['vocabulary'])
    const vector = await embedder.embed(text, 'question', signal)
    const query = {
      terms: question.terms,
      keys: question.keys,
      vector,
      audience,
      kinds: null,
      at: clock.now(),
      candidates: 60,
    }
    const found = await (parts as NonNullable<typeof parts>).index.search(query, signal)
    const features = hitFeatures(question, found)
    return found.hits.map(({ chunk }, place) => ({ chunk, features: features[place] as HitFeatures }))
  }

  const folds = foldsOf(demo.questions)
  const cases: Case[] = []
  for (const [place, question] of demo.questions.entries()) {
    const other = demo.questions[(place * 37 + 91) % demo.questions.length] as CollectionQuestion
    const forms: [Form, string, ReadonlySet<string>][] = [
      ['plain', question.text, question.relevant],
      ['misspelt', misspelt(question.text, place), question.relevant],
      ['pair', `${question.text} ${other.text}`, new Set([...question.relevant, ...other.relevant])],
      [
        'story',
        `${STORIES[place % STORIES.length]} ${question.text} ${THANKS[place % THANKS.length]}`,
        question.relevant,
      ],
    ]
    for (const [form, text, relevant] of forms) {
      const inside: FeaturedHit[][] = []
      for (const part of questionParts(text)) inside.push(await hits(part))
      cases.push({ form, fold: folds.get(question.id) ?? 0, relevant, whole: await hits(text), parts: inside })
    }
  }
  return cases
}

/** By document, never by question: questions about one document are alike. */
function foldsOf(questions: CollectionQuestion[]): Map<string, number> {
  const groups = [...new Set(questions.map(({ relevant }) => [...relevant].sort()[0] ?? ''))].sort()
  return new Map(questions.map(({ id, relevant }) => [id, groups.indexOf([...relevant].sort()[0] ?? '') % FOLDS]))
}

/** Swaps the third and fourth letter of about every third longer word: the same slips every time. */
function misspelt(text: string, seed: number): string {
  const slip = (word: string) => `${word.slice(0, 2)}${word[3]}${word[2]}${word.slice(4)}`
  return text
    .split(' ')
    .map((word, place) => (word.length > 5 && (seed + place) % 3 === 0 ? slip(word) : word))
    .join(' ')
}
