import { expect, test } from 'vitest'
import { questionParts } from './question-parts.ts'

test('a text of one sentence has no parts', () => {
  expect(questionParts('How long can I return a tent?')).toEqual([])
  expect(questionParts('Is it 2.5 kg or 3.5 kg with the bag?')).toEqual([])
})

test('sentences are parts, short ones go with the one before', () => {
  expect(questionParts('I lost my blue lamp yesterday. Oh no! Can I order the same lamp again?')).toEqual([
    'I lost my blue lamp yesterday. Oh no!',
    'Can I order the same lamp again?',
  ])
})

test('a short beginning goes with what follows', () => {
  expect(questionParts('Hello! Can I return a tent I have used? And what about a lamp that is broken?')).toEqual([
    'Hello! Can I return a tent I have used?',
    'And what about a lamp that is broken?',
  ])
})

test('has at most six parts and loses no word', () => {
  const text = Array.from({ length: 12 }, (_, number) => `This is the sentence with number ${number} of twelve.`).join(
    ' ',
  )
  const parts = questionParts(text)
  expect(parts).toHaveLength(6)
  expect(parts.join(' ')).toBe(text)
})
