import { z } from 'zod'
import { CaseAudience, readRows } from '../read-rows.ts'

const AnswerCase = z.object({
  id: z.string().min(1),
  question: z.string().min(1),
  expect: z.enum(['answer', 'abstain']),
  answers: z.array(z.string()).default([]),
  documents: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  audience: CaseAudience,
})
export type AnswerCase = z.infer<typeof AnswerCase>

/** Reads the cases. Throws UnusableInput with the line of the first one that is none. */
export function readCases(rows: { line: number; value: unknown }[]): AnswerCase[] {
  return readRows(AnswerCase, rows)
}

/** Lower case, compatibility forms, punctuation and white space as one blank: how two texts are compared. */
export function squashed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, ' ')
    .trim()
}

/** Whether one of the accepted answers stands in the text, as whole words. */
export function holds(text: string, answers: string[]): boolean {
  const said = ` ${squashed(text)} `
  return answers.some((answer) => said.includes(` ${squashed(answer)} `))
}
