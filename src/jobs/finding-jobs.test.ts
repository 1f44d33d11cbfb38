import { expect, test } from 'vitest'
import { shopId } from '#domain/ids.ts'
import type { Job } from '#queue/queue.port.ts'
import { manualClock } from '../../test/fakes/manual-clock.ts'
import { silentLog } from '../../test/fixtures/silent-log.ts'
import { FINDINGS_QUEUE, findingJobs } from './finding-jobs.ts'

const { signal } = new AbortController()

function jobsBench() {
  const clock = manualClock()
  const added: { payload: unknown; jobId: string }[] = []
  const passed: string[] = []
  let knock: (payload: string | null) => void = () => {}
  let handle: (job: Job, signal: AbortSignal) => Promise<void> = async () => {}
  const due = new Map<string, number>([['one', 7]])
  const held = new Map<string, string>()
  const pauses: Promise<void>[] = []
  const counted = { secrets: 0, holds: 0 }
  const jobs = findingJobs({
    findings: {
      due: async (shop) => (due.has(shop) ? { epoch: due.get(shop) ?? 0 } : null),
      pass: async (shop) => {
        passed.push(shop)
        await pauses.shift()
        due.delete(shop)
        return { looked: 1 }
      },
    },
    queue: {
      async add(name, payload, { jobId }) {
        expect(name).toBe(FINDINGS_QUEUE)
        if (!added.some((known) => known.jobId === jobId)) added.push({ payload, jobId })
      },
      worker: (_name, handler) => {
        handle = handler
      },
    },
    shops: { list: async () => ['one', 'two'].map((id) => ({ id: shopId(id) })) as never },
    notifications: {
      listen: (_channel, onKnock) => {
        knock = onKnock
        return () => {}
      },
    },
    leases: {
      async hold(shop, _name, holder) {
        counted.holds += 1
        if ((held.get(shop) ?? holder) !== holder) return false
        held.set(shop, holder)
        return true
      },
      async release(shop, _name, holder) {
        if (held.get(shop) === holder) held.delete(shop)
      },
    },
    ids: { secret: () => `holder ${++counted.secrets}` },
    clock,
    log: silentLog,
  })
  return {
    clock,
    added,
    passed,
    due,
    held,
    pauses,
    counted,
    jobs,
    knock: () => knock('one'),
    handle: (payload: object) => handle({ id: 'j', name: FINDINGS_QUEUE, payload: { ...payload }, attempt: 1 }, signal),
  }
}

test('content that changed is looked at by one job, soon after a start and after a knock', async () => {
  const bench = jobsBench()
  await bench.jobs.start(signal)
  await bench.clock.advance(2_000)
  expect(bench.added.map(({ payload }) => payload)).toEqual([{ shop: 'one' }])
  await bench.handle({ shop: 'one' })
  expect(bench.passed).toEqual(['one'])
  bench.due.set('two', 1)
  bench.knock()
  bench.knock()
  await bench.clock.advance(4_000)
  expect(bench.added.map(({ payload }) => payload)).toEqual([{ shop: 'one' }, { shop: 'two' }])
  await bench.jobs.close(signal)
})

test('a job whose pass never came to an end is asked for again, a minute later', async () => {
  const bench = jobsBench()
  await bench.jobs.start(signal)
  await bench.clock.advance(2_000)
  await bench.clock.advance(62_000)
  expect(new Set(bench.added.map(({ jobId }) => jobId)).size).toBe(2)
  await bench.jobs.close(signal)
})

test('a second pass sees that one is running and does not wait for it; what came meanwhile is asked for after it', async () => {
  const bench = jobsBench()
  await bench.jobs.start(signal)
  await bench.clock.advance(2_000)
  let finish: () => void = () => {}
  bench.pauses.push(new Promise<void>((done) => (finish = done)))
  const first = bench.handle({ shop: 'one' })
  await bench.clock.advance(25_000)
  expect(bench.counted.holds).toBe(3)
  await bench.handle({ shop: 'one' })
  await bench.handle({ shop: 'two' })
  expect(bench.passed).toEqual(['one', 'two'])
  const asked = bench.added.length
  finish()
  await first
  expect(bench.held.size).toBe(0)
  bench.due.set('one', 8)
  await bench.clock.advance(2_000)
  expect(bench.added.length).toBe(asked + 1)
  await bench.handle({ shop: 'one' })
  expect(bench.passed).toEqual(['one', 'two', 'one'])
  await bench.jobs.close(signal)
})

test('a pass that fails, or is stopped by the closing of its process, leaves the shop to the next', async () => {
  const bench = jobsBench()
  await bench.jobs.start(signal)
  bench.pauses.push(Promise.reject(new Error('the database went away')))
  await expect(bench.handle({ shop: 'one' })).rejects.toThrow('went away')
  expect(bench.held.size).toBe(0)
  await bench.handle({ shop: 'one' })
  expect(bench.passed).toEqual(['one', 'one'])
  await bench.jobs.close(signal)
})

test('a job that names no shop is refused for good', async () => {
  const bench = jobsBench()
  await bench.jobs.start(signal)
  await expect(bench.handle({})).rejects.toMatchObject({ code: 'jobs.payload.invalid', kind: 'fatal' })
  await bench.jobs.close(signal)
})
