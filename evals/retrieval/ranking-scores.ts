import { mean, ndcgAt, recallAt, reciprocalRankAt } from '../../bench/ranking-measures.ts'
import { bootstrapped, type GateResult, type Metric } from '../report/metrics.ts'

const DEPTH = 10

/** What one ranking of documents is worth, 0–1 each. */
export type RankingScores = Record<'ndcg@10' | 'recall@1' | 'recall@5' | 'recall@10' | 'mrr', number>

/** The measures of a ranking; `mrr` looks at the first ten documents, as the others do. */
export function rankingScores(ranked: string[], relevant: ReadonlySet<string>): RankingScores {
  return {
    'ndcg@10': ndcgAt(DEPTH, ranked, relevant),
    'recall@1': recallAt(1, ranked, relevant),
    'recall@5': recallAt(5, ranked, relevant),
    'recall@10': recallAt(DEPTH, ranked, relevant),
    mrr: reciprocalRankAt(DEPTH, ranked, relevant),
  }
}

/** Each measure's mean over the cases, with bootstrap limits. */
export function meansOf(scores: RankingScores[], seed: number): Record<keyof RankingScores, Metric> {
  const meanOf = (name: keyof RankingScores) => {
    const values = scores.map((one) => one[name])
    return bootstrapped(values, mean, seed)
  }
  return ofEach(meanOf)
}

/** `ours` less `theirs`, case by case. The limits of its mean are paired: what is hard for both alike widens nothing. */
export function differencesOf(ours: RankingScores[], theirs: RankingScores[]): RankingScores[] {
  return ours.map((one, place) => {
    const other = theirs[place]
    if (!other) throw new Error('a paired comparison needs two scores a case')
    return ofEach((name) => one[name] - other[name])
  })
}

/** Search has to be worth its size: on average it is no worse than the plain baseline on the same cases. */
export function noWorse(name: string, difference: Metric): GateResult {
  return { name, pass: difference.value >= 0, value: difference.value, bound: difference.value, limit: 0 }
}

/** Stops a release that lost against a kept ranking, beyond chance: even the upper limit of the difference is below nought. */
export function notSignificantlyWorse(name: string, difference: Metric): GateResult {
  return { name, pass: difference.high >= 0, value: difference.value, bound: difference.high, limit: 0 }
}

function ofEach<T>(value: (name: keyof RankingScores) => T): Record<keyof RankingScores, T> {
  return {
    'ndcg@10': value('ndcg@10'),
    'recall@1': value('recall@1'),
    'recall@5': value('recall@5'),
    'recall@10': value('recall@10'),
    mrr: value('mrr'),
  }
}
