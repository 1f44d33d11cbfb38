import { expect, test } from 'vitest'
import { spelling } from './spelling.ts'

function learnt(...words: string[]) {
  const { learn, near } = spelling(() => 1)
  for (const [term, word] of words.entries()) learn(word, term)
  return (word: string) => near(word, 3).map(({ stem }) => stem)
}

test.each([
  ['tnet', 'tent'],
  ['bosrch', 'borsch'],
  ['vleroma', 'velroma'],
  ['kettel', 'kettle'],
])('finds a word with swapped letters: %s', (typed, meant) => {
  expect(learnt('tent', 'borsch', 'velroma', 'kettle', 'lantern', 'saucer')(typed)).toEqual([meant])
})

test('letters in quite another order are another word', () => {
  expect(learnt('listen')('silent')).toEqual([])
})
