import { expect, test } from 'vitest'
import type { ChangedCase } from '#db/support/news/case-news.port.ts'
import { shopId } from '#domain/ids.ts'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { silentLog } from '../../../test/fixtures/silent-log.ts'
import { type CaseNewsParts, tellNews } from './case-news-jobs.ts'

const { signal } = new AbortController()

/** So many cases with news, the oldest change first, of which those of `bad` cannot be told. */
function bench(cases: number, bad: (at: number) => boolean) {
  let waiting = Array.from({ length: cases }, (_, at) => ({ caseId: `cas_${at}`, isBad: bad(at) }))
  const tried: string[] = []
  const parts = {
    store: {
      changed: async (_shop: unknown, _since: Date, limit: number) =>
        waiting.slice(0, limit) as unknown as ChangedCase[],
      tell: async (_shop: unknown, one: ChangedCase) => {
        tried.push(one.caseId)
        if ((one as unknown as { isBad: boolean }).isBad) throw new Error(`no word of ${one.caseId}`)
        waiting = waiting.filter(({ caseId }) => caseId !== one.caseId)
        return true
      },
    },
    news: { news: async () => null },
    cases: { detail: async () => null },
    shops: { list: async () => [{ id: shopId('one') }] },
    clock: manualClock(),
    log: silentLog,
  } as unknown as CaseNewsParts
  return { tried, left: () => waiting.length, tell: () => tellNews(parts)(signal) }
}

test('a case that cannot be told of does not keep the others of its shop waiting', async () => {
  const { left, tell } = bench(5, (at) => at === 1)
  await expect(tell()).rejects.toThrow('no word of cas_1')
  expect(left()).toBe(1)
})

test('however many cannot be told of, all behind them are, each tried once a round', async () => {
  const { tried, left, tell } = bench(450, (at) => at < 250)
  await expect(tell()).rejects.toThrow('no word of cas_0')
  expect(left()).toBe(250)
  expect(new Set(tried).size).toBe(450)
  expect(tried).toHaveLength(450)
})
