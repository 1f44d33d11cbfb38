import { fileURLToPath } from 'node:url'
import { WEIGHTS } from '#rag/gate/weights.ts'
import { firstMentions, mean, quantile } from '../../bench/ranking-measures.ts'
import { bootstrapped, type Metric } from '../report/metrics.ts'
import type { CaseLine } from '../report/write-report.ts'
import { EVAL_SHOP, type ShopInMemory, shopInMemory } from '../shop-in-memory.ts'
import { type Suite, UnusableInput } from '../suite.ts'
import { changesSince, keptScores } from './kept-scores.ts'
import { type Baseline, miniSearchBaseline } from './mini-search-baseline.ts'
import {
  differencesOf,
  meansOf,
  notSignificantlyWorse,
  noWorse,
  type RankingScores,
  rankingScores,
} from './ranking-scores.ts'
import { type RetrievalCase, readRetrievalCases, refuseLost } from './retrieval-case.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** More than ten, since several passages of one document may lead. */
const PASSAGES = 60
const SHOWN = 10

type Searched = { case: RetrievalCase; ranked: string[]; scores: RankingScores; ms: number }

/** Suite `retrieval`: which documents a question finds, beside MiniSearch on the same documents and questions. */
export function retrievalSuite(): Suite {
  return {
    dataset: at('../datasets/retrieval/demo-shop.jsonl'),
    documents: at('../../demo/shop/documents.jsonl'),
    async run({ rows, documents, seed, own }, signal) {
      if (!documents) throw new UnusableInput('--documents FILE is needed with --dataset')
      const cases = readRetrievalCases(rows)
      const shop = await shopInMemory(documents, signal)
      try {
        refuseLost(cases, new Set(shop.documents.map(({ id }) => id as string)))
        const now = new Date()
        const searched: Searched[] = []
        for (const one of cases) searched.push(await searchFor(one, shop, now, signal))
        const baseline = await miniSearchBaseline(cases, shop.documents, shop.passages, now)
        const scores = searched.map((one) => one.scores)
        const differences = differencesOf(scores, baseline.scores)
        const lead = meansOf(differences, seed)
        const change = own ? await changeOf(searched, seed) : null
        const times = searched.map(({ ms }) => ms)
        return {
          pipelineVersion: WEIGHTS.pipelineVersion,
          notes: [
            `MiniSearch: ${baseline.form}, the best of four forms on these cases. \`difference.*\` is ours less MiniSearch's, paired.`,
            ...(change ? ['`change.*` is ours less the kept baseline, paired.'] : []),
            ...(shop.hasVectors ? [] : ['The embedder could not be loaded: ours went by words alone.']),
          ],
          metrics: {
            ...meansOf(scores, seed),
            ...named('minisearch.', meansOf(baseline.scores, seed)),
            ...named('difference.', lead),
            ...(change ? { 'change.ndcg@10': change } : {}),
            ...byTag(searched, differences, seed),
            latencyP50: bootstrapped(times, (values) => quantile(values, 0.5), seed),
            latencyP95: bootstrapped(times, (values) => quantile(values, 0.95), seed),
          },
          gates: [
            noWorse('ndcg@10 no lower than MiniSearch', lead['ndcg@10']),
            ...(change ? [notSignificantlyWorse('ndcg@10 not significantly below the kept baseline', change)] : []),
          ],
          cases: searched.map((one, place) => line(one, baseline, place)),
        }
      } finally {
        await shop.close(signal)
      }
    },
  }
}

async function searchFor(one: RetrievalCase, shop: ShopInMemory, now: Date, signal: AbortSignal): Promise<Searched> {
  const query = { shop: EVAL_SHOP, text: one.question, audience: one.audience ?? {}, limit: PASSAGES, at: now }
  const started = performance.now()
  const { passages } = await shop.patient.search(query, signal)
  const ms = performance.now() - started
  const ranked = firstMentions(passages.map(({ chunk }) => chunk.documentId))
  return { case: one, ranked, scores: rankingScores(ranked, new Set(one.relevant)), ms }
}

/** Against the committed scores of the same cases; null when none of these was kept. */
async function changeOf(searched: Searched[], seed: number): Promise<Metric | null> {
  const now = searched.map(({ case: { id }, scores }) => ({ id, ndcg: scores['ndcg@10'] }))
  const changes = changesSince(await keptScores(), now)
  return changes.length > 0 ? bootstrapped(changes, mean, seed) : null
}

/** nDCG@10, and how far it is from MiniSearch's, for each kind of case a dataset marks by a tag. */
function byTag(searched: Searched[], differences: RankingScores[], seed: number): Record<string, Metric> {
  const tags = [...new Set(searched.flatMap(({ case: { tags } }) => tags))].sort()
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const places = searched.flatMap(({ case: { tags } }, place) => (tags.includes(tag) ? [place] : []))
      const own = places.map((place) => searched[place]?.scores['ndcg@10'] ?? 0)
      const less = places.map((place) => differences[place]?.['ndcg@10'] ?? 0)
      return [
        [`tag.${tag}.ndcg@10`, bootstrapped(own, mean, seed)],
        [`tag.${tag}.difference.ndcg@10`, bootstrapped(less, mean, seed)],
      ]
    }),
  )
}

function named(prefix: string, metrics: Record<string, Metric>): Record<string, Metric> {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [`${prefix}${name}`, metric]))
}

function line({ case: one, ranked, scores, ms }: Searched, baseline: Baseline, place: number): CaseLine {
  const first = ranked.slice(0, SHOWN).findIndex((id) => one.relevant.includes(id))
  const verdict = first === 0 ? 'right' : first > 0 ? 'found' : 'wrong'
  return {
    id: one.id,
    input: one,
    output: { ranked: ranked.slice(0, SHOWN), place: first < 0 ? null : first + 1, scores },
    verdict,
    reason: verdict === 'wrong' ? `${one.question} → ${ranked.slice(0, 3).join(', ')}` : '',
    trace: { ms, minisearch: { ranked: baseline.ranked[place]?.slice(0, SHOWN), scores: baseline.scores[place] } },
  }
}
