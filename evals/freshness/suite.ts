import { fileURLToPath } from 'node:url'
import { WEIGHTS } from '#rag/gate/weights.ts'
import type { Suite } from '../suite.ts'
import { caseLine, freshnessGates, freshnessMetrics, type Outcome } from './freshness-metrics.ts'
import { observedChange } from './observed-change.ts'
import { runningShop } from './running-shop.ts'
import { readUpdateCases } from './update-case.ts'

/**
 * Suite `freshness`: pages that change. Each is told by an event, asked about while it is old, told anew, and asked about again:
 * nothing that is gone may be found or served. Runs the whole product, with its database, queue and HTTP.
 */
export function freshnessSuite(): Suite {
  return {
    dataset: fileURLToPath(new URL('../datasets/freshness/updates.jsonl', import.meta.url)),
    documents: null,
    async run({ rows, seed, own }, signal) {
      const cases = readUpdateCases(rows)
      const shop = await runningShop(own ? 'demo shop' : 'none', signal)
      try {
        const outcomes: Outcome[] = []
        for (const one of cases) outcomes.push(await observedChange(shop, one, outcomes.length))
        const metrics = freshnessMetrics(outcomes, seed)
        return {
          pipelineVersion: WEIGHTS.pipelineVersion,
          notes: [
            own ? 'Pages change inside the demo shop.' : 'The shop holds the pages of this file and nothing else.',
            'Limits of `staleSearches` and `staleAnswers` take every question for itself; several are about one change.',
          ],
          metrics,
          gates: freshnessGates(metrics),
          cases: outcomes.map(caseLine),
        }
      } finally {
        await shop.close()
      }
    },
  }
}
