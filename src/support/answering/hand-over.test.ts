import { expect, test } from 'vitest'
import type { PendingQuestion } from '#db/support/questions.port.ts'
import { failedRun } from './hand-over.ts'

const failedIn = (locale: string) =>
  failedRun({ audience: { locale }, memory: {} } as unknown as PendingQuestion, 'timeout')

test('a failure is told in the language of the session, where the assistant has words in it', () => {
  const told = ['en', 'de-AT', 'fr', 'es', 'it', 'nl', 'pl', 'ar-EG'].map((locale) => failedIn(locale))
  expect(new Set(told.map(({ text }) => text)).size).toBe(8)
  expect(told.map(({ language }) => language)).toEqual(['en', 'de-AT', 'fr', 'es', 'it', 'nl', 'pl', 'ar-EG'])
  expect(failedIn('sv')).toMatchObject({ language: 'en', text: failedIn('en').text, outcome: 'handed_off' })
})
