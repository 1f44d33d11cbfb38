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

/** Reads the cases. Throws UnusableInput with the line of the first one that is none. */
export function readRetrievalCases(rows: { line: number; value: unknown }[]): (RetrievalCase & { line: number })[] {
  return readRows(RetrievalCase, rows).map((one, place) => ({ ...one, line: rows[place]?.line ?? 0 }))
}

/** Throws UnusableInput with the line of the first case of which no relevant document is `known`: no search could get it right. */
export function refuseLost(cases: (RetrievalCase & { line: number })[], known: ReadonlySet<string>): void {
  const lost = cases.find(({ relevant }) => !relevant.some((id) => known.has(id)))
  if (lost) throw new UnusableInput(`line ${lost.line}: relevant: none of these documents is in --documents`)
}
