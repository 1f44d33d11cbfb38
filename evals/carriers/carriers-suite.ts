import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { normaliseCarrierEvent } from '#domain/parcels/carrier-event.ts'
import { PARCEL_STATES } from '#domain/parcels/parcel-state.ts'
import { readRows } from '../read-rows.ts'
import { proportion } from '../report/metrics.ts'
import type { CaseLine } from '../report/write-report.ts'
import type { Suite } from '../suite.ts'
import { atLeast, VOCABULARY_VERSION } from './vocabulary-version.ts'

const State = z.enum(PARCEL_STATES)
const EventCase = z.object({
  id: z.string().min(1),
  carrier: z.string().min(1),
  code: z.string(),
  description: z.string().nullable(),
  normalized: State,
  /** Where sources disagree. */
  alsoAcceptable: z.array(State).default([]),
})

/** Suite `carriers`: whether a carrier's event is read as its carrier means it. */
export function carriersSuite(): Suite {
  return {
    dataset: fileURLToPath(new URL('../datasets/carriers/events.jsonl', import.meta.url)),
    documents: null,
    async run({ rows }) {
      const cases = readRows(EventCase, rows).map((one): CaseLine => {
        const output = normaliseCarrierEvent(one)
        const right = output !== null && [one.normalized, ...one.alsoAcceptable].includes(output)
        const asked = `${one.carrier} ${one.code} ${one.description ?? ''}`.trim()
        return {
          id: one.id,
          input: one,
          output,
          verdict: right ? 'right' : 'wrong',
          reason: right ? '' : `${asked}: ${output ?? 'unknown'}, not ${one.normalized}`,
          trace: null,
        }
      })
      const right = cases.filter(({ verdict }) => verdict === 'right').length
      const normalizedRight = proportion(right, cases.length)
      return {
        pipelineVersion: VOCABULARY_VERSION,
        metrics: { normalizedRight },
        gates: [atLeast('at least nine of ten events are read right', normalizedRight, 0.9)],
        cases,
      }
    },
  }
}
