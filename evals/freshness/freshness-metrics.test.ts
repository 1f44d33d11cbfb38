import { expect, test } from 'vitest'
import { caseLine, freshnessGates, freshnessMetrics, type Outcome } from './freshness-metrics.ts'
import { readUpdateCases } from './update-case.ts'

const [update] = readUpdateCases([
  {
    line: 1,
    value: {
      ...{ id: 'one', documentId: 'returns', title: 'Returns', locale: 'en' },
      before: 'You have 30 days to send it back.',
      after: 'You have 20 days to send it back.',
      changedSentences: ['You have 30 days to send it back.'],
      addedSentences: ['You have 20 days to send it back.'],
    },
  },
])
if (!update) throw new Error('the case is read')
const clean: Outcome = {
  case: update,
  ...{ goingAsked: 1, foundBefore: 1, servedBefore: 0 },
  answerableAfterMs: 80,
  asked: 5,
  answered: 3,
  ...{ staleRetrieved: [], staleServed: [], staleSearches: 0, staleAnswers: 0 },
  ...{ freshFound: 1, freshAsked: 1 },
}

test('nothing stale is nought with an exact upper limit over every question asked', () => {
  const metrics = freshnessMetrics(Array<Outcome>(20).fill(clean), 1)
  expect(metrics.staleRetrieved).toEqual({ value: 0, low: 0, high: 0, n: 20 })
  expect(metrics.staleAnswers).toMatchObject({ value: 0, low: 0, n: 100 })
  expect(metrics.staleAnswers.high).toBeCloseTo(1 - 0.05 ** 0.01, 7)
  expect(metrics.staleUpdates.high).toBeCloseTo(1 - 0.05 ** 0.05, 7)
  expect(metrics).toMatchObject({ freshFound: { value: 1 }, answeredAfter: { value: 0.6 }, tooLate: { value: 0 } })
  expect(metrics).toMatchObject({ foundBefore: { value: 1, n: 20 }, servedBefore: { value: 0, n: 20 } })
  expect(freshnessGates(metrics).map(({ pass }) => pass)).toEqual([true, true])
})

test('one sentence that came back fails the gate it belongs to and is quoted', () => {
  const served = { ...clean, staleServed: ['You have 30 days to send it back.'], staleAnswers: 2 }
  const metrics = freshnessMetrics([clean, served], 1)
  expect(metrics).toMatchObject({
    ...{ staleRetrieved: { value: 0 }, staleServed: { value: 1, n: 2 } },
    ...{ staleUpdates: { value: 0.5 }, staleAnswers: { value: 0.2, n: 10 } },
  })
  expect(freshnessGates(metrics).map(({ pass }) => pass)).toEqual([true, false])
  expect(caseLine(served)).toMatchObject({ verdict: 'wrong', reason: 'You have 30 days to send it back.' })
  expect(caseLine(clean)).toMatchObject({ verdict: 'right', reason: '' })
})

test('a change that never became answerable is too late and no time', () => {
  const metrics = freshnessMetrics([clean, { ...clean, answerableAfterMs: null }], 1)
  expect(metrics).toMatchObject({ tooLate: { value: 1, n: 2 }, answerableAfterMs: { value: 80, n: 1 } })
})

test('a page keeps the language it is written in', () => {
  expect([update.before.locale, update.after.locale]).toEqual(['en', 'en'])
})
