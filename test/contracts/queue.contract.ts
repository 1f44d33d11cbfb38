import { describe, expect, test } from 'vitest'
import { Fault } from '#domain/fault.ts'
import type { Job, Queue } from '#queue/queue.port.ts'

/** `open` gives another process's view of the same jobs. */
export type QueueBench = { open(): Queue; close(): Promise<void> }

const { signal } = new AbortController()

/** What every Queue must do; `bench` gives each test a fresh set of jobs. `unavailable` says why it cannot be tested here. */
export function queueContract(adapter: string, bench: () => Promise<QueueBench>, unavailable?: string) {
  describe(`Queue contract: ${adapter}`, () => {
    const on = (name: string, work: (open: () => Queue) => Promise<void>) =>
      test(name, async (context) => {
        if (unavailable) return context.skip(unavailable)
        const { open, close } = await bench()
        const opened: Queue[] = []
        const remember = () => {
          const queue = open()
          opened.push(queue)
          return queue
        }
        try {
          await work(remember)
        } finally {
          for (const queue of opened) await queue.close(signal)
          await close()
        }
      })

    on('hands a job to the worker of its name, with its payload', async (open) => {
      const queue = open()
      const ran = firstJobs(queue, 'mail', 1)
      firstJobs(queue, 'other', 1).done.catch(() => {})
      await queue.add('mail', { to: 'you', nested: { count: 2 } }, { jobId: 'out_1' }, signal)
      expect(await ran.done).toEqual([
        { id: 'out_1', name: 'mail', payload: { to: 'you', nested: { count: 2 } }, attempt: 1 },
      ])
    })

    on('says whether its workers run', async (open) => {
      const queue = open()
      const ran = firstJobs(queue, 'mail', 1)
      await queue.add('mail', {}, { jobId: 'out_1' }, signal)
      await ran.done
      expect(queue.working()).toBe(true)
      await queue.close(signal)
      expect(queue.working()).toBe(false)
    })

    on('keeps a job until a worker comes', async (open) => {
      await open().add('mail', { n: 1 }, { jobId: 'out_1' }, signal)
      expect(await firstJobs(open(), 'mail', 1).done).toMatchObject([{ payload: { n: 1 } }])
    })

    on('runs a job once when it is added twice, also after it was done', async (open) => {
      const queue = open()
      const ran = firstJobs(queue, 'mail', 2)
      await queue.add('mail', { n: 1 }, { jobId: 'out_1' }, signal)
      await queue.add('mail', { n: 2 }, { jobId: 'out_1' }, signal)
      await ran.atLeast(1)
      await queue.add('mail', { n: 3 }, { jobId: 'out_1' }, signal)
      await queue.add('mail', { n: 4 }, { jobId: 'out_2' }, signal)
      expect((await ran.done).map(({ id, payload }) => [id, payload.n])).toEqual([
        ['out_1', 1],
        ['out_2', 4],
      ])
    })

    on('tries again after a retryable fault and after a bug, and leaves any other fault alone', async (open) => {
      const queue = open()
      const ran = firstJobs(queue, 'mail', 5, ({ id, attempt }) => {
        if (id === 'out_user') throw new Fault({ kind: 'user', code: 'test.user.fault', message: 'No.' })
        if (id === 'out_down' && attempt === 1)
          throw new Fault({ kind: 'retryable', code: 'test.world.down', message: 'Later.' })
        if (id === 'out_bug' && attempt === 1) throw new TypeError('a bug')
      })
      for (const jobId of ['out_user', 'out_down', 'out_bug']) await queue.add('mail', {}, { jobId }, signal)
      const attempts = (await ran.done).map(({ id, attempt }) => `${id} ${attempt}`).sort()
      expect(attempts).toEqual(['out_bug 1', 'out_bug 2', 'out_down 1', 'out_down 2', 'out_user 1'])
    })

    on('adds a job at a pace, once for all processes, however often that is asked for', async (open) => {
      const [one, two] = [open(), open()]
      const began = performance.now()
      const mine = firstJobs(one, 'tick', 3)
      const theirs = firstJobs(two, 'tick', 3)
      for (const queue of [one, two, one]) await queue.every('tick', 'pulse', 200, { n: 1 }, signal)
      await Promise.race([mine.done, theirs.done])
      const passed = performance.now() - began
      const jobs = [...mine.seen, ...theirs.seen]
      expect(jobs[0]).toMatchObject({ name: 'tick', payload: { n: 1 }, attempt: 1 })
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(jobs.length)
      expect(jobs.length).toBeLessThanOrEqual(passed / 200 + 2)
    })

    on('goes on at the pace of a process that is gone, with one job for what was missed', async (open) => {
      const first = open()
      const ran = firstJobs(first, 'tick', 1)
      await first.every('tick', 'pulse', 100, { n: 1 }, signal)
      await ran.done
      await first.close(signal)
      const [next] = await firstJobs(open(), 'tick', 2).done
      expect(next).toMatchObject({ payload: { n: 1 } })
      const other = open()
      const again = firstJobs(other, 'tock', 1)
      await other.every('tock', 'pulse', 3_600_000, { n: 1 }, signal)
      await other.every('tock', 'pulse', 100, { n: 2 }, signal)
      expect((await again.atLeast(2)).at(-1)).toMatchObject({ payload: { n: 2 } })
    })

    on('aborts a running job when it closes, and the job is taken again', async (open) => {
      const first = open()
      const began = Promise.withResolvers<void>()
      const stopped = Promise.withResolvers<unknown>()
      first.worker('mail', async (_job, running) => {
        began.resolve()
        await new Promise(
          (_, fail) => void running.addEventListener('abort', () => fail(running.reason), { once: true }),
        ).catch((reason) => {
          stopped.resolve(reason)
          throw reason
        })
      })
      await first.add('mail', { n: 1 }, { jobId: 'out_1' }, signal)
      await began.promise
      await first.close(signal)
      expect(await stopped.promise).toMatchObject({ message: 'the queue was closed' })
      expect(await firstJobs(open(), 'mail', 1).done).toMatchObject([{ id: 'out_1', payload: { n: 1 } }])
    })
  })
}

/** Registers a worker and gives the first `count` runs it sees. */
function firstJobs(queue: Queue, name: string, count: number, handler: (job: Job) => void = () => {}) {
  const seen: Job[] = []
  const waiting: { count: number; resolve: (jobs: Job[]) => void }[] = []
  const atLeast = (wanted: number) =>
    new Promise<Job[]>((resolve) => {
      if (seen.length >= wanted) resolve(seen.slice(0, wanted))
      else waiting.push({ count: wanted, resolve })
    })
  const done = atLeast(count)
  queue.worker(name, async (job) => {
    seen.push(job)
    for (const wait of waiting) if (seen.length >= wait.count) wait.resolve(seen.slice(0, wait.count))
    handler(job)
  })
  return { done, atLeast, seen }
}
