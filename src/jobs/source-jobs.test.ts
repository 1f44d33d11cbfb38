import { expect, test } from 'vitest'
import { Fault } from '#domain/fault.ts'
import { shopId } from '#domain/ids.ts'
import type { Job } from '#queue/queue.port.ts'
import { manualClock } from '../../test/fakes/manual-clock.ts'
import { silentLog } from '../../test/fixtures/silent-log.ts'
import { SOURCES_QUEUE, sourceJobs } from './source-jobs.ts'

const { signal } = new AbortController()

function jobsBench() {
  const clock = manualClock()
  const paces: [name: string, id: string, everyMs: number][] = []
  const added: string[] = []
  const looked: string[] = []
  const broken = new Set<string>()
  let away = false
  let knock: (payload: string | null) => void = () => {}
  let handle: (job: Job, signal: AbortSignal) => Promise<void> = async () => {}
  const reachable = () => {
    if (away) throw new Fault({ kind: 'retryable', code: 'queue.backend.unreachable', message: 'Away.' })
  }
  const jobs = sourceJobs({
    sources: {
      async syncDue(shop) {
        if (broken.has(shop)) throw new Error('broken')
        looked.push(shop)
        return 1
      },
    },
    queue: {
      async add(_name, _payload, { jobId }) {
        reachable()
        if (!added.includes(jobId)) added.push(jobId)
      },
      async every(name, id, everyMs) {
        reachable()
        paces.push([name, id, everyMs])
      },
      worker: (_name, handler) => {
        handle = handler
      },
    },
    notifications: {
      listen: (_channel, onKnock) => {
        knock = onKnock
        return () => {}
      },
    },
    shops: { list: async () => ['one', 'two'].map((id) => ({ id: shopId(id) })) as never },
    clock,
    log: silentLog,
  })
  return {
    ...{ clock, paces, added, looked, broken, jobs },
    setAway: (is: boolean) => {
      away = is
    },
    knock: (payload: string | null) => knock(payload),
    run: () => handle({ id: 'j', name: SOURCES_QUEUE, payload: {}, attempt: 1 }, signal),
  }
}

test('the queue is asked for a look every ten seconds, also when it was away at first', async () => {
  const bench = jobsBench()
  bench.setAway(true)
  await bench.jobs.start(signal)
  await bench.clock.advance(0)
  bench.setAway(false)
  await bench.clock.advance(60_000)
  expect(bench.paces).toEqual([[SOURCES_QUEUE, 'look', 10_000]])
  await bench.jobs.close(signal)
})

test('a look goes through every shop, also past one that fails', async () => {
  const bench = jobsBench()
  await bench.jobs.start(signal)
  bench.broken.add('one')
  await expect(bench.run()).rejects.toThrow('broken')
  expect(bench.looked).toEqual(['two'])
  bench.broken.clear()
  await bench.run()
  expect(bench.looked).toEqual(['two', 'one', 'two'])
  await bench.jobs.close(signal)
})

test('a source that is added or hastened is looked at at once, by one job however many processes hear of it', async () => {
  const bench = jobsBench()
  await bench.jobs.start(signal)
  bench.knock('one:1700000000000')
  bench.knock('one:1700000000000')
  bench.knock(null)
  expect(bench.added).toHaveLength(2)
  expect(bench.added[0]).toBe('now_one_1700000000000')
  await bench.jobs.close(signal)
})
