import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { readRows } from '../read-rows.ts'
import { proportion } from '../report/metrics.ts'
import type { CaseLine } from '../report/write-report.ts'
import { retailBench } from '../retail/retail-bench.ts'
import { Call, Changes } from '../retail/retail-case.ts'
import { isSame } from '../retail/retail-changes.ts'
import { type Suite, type SuiteRun, UnusableInput } from '../suite.ts'

/** The desk's own files; other people's cases name the folder of their world. */
export const OWN = fileURLToPath(new URL('../datasets/retail', import.meta.url))

/** The folder of the world the cases are about. Throws UnusableInput where somebody else's come without one. */
export function worldOf({ world, own }: Pick<SuiteRun, 'world' | 'own'>): string {
  if (world) return world
  if (own) return OWN
  throw new UnusableInput('--world names the folder of the shop’s files that the cases are about')
}

const GuardCase = z.object({
  id: z.string(),
  setup: z.array(Call),
  call: Call,
  allowed: z.boolean(),
  why: z.string(),
  expectedDbChanges: Changes,
})

/**
 * Suite `guards`: calls of a shop's write tools, allowed and refused. Right: done where it is allowed, refused by the rule that
 * is broken where it is not; and the whole world differs afterwards by what the call does, so by nothing after a refusal.
 */
export function guardsSuite(): Suite {
  return {
    dataset: `${OWN}/guard-cases.jsonl`,
    documents: null,
    async run({ rows, ...run }, signal) {
      const cases = readRows(GuardCase, rows)
      const bench = await retailBench(worldOf(run), signal)
      try {
        const lines: (CaseLine & { decided: boolean; exact: boolean })[] = []
        for (const { id, setup, call, allowed, why, expectedDbChanges } of cases) {
          await bench.reset(signal)
          const failed = []
          for (const step of setup) {
            const rule = (await bench.call(step, signal))?.rule
            if (rule) failed.push(`${step.name} refused by ${rule}`)
          }
          await bench.mark(signal)
          const rule = (await bench.call(call, signal))?.rule ?? null
          const changes = await bench.changes(signal)
          const decided = failed.length === 0 && (allowed ? rule === null : rule === why.split(':')[0])
          const exact = isSame(changes, expectedDbChanges)
          const reason = [
            ...failed,
            ...(decided ? [] : [`expected ${allowed ? 'done' : why}, was ${rule ?? 'done'}`]),
            ...(exact ? [] : [`changed ${JSON.stringify(changes)}, expected ${JSON.stringify(expectedDbChanges)}`]),
          ].join('; ')
          const verdict = decided && exact ? 'right' : 'wrong'
          lines.push({
            id,
            input: { setup, call },
            output: { rule, changes },
            verdict,
            reason,
            trace: null,
            decided,
            exact,
          })
        }
        const decidedRight = proportion(lines.filter(({ decided }) => decided).length, lines.length)
        const worldDiffExact = proportion(lines.filter(({ exact }) => exact).length, lines.length)
        return {
          pipelineVersion: 'retail-rules-1',
          metrics: { decidedRight, worldDiffExact },
          gates: [
            { name: 'every call is decided right', ...atLeastAll(decidedRight.value) },
            { name: 'the world differs by exactly what was done', ...atLeastAll(worldDiffExact.value) },
          ],
          cases: lines.map(({ decided: _decided, exact: _exact, ...line }) => line),
        }
      } finally {
        await bench.close()
      }
    },
  }
}

/** A share that has to be the whole. */
export function atLeastAll(value: number) {
  return { pass: value === 1, value, bound: value, limit: 1 }
}
