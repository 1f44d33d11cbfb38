import { expect, test } from 'vitest'
import type { RetrievalQuery } from '#rag/retrieval.port.ts'
import { understanding } from '#rag/understand/understanding.ts'
import { foundFor } from '../../../../test/fixtures/passages.ts'
import type { QuestionState } from '../state.ts'
import { retrieve } from './retrieve.ts'

async function askedIn(text: string, locale: string): Promise<string | undefined> {
  const queries: RetrievalQuery[] = []
  const search = async (query: RetrievalQuery) => {
    queries.push(query)
    return foundFor(query.text, [])
  }
  const question = understanding().read(text, { question: null, product: null, locale })
  const state = { input: { audience: { locale } }, question, progress: () => {} } as unknown as QuestionState
  await retrieve({ search })(state, { signal: new AbortController().signal })
  return queries[0]?.audience.locale
}

test.each([
  ['Wie lange dauert der Versand?', 'en', 'de'],
  ['How long does delivery take?', 'de-AT', 'en'],
  ['Wie lange dauert der Versand?', 'de-AT', 'de-AT'],
  ['Quels sont vos délais de livraison pour la France ?', 'fr-CA', 'fr-CA'],
  ['Quels sont vos délais de livraison pour la France ?', 'en', 'fr'],
  ['هل يمكنني إرجاع المنتج؟', 'en', 'ar'],
])('%s, asked on a page in %s, is looked for in %s', async (text, locale, expected) =>
  expect(await askedIn(text, locale)).toBe(expected),
)
