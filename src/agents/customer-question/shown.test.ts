import { expect, test } from 'vitest'
import type { Candidate } from '#rag/compose/composer.port.ts'
import { FLASKS } from '../../../test/fixtures/passages.ts'
import { readShown, shownBy } from './shown.ts'

const candidate = (rung: Candidate['rung'], products = FLASKS) => ({ rung, products }) as unknown as Candidate

test('what a list or a comparison shows is remembered with what it can be told apart by', () => {
  const shown = shownBy(candidate('products'))
  expect(shown.map(({ title }) => title)).toEqual(FLASKS.map(({ title }) => title))
  expect(readShown(JSON.parse(JSON.stringify(shown)))).toEqual(shown)
  expect(shownBy(candidate('comparison'))).toHaveLength(FLASKS.length)
  expect(shownBy(candidate('attribute'))).toEqual([])
  expect(shownBy(candidate('products', FLASKS.slice(0, 1)))).toEqual([])
  expect(shownBy(null)).toEqual([])
})

test.each([undefined, null, 'x', {}, [1, null, { title: 'T' }, { title: 'T', traits: 'x', measures: {} }]])(
  'a memory of another shape is none: %j',
  (stored) => expect(readShown(stored)).toEqual([]),
)
