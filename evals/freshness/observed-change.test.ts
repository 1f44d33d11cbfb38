import { expect, test } from 'vitest'
import type { Answer } from '#domain/answer.ts'
import { observedChange } from './observed-change.ts'
import type { RunningShop } from './running-shop.ts'
import { readUpdateCases } from './update-case.ts'

const OLD = 'You have 30 days to send it back.'
const NEW = 'You have 20 days to send it back.'
const [update] = readUpdateCases([
  {
    line: 1,
    value: {
      ...{ id: 'one', documentId: 'returns', title: 'Returns', before: OLD, after: NEW },
      ...{ changedSentences: [OLD], addedSentences: [NEW] },
    },
  },
])
if (!update) throw new Error('the case is read')

type Page = { documentId: string; text: string }
/** A shop over a list: `searched` and `told` say which versions, oldest first, it finds and quotes. */
function listShop(searched: (pages: Page[]) => Page[], told = searched): RunningShop {
  const pages: Page[] = []
  return {
    async tell(event) {
      const { data } = event as { data: { id: string; text: string } }
      pages.push({ documentId: data.id, text: data.text })
    },
    stored: async () => pages.at(-1)?.text ?? null,
    search: async () => searched(pages),
    ask: async () => {
      const citations = told(pages).map(({ documentId, text }) => ({ documentId, quote: text }))
      return { outcome: 'answered', text: citations.map(({ quote }) => quote).join(' '), citations } as Answer
    },
    async close() {},
  }
}
const newest = (pages: Page[]) => pages.slice(-1)
const all = (pages: Page[]) => pages

test('a shop that forgets the old is clean, and the control saw the old while it stood', async () => {
  expect(await observedChange(listShop(newest), update, 0)).toMatchObject({
    ...{ goingAsked: 1, foundBefore: 1, servedBefore: 1, asked: 3, answered: 3 },
    ...{ staleRetrieved: [], staleServed: [], staleSearches: 0, staleAnswers: 0 },
    ...{ freshFound: 1, freshAsked: 1, answerableAfterMs: expect.any(Number) },
  })
})

test('an index that keeps the old passage beside the new one is caught in every search', async () => {
  expect(await observedChange(listShop(all, newest), update, 0)).toMatchObject({
    ...{ staleRetrieved: [OLD], staleServed: [], staleSearches: 3, staleAnswers: 0 },
  })
})

test('an answer kept from before the change is caught, though the search is clean', async () => {
  expect(await observedChange(listShop(newest, all), update, 0)).toMatchObject({
    ...{ staleRetrieved: [], staleServed: [OLD], staleSearches: 0, staleAnswers: 3 },
  })
})

test('what another page says today is not stale', async () => {
  const other = { documentId: 'faq', text: OLD }
  const shop = listShop((pages) => [...newest(pages), other])
  expect(await observedChange(shop, update, 0)).toMatchObject({ staleRetrieved: [], staleServed: [] })
})
