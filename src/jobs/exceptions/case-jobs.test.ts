import { expect, test } from 'vitest'
import { type CaseId, shopId } from '#domain/ids.ts'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { silentLog } from '../../../test/fixtures/silent-log.ts'
import { type CaseJobParts, caseJobs, lookAtCases } from './case-jobs.ts'

const { signal } = new AbortController()
const [broken, whole] = [shopId('broken'), shopId('whole')]

/** Two shops where nothing is due. */
function bench(changes: object = {}) {
  const nothing = async () => []
  return {
    cases: { due: nothing },
    proposals: { deadlines: nothing, advance: async () => false },
    journal: { ready: nothing, unsettled: nothing },
    shops: { list: async () => [{ id: broken }, { id: whole }] },
    queue: { add: async () => {}, worker: () => {} },
    clock: manualClock(),
    log: silentLog,
    ...changes,
  } as unknown as CaseJobParts
}

test('a case that still owes what its customer wants forgotten is asked for as that', async () => {
  const asked: unknown[] = []
  const owed = { caseId: 'cas_1' as CaseId, what: 'erased', status: 'escalated', round: 3 }
  const parts = bench({
    shops: { list: async () => [{ id: whole }] },
    cases: { due: async () => [owed] },
    queue: { add: async (...[name, payload]: unknown[]) => void asked.push([name, payload]) },
  })
  await lookAtCases(parts)(signal)
  expect(asked).toEqual([['triage', { shop: whole, caseId: 'cas_1', why: 'erased' }]])
})

test('a shop whose ended cases cannot be tidied does not keep the other shops from it', async () => {
  const tidied = Promise.withResolvers<string>()
  const tidy = async (shop: string) => {
    if (shop === broken) throw new Error('unreadable')
    tidied.resolve(shop)
    return 0
  }
  const jobs = caseJobs(bench({ agent: { tidy } }))
  await jobs.start(signal)
  expect(await tidied.promise).toBe(whole)
  await jobs.close(signal)
})
