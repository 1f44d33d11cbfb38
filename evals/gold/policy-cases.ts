import { join } from 'node:path'
import { facts, faqGroups, type Locale, read } from '../../demo/generator/tables.ts'
import { fill } from '../../demo/generator/template.ts'
import type { GoldCase } from './gold-case.ts'

type Asked = { a: string[]; q: string[] }
type PolicyRow = Asked & { topic: string; in: string[]; tags?: string[]; de?: Asked }

/** Questions about how the shop works that its policies or its FAQ answer, in English and German. */
export function answerablePolicyCases(): GoldCase[] {
  const known = facts()
  const german = new Set(faqGroups().flatMap(({ items }) => items.filter(({ de }) => de).map(({ id }) => id)))
  const documents = (row: PolicyRow, locale: Locale) =>
    row.in.flatMap((source) => {
      const [kind, name] = source.split(':') as [string, string]
      if (kind === 'p') return [`policy/${name}.${locale}`]
      if (kind === 'a') return [`article/${name}.${locale}`]
      return locale === 'en' || german.has(name) ? [`faq/${name}.${locale}`] : []
    })
  return read<PolicyRow[]>(join(import.meta.dirname, 'policy-questions.yaml')).flatMap((row) => {
    const english = row.a.map((text) => fill(text, known, 'en'))
    const cases = (asked: Asked, answers: string[], ids: string[], locale: Locale) =>
      asked.q.map((question) => ({
        question,
        expect: 'answer' as const,
        answers,
        documents: ids,
        tags: ['policy', locale, ...(row.tags ?? []), 'fact'],
        groups: [row.topic],
      }))
    const inEnglish = cases(row, english, documents(row, 'en'), 'en')
    if (!row.de) return inEnglish
    // A German question may be answered from the English page too; the fact is the same.
    const answers = [...new Set([...row.de.a.map((text) => fill(text, known, 'de')), ...english])]
    return [...inEnglish, ...cases(row.de, answers, [...documents(row, 'de'), ...documents(row, 'en')], 'de')]
  })
}

/** Questions near the shop's rules that nothing it has written answers. */
export function policyTraps(): GoldCase[] {
  const topics = read<Record<string, Record<string, string[]>>>(join(import.meta.dirname, 'policy-unanswerable.yaml'))
  return Object.entries(topics).flatMap(([topic, kinds]) =>
    Object.entries(kinds).flatMap(([kind, questions]) =>
      questions.map((question) => ({
        question,
        expect: 'abstain' as const,
        answers: [],
        documents: [],
        tags: ['policy', 'en', kind],
        // Off-topic questions belong to no document, so each may fall where it likes.
        groups: [topic === 'off-topic' ? `off-topic ${question}` : topic],
      })),
    ),
  )
}
