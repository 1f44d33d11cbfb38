import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { recogniseTrackingNumber } from '#domain/parcels/tracking/tracking-number.ts'
import { readRows } from '../read-rows.ts'
import { proportion } from '../report/metrics.ts'
import type { CaseLine } from '../report/write-report.ts'
import type { Suite } from '../suite.ts'
import { atLeast, VOCABULARY_VERSION } from './vocabulary-version.ts'

const NumberCase = z.object({
  id: z.string().min(1),
  number: z.string(),
  carrier: z.string().min(1),
  format: z.string().min(1),
  /** Whether it fits this format of this carrier; it may fit others besides. */
  valid: z.boolean(),
})

/** Suite `tracking`: whether a number is told to be one of the named carrier and format, or not. */
export function trackingSuite(): Suite {
  return {
    dataset: fileURLToPath(new URL('../datasets/carriers/tracking-numbers.jsonl', import.meta.url)),
    documents: null,
    async run({ rows }) {
      const cases = readRows(NumberCase, rows).map((one): CaseLine => {
        const output = recogniseTrackingNumber(one.number)
        const said = output.some(({ carrier, format }) => carrier === one.carrier && format === one.format)
        const right = said === one.valid
        return {
          id: one.id,
          input: one,
          output,
          verdict: right ? 'right' : 'wrong',
          reason: right ? '' : `${one.number}: ${said ? 'taken for' : 'not taken for'} ${one.format}`,
          trace: null,
        }
      })
      const right = cases.filter(({ verdict }) => verdict === 'right').length
      const recognisedRight = proportion(right, cases.length)
      return {
        pipelineVersion: VOCABULARY_VERSION,
        metrics: { recognisedRight },
        gates: [atLeast('at least 95 of a hundred numbers are recognised right', recognisedRight, 0.95)],
        cases,
      }
    },
  }
}
