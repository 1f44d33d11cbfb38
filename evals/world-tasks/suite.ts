import { z } from 'zod'
import { atLeastAll, OWN, worldOf } from '../guards/suite.ts'
import { readRows } from '../read-rows.ts'
import { proportion } from '../report/metrics.ts'
import type { CaseLine } from '../report/write-report.ts'
import { retailBench } from '../retail/retail-bench.ts'
import { Call, Changes } from '../retail/retail-case.ts'
import { isSame } from '../retail/retail-changes.ts'
import type { Suite } from '../suite.ts'

const Task = z.object({
  id: z.string(),
  goldCalls: z.array(Call),
  /** Calls of the reference that the tools refuse, by their place. */
  goldErrors: z.array(z.object({ call: z.int(), rule: z.string() })).optional(),
  expectedDbChanges: Changes,
})

/** Suite `world-tasks`: whole requests replayed call by call on a fresh world; the world has to differ afterwards by exactly what was asked for. */
export function worldTasksSuite(): Suite {
  return {
    dataset: `${OWN}/world-tasks.jsonl`,
    documents: null,
    async run({ rows, ...run }, signal) {
      const tasks = readRows(Task, rows)
      const bench = await retailBench(worldOf(run), signal)
      try {
        const lines: CaseLine[] = []
        for (const { id, goldCalls, goldErrors = [], expectedDbChanges } of tasks) {
          await bench.reset(signal)
          const refusals: { call: number; rule: string }[] = []
          for (const [at, call] of goldCalls.entries()) {
            const rule = (await bench.call(call, signal))?.rule
            if (rule) refusals.push({ call: at, rule })
          }
          const changes = await bench.changes(signal)
          const exact = isSame(changes, expectedDbChanges)
          const unexpected = refusals.filter(({ call }) => !goldErrors.some((error) => error.call === call))
          const reason = exact
            ? ''
            : `changed ${JSON.stringify(changes)}, expected ${JSON.stringify(expectedDbChanges)}; refused ${JSON.stringify(unexpected)}`
          const output = { refusals, changes }
          lines.push({ id, input: goldCalls, output, verdict: exact ? 'right' : 'wrong', reason, trace: null })
        }
        const right = lines.filter(({ verdict }) => verdict === 'right').length
        const worldDiffExact = proportion(right, lines.length)
        return {
          pipelineVersion: 'retail-rules-1',
          metrics: { worldDiffExact },
          gates: [{ name: 'the world differs by exactly what was asked for', ...atLeastAll(worldDiffExact.value) }],
          cases: lines,
        }
      } finally {
        await bench.close()
      }
    },
  }
}
