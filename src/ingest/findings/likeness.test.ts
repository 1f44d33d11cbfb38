import { describe, expect, test } from 'vitest'
import { bandsOf, likeness, NEARLY_THE_SAME, plainWords, signatureOf } from './likeness.ts'

const TENT =
  'This sturdy tent keeps you dry in heavy rain and strong wind, weighs very little on the trail, packs down to the size of a melon, and comes with twelve pegs, four guy ropes and a groundsheet for wet meadows.'
const OTHER =
  'It boils a litre of water in three minutes, whistles when it is done, stays cool at the handle and pours without a drip into the smallest cup.'
const signature = (text: string) => signatureOf(plainWords(text)) ?? Buffer.alloc(0)
const compared = (left: string, right: string) => {
  const [one, other] = [signature(left), signature(right)]
  return { value: likeness(one, other), met: bandsOf(one).some((band) => bandsOf(other).includes(band)) }
}

describe('two paragraphs are', () => {
  test.each([
    ['sturdy', 'strong'],
    ['wet', 'lush'],
  ])('met, and nearly the same, when of forty words %s is another', (word, instead) => {
    const { value, met } = compared(TENT, TENT.replace(word, instead))
    expect(met).toBe(true)
    expect(value).toBeGreaterThanOrEqual(NEARLY_THE_SAME)
    expect(value).toBeLessThan(1)
  })

  test('not nearly the same when half of their words are other ones', () => {
    const half = `${TENT.slice(0, TENT.length / 2)} ${OTHER.slice(0, OTHER.length / 2)}`
    expect(compared(TENT, half).value).toBeLessThan(NEARLY_THE_SAME - 0.2)
  })

  test('alike whatever their capitals and punctuation', () => {
    expect(compared(TENT, TENT.toUpperCase().replaceAll(',', ' -'))).toEqual({ value: 1, met: true })
  })
})
