import type { Audience, Chunk, ShopDocument } from '#domain/document.ts'
import { placementOf, visibleClasses } from '#rag/index/passages/visibility.ts'
import { firstMentions, mean } from '../../bench/ranking-measures.ts'
import { miniSearch, type Ranker, rivalRows } from '../../bench/rivals.ts'
import { type RankingScores, rankingScores } from './ranking-scores.ts'
import type { RetrievalCase } from './retrieval-case.ts'

const FORMS = [
  'whole documents, forgiving',
  'whole documents, exact',
  'passages, forgiving',
  'passages, exact',
] as const
export type Baseline = { form: string; ranked: string[][]; scores: RankingScores[] }

/**
 * MiniSearch on the same cases, over the documents each case may see, in whichever of four forms serves it best on them, chosen
 * with hindsight: whole documents or the product's passages, with prefixes and light misspellings or without. One ranking a case.
 */
export async function miniSearchBaseline(
  cases: RetrievalCase[],
  documents: ShopDocument[],
  passages: Chunk[],
  at: Date,
): Promise<Baseline> {
  const rankers = new Map<string, Ranker[]>()
  function formsFor(audience: Audience): Ranker[] {
    const key = JSON.stringify(audience)
    const built = rankers.get(key) ?? formsOver(seen(passages, audience, at), documents)
    rankers.set(key, built)
    return built
  }
  const candidates: Baseline[] = FORMS.map((form) => ({ form, ranked: [], scores: [] }))
  for (const { question, relevant, audience } of cases) {
    const forms = formsFor(audience ?? {})
    for (const [place, candidate] of candidates.entries()) {
      const ranked = firstMentions((await forms[place]?.(question, new Float32Array(0))) ?? [])
      candidate.ranked.push(ranked)
      candidate.scores.push(rankingScores(ranked, new Set(relevant)))
    }
  }
  const worth = ({ scores }: Baseline) => mean(scores.map((one) => one['ndcg@10']))
  return candidates.reduce((best, one) => (worth(one) > worth(best) ? one : best))
}

function formsOver(passages: Chunk[], documents: ShopDocument[]): Ranker[] {
  const shown = new Set(passages.map(({ documentId }) => documentId))
  const rows = rivalRows(
    documents.filter(({ id }) => shown.has(id)),
    passages,
  )
  return [
    miniSearch(rows.whole, true),
    miniSearch(rows.whole, false),
    miniSearch(rows.passages, true),
    miniSearch(rows.passages, false),
  ]
}

/** What the product's own filters let this audience see at this moment: the baseline is not to lose by content it should not have. */
function seen(passages: Chunk[], audience: Audience, at: Date): Chunk[] {
  const visible = visibleClasses(passages.map(placementOf), () => 1, audience, null)
  return passages.filter(
    ({ validFrom, validUntil }, place) =>
      visible[place] && !(validFrom && new Date(validFrom) > at) && !(validUntil && new Date(validUntil) <= at),
  )
}
