import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CANCEL, foundFor, LAMP, RETURNS } from '../../../test/fixtures/passages.ts'
import { extractiveComposer } from '../compose/extractive.ts'
import { understanding } from '../understand/understanding.ts'
import { confidenceOf, gate } from './gate.ts'
import { SIGNALS } from './signals.ts'
import { WEIGHTS } from './weights.ts'

const { signal } = new AbortController()
async function judge(text: string, chunks = [RETURNS, CANCEL, LAMP], weights = WEIGHTS, target?: number) {
  const question = understanding().read(text, { question: null, product: null, locale: 'en' })
  const found = foundFor(text, chunks)
  return gate(weights, target).judge(question, found, await extractiveComposer().compose(question, found, signal))
}

test('nothing passes below its threshold, and whatever passes has a candidate', async () => {
  const word = fc.constantFrom(
    'how',
    'long',
    'return',
    'headphones',
    'Aurora',
    'desk',
    'lamp',
    'weight',
    'cancel',
    'order',
    'moon',
    'diesel',
    'what',
    'is',
    'the',
    'of',
    'not',
    'CEO',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 8 }), async (words) => {
      const { confidence, verdict, candidate } = await judge(words.join(' '))
      expect(verdict.passed).toBe(
        candidate !== null && confidence >= verdict.threshold && verdict.reason === 'confident',
      )
    }),
    { numRuns: 150 },
  )
})

test('a field of a listing passes', async () =>
  expect((await judge('What is the weight of the Aurora desk lamp?')).verdict).toMatchObject({
    passed: true,
    reason: 'confident',
  }))
test('a stored question passes', async () => expect((await judge('Can I cancel my order?')).verdict.passed).toBe(true))
test('words the shop does not know do not pass', async () => {
  expect((await judge('Will the zorblax 9000 run on diesel?')).verdict.passed).toBe(false)
  expect((await judge('Do you ship to the moon base Alpha?')).verdict.passed).toBe(false)
})
test('a name that is not the product’s does not pass', async () =>
  expect((await judge('What is the weight of the Borealis desk lamp?')).verdict.passed).toBe(false))
test('free text that leaves a word of the question out has no confidence', async () =>
  expect((await judge('How long do I have to return insects?', [RETURNS])).confidence).toBe(0))
test('with no target proven nothing is answered', async () =>
  expect((await judge('Can I cancel my order?', [CANCEL], WEIGHTS, 0.0001)).verdict.passed).toBe(false))

describe('the shipped weights', () => {
  test('push only where their signals may', () => {
    for (const [name, direction] of Object.entries(SIGNALS))
      expect((WEIGHTS.weights[name] ?? 0) * direction).toBeGreaterThanOrEqual(0)
  })
  test('are proven at the target they ship with', () =>
    expect(WEIGHTS.operating.some(({ target }) => target === WEIGHTS.target)).toBe(true))
  test('grow stricter with the target', () => {
    for (const [index, { strata }] of WEIGHTS.operating.entries()) {
      const looser = WEIGHTS.operating[index + 1]
      if (looser)
        for (const kind of ['listing', 'stored_answer', 'free_text'] as const)
          expect(strata[kind].threshold).toBeGreaterThanOrEqual(looser.strata[kind].threshold)
    }
  })
  test('make more of a missing word never more confident', () => {
    const signals = fc.record(
      Object.fromEntries(Object.keys(SIGNALS).map((name) => [name, fc.double({ min: 0, max: 1, noNaN: true })])),
    )
    fc.assert(
      fc.property(signals, fc.double({ min: 0, max: 1, noNaN: true }), (given, more) => {
        const worse = { ...given, rarestMissing: Math.max(given.rarestMissing ?? 0, more) }
        expect(confidenceOf(worse, WEIGHTS)).toBeLessThanOrEqual(confidenceOf(given, WEIGHTS))
      }),
    )
  })
})
