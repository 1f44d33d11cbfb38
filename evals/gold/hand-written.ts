import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GoldCase } from './gold-case.ts'

type Written = {
  question: string
  expect: 'answer' | 'abstain'
  answers?: string[]
  documents?: string[]
  near?: string[]
  tags?: string[]
}

/** The questions people wrote by hand; `groupOf` gives the product line or topic of a document, and throws on an unknown one. */
export function handWrittenCases(groupOf: (document: string) => string): GoldCase[] {
  const text = readFileSync(join(import.meta.dirname, 'hand-written.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const written = JSON.parse(line) as Written
      const documents = written.documents ?? []
      const groups = [...new Set([...documents.map(groupOf), ...(written.near ?? [])])]
      return {
        question: written.question,
        expect: written.expect,
        answers: written.answers ?? [],
        documents,
        tags: [...(written.tags ?? []), 'hand-written'],
        groups: groups.length > 0 ? groups : [`alone ${written.question}`],
      }
    })
}
