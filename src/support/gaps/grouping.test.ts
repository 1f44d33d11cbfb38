import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { grouped } from './grouping.ts'

const wordsOf = (text: string) => text.split(' ').filter(Boolean)
const groupsOf = (...texts: string[]) => grouped(texts, wordsOf).map(({ items }) => items)

describe('questions are one group', () => {
  test('when their words are the same in any order', () => {
    expect(groupsOf('ship moon', 'moon ship', 'moon ship moon')).toEqual([['ship moon', 'moon ship', 'moon ship moon']])
  })

  test('when one has just one word more', () => {
    expect(groupsOf('bitcoin', 'bitcoin', 'bitcoin pay')).toEqual([['bitcoin', 'bitcoin', 'bitcoin pay']])
  })

  test('when of four words one differs, the most asked set leading', () => {
    expect(groupsOf('rain jacket wash warm', 'rain jacket wash cold', 'rain jacket wash cold')).toEqual([
      ['rain jacket wash cold', 'rain jacket wash cold', 'rain jacket wash warm'],
    ])
  })
})

describe('questions are groups of their own', () => {
  test('when half of their words differ', () => {
    expect(groupsOf('wash jacket', 'return jacket')).toHaveLength(2)
    expect(groupsOf('rain jacket wash', 'rain jacket return')).toHaveLength(2)
  })

  test('when they name different numbers', () => {
    expect(groupsOf('adapter lamp black x200', 'adapter lamp black x300')).toHaveLength(2)
  })

  test('when one has no words at all', () => {
    expect(groupsOf('', 'moon')).toHaveLength(2)
  })
})

test('a question joins the leader most like it', () => {
  const groups = groupsOf('moon', 'moon', 'moon', 'ship moon cost', 'ship moon cost', 'ship moon')
  expect(groups).toEqual([
    ['moon', 'moon', 'moon'],
    ['ship moon cost', 'ship moon cost', 'ship moon'],
  ])
})

test('the same questions in any order give the same groups, each question in one', () => {
  const question = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'x1', 'x2'), { maxLength: 4 })
    .map((words) => words.join(' '))
  const shape = (texts: string[]) =>
    grouped(texts, wordsOf).map(({ words, items }) => ({ words, items: items.toSorted() }))
  fc.assert(
    fc.property(fc.array(question, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (texts, keys) => {
      const shuffled = texts.map((text) => ({ text, key: keys.next().value })).sort((one, other) => one.key - other.key)
      const groups = shape(texts)
      expect(shape(shuffled.map(({ text }) => text))).toEqual(groups)
      expect(groups.flatMap(({ items }) => items).toSorted()).toEqual(texts.toSorted())
    }),
  )
})
