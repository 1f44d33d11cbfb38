import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { UnusableInput } from '../suite.ts'
import { readRetrievalCases } from './retrieval-case.ts'

const known = new Set(['returns', 'shipping'])
const row = { id: 'one', question: 'how long?', relevant: ['returns'] }

test('a row is a case; what else stands in it does no harm', () => {
  const rows = [{ line: 1, value: { ...row, audience: { locale: 'de' }, note: 'x' } }]
  expect(readRetrievalCases(rows, known)).toEqual([{ ...row, tags: [], audience: { locale: 'de' } }])
})

test.each([null, {}, { ...row, relevant: [] }, { ...row, relevant: 'returns' }, { ...row, question: '' }])(
  '%j is named by its line',
  (value) => {
    expect(() => readRetrievalCases([{ line: 4, value }], known)).toThrow(UnusableInput)
    expect(() => readRetrievalCases([{ line: 4, value }], known)).toThrow(/line 4/)
  },
)

test('a case no search could get right is refused; one with a document missing is not', () => {
  const gone = { line: 9, value: { ...row, relevant: ['gone'] } }
  expect(() => readRetrievalCases([gone], known)).toThrow(/line 9: relevant/)
  expect(readRetrievalCases([{ line: 9, value: { ...row, relevant: ['gone', 'returns'] } }], known)).toHaveLength(1)
})

test('the demo shop has its own cases, each with documents that are there, in both languages', () => {
  const at = (path: string) => new URL(path, import.meta.url)
  expect(existsSync(at('../datasets/retrieval/demo-shop.jsonl'))).toBe(true)
  const linesOf = (path: string) =>
    readFileSync(at(path), 'utf8')
      .split('\n')
      .flatMap((text, index) => (text ? [{ line: index + 1, value: JSON.parse(text) }] : []))
  const documents = new Set(linesOf('../../demo/shop/documents.jsonl').map(({ value }) => value.id as string))
  const cases = readRetrievalCases(linesOf('../datasets/retrieval/demo-shop.jsonl'), documents)
  expect(cases.flatMap(({ relevant }) => relevant.filter((id) => !documents.has(id)))).toEqual([])
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
  expect(new Set(cases.map(({ audience }) => audience?.locale))).toEqual(new Set(['en', 'de']))
  expect(cases.length).toBeGreaterThanOrEqual(80)
})
