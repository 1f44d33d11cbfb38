import { z } from 'zod'
import { CaseAudience, readRows } from '../read-rows.ts'
import { UnusableInput } from '../suite.ts'

const RetrievalCase = z.object({
  id: z.string().min(1),
  question: z.string().min(1),
  /** Documents that hold what is asked for; all are worth the same. */
  relevant: z.array(z.string().min(1)).min(1),
  tags: z.array(z.string()).default([]),
  audience: CaseAudience,
})
export type RetrievalCase = z.infer<typeof RetrievalCase>

/**
 * Reads the cases. Throws UnusableInput with the line of the first one that is none, or of which no relevant document is among
 * `known`: no search could get it right.
 */
export function readRetrievalCases(
  rows: { line: number; value: unknown }[],
  known: ReadonlySet<string>,
): RetrievalCase[] {
  const cases = readRows(RetrievalCase, rows)
  const lost = cases.findIndex(({ relevant }) => !relevant.some((id) => known.has(id)))
  if (lost >= 0)
    throw new UnusableInput(`line ${rows[lost]?.line}: relevant: none of these documents is in --documents`)
  return cases
}
