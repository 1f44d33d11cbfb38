import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { UnusableInput } from '../suite.ts'
import { readRetrievalCases, refuseLost } from './retrieval-case.ts'

const known = new Set(['returns', 'shipping'])
const row = { id: 'one', question: 'how long?', relevant: ['returns'] }

test('a row is a case; what else stands in it does no harm', () => {
  const rows = [{ line: 1, value: { ...row, audience: { locale: 'de' }, note: 'x' } }]
  expect(readRetrievalCases(rows)).toEqual([{ ...row, line: 1, tags: [], audience: { locale: 'de' } }])
})

test.each([null, {}, { ...row, relevant: [] }, { ...row, relevant: 'returns' }, { ...row, question: '' }])(
  '%j is named by its line',
  (value) => {
    expect(() => readRetrievalCases([{ line: 4, value }])).toThrow(UnusableInput)
    expect(() => readRetrievalCases([{ line: 4, value }])).toThrow(/line 4/)
  },
)

test('a case no search could get right is refused; one with a document missing is not', () => {
  const reading = (relevant: string[]) => readRetrievalCases([{ line: 9, value: { ...row, relevant } }])
  expect(() => refuseLost(reading(['gone']), known)).toThrow(UnusableInput)
  expect(() => refuseLost(reading(['gone']), known)).toThrow(/line 9: relevant/)
  expect(() => refuseLost(reading(['gone', 'returns']), known)).not.toThrow()
})

test('the demo shop has its own cases, each with documents that are there, in both languages', () => {
  const at = (path: string) => new URL(path, import.meta.url)
  const linesOf = (path: string) =>
    readFileSync(at(path), 'utf8')
      .split('\n')
      .flatMap((text, index) => (text ? [{ line: index + 1, value: JSON.parse(text) }] : []))
  const documents = new Set(linesOf('../../demo/shop/documents.jsonl').map(({ value }) => value.id as string))
  const cases = readRetrievalCases(linesOf('../datasets/retrieval/demo-shop.jsonl'))
  expect(cases.flatMap(({ relevant }) => relevant.filter((id) => !documents.has(id)))).toEqual([])
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
  expect(new Set(cases.map(({ audience }) => audience?.locale))).toEqual(new Set(['en', 'de']))
  expect(cases.length).toBeGreaterThanOrEqual(80)
})
