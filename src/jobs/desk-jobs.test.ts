import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Session } from '#db/access/sessions.port.ts'
import { postgresDeskKnocks } from '#db/desk/desk-knocks.postgres.ts'
import { openQueuePool } from '#db/queue-pool.ts'
import { Fault } from '#domain/fault.ts'
import { postgresQueue } from '#queue/queue.bullmq.ts'
import type { Job } from '#queue/queue.port.ts'
import { GRACE, newHandoff } from '../../test/fixtures/handoff-builder.ts'
import { ownerOf, SILENT, type SupportBench, supportBench } from '../../test/fixtures/support-bench.ts'
import { replyMailing } from '../support/desk/reply-mails.ts'
import { fileOutbox } from '../support/mail/mailer.file.ts'
import type { Mail, Mailer } from '../support/mail/mailer.port.ts'
import { personalData } from '../support/personal-data.ts'
import { type DeskJobParts, deskJob, deskJobs, lookAtDesk } from './desk-jobs.ts'

const MINUTE = 60_000
const { signal } = new AbortController()
let bench: SupportBench
let folder: string
beforeEach(async () => {
  bench = await supportBench()
  folder = await mkdtemp(join(tmpdir(), 'purser-desk-'))
})
afterEach(async () => {
  await bench.close()
  await rm(folder, { recursive: true })
})

/** Jobs lie there until they are run; each id once, as in a queue. */
function heldQueue() {
  const jobs = new Map<string, Job>()
  const add: DeskJobParts['queue']['add'] = async (name, payload, { jobId }) => {
    if (!jobs.has(jobId)) jobs.set(jobId, { id: jobId, name, payload, attempt: 1 })
  }
  return { queue: { add, worker: () => {} }, jobs }
}

function partsOver(
  queue: DeskJobParts['queue'],
  mailer: Pick<Mailer, 'send'> & Partial<Mailer> = fileOutbox(folder, bench.clock),
) {
  const { clock, timers, shops, replyMails: mails, notifications } = bench
  const mailing = replyMailing(mails, { recall: async () => false, ...mailer }, clock, SILENT)
  return { timers, mails, mailing, knocks: postgresDeskKnocks(notifications), shops, queue, clock, log: SILENT }
}

async function waiting(contact: string | null = null, by?: Session) {
  const session = by ?? (await bench.session())
  const at = bench.clock.now()
  const id = await bench.conversations.create(
    ownerOf(session),
    { id: bench.ids.make('cnv'), creationKey: null, at },
    signal,
  )
  const handoff = newHandoff(bench.ids.make('hnd'), at, { contact })
  await bench.handoffs.open(ownerOf(session), id, handoff, signal)
  return handoff.id
}

async function replied(contact: string | null = 'ada@shop.example', by?: Session) {
  const id = await waiting(contact, by)
  const at = bench.clock.now()
  await bench.handoffs.claim(bench.shop, id, GRACE, { takeOver: false, at }, signal)
  const mail = { id: bench.ids.make('out'), sendAt: new Date(at.getTime() + MINUTE) }
  const said = { id: bench.ids.make('msg'), clientMessageId: 'one', text: 'It ships tomorrow.', mail, at }
  await bench.handoffs.reply(bench.shop, id, GRACE, said, signal)
  return id
}

const changes = async (id: `hnd_${string}`) =>
  (await bench.handoffs.get(bench.shop, id, signal))?.history.map(({ change }) => change)

describe('timers on the job queue', () => {
  test('remind and escalate once each, however often they are looked at and run', async () => {
    const id = await waiting()
    const { queue, jobs } = heldQueue()
    const parts = partsOver(queue)
    const [look, run] = [lookAtDesk(parts), deskJob(parts)]
    await look(signal)
    expect([...jobs]).toEqual([])
    for (const minutes of [91, 30]) {
      bench.clock.move(minutes * MINUTE)
      await Promise.all([look(signal), look(signal)])
      for (const job of jobs.values()) await Promise.all([run(job, signal), run(job, signal)])
    }
    expect(jobs.size).toBe(2)
    expect(await changes(id)).toEqual(['opened', 'reminded', 'escalated'])
  })

  test('come again when the queue lost them, or died before they were run', async () => {
    const id = await waiting()
    bench.clock.move(121 * MINUTE)
    await lookAtDesk(partsOver(heldQueue().queue))(signal)
    const { queue, jobs } = heldQueue()
    await lookAtDesk(partsOver(queue))(signal)
    for (const job of jobs.values()) await deskJob(partsOver(queue))(job, signal)
    expect(await changes(id)).toEqual(['opened', 'escalated'])
  })

  test('come again after a job that failed for good, as on a full disk', async () => {
    const id = await waiting()
    const pool = openQueuePool(bench.connection, SILENT)
    const queue = postgresQueue(pool, bench.clock, SILENT)
    const failed = Promise.withResolvers<void>()
    const escalated = Promise.withResolvers<void>()
    const parts = partsOver(queue)
    let full = true
    queue.worker('desk', async (job, running) => {
      if (!full) return deskJob(parts)(job, running).then(escalated.resolve)
      failed.resolve()
      throw new Fault({ kind: 'operator', code: 'db.disk.full', message: 'The disk is full.' })
    })
    bench.clock.move(121 * MINUTE)
    await lookAtDesk(parts)(signal)
    await failed.promise
    full = false
    bench.clock.move(15 * MINUTE)
    await lookAtDesk(parts)(signal)
    await escalated.promise
    await queue.close(signal)
    await pool.end()
    expect(await changes(id)).toEqual(['opened', 'escalated'])
  })

  test('look at once when a hand-over moves: those behind hear of it', async () => {
    const [first, second] = [await waiting(), await waiting()]
    const jobs = deskJobs(partsOver(heldQueue().queue))
    await jobs.start(signal)
    const ahead = async () => (await bench.handoffs.get(bench.shop, second, signal))?.wait?.ahead
    const moved = Promise.withResolvers<void>()
    // The knock a shopper's stream goes by; the desk itself is not told of waits.
    const stop = bench.notifications.listen('conversation', async () => {
      if ((await ahead()) === 0) moved.resolve()
    })
    expect(await ahead()).toBe(1)
    await bench.handoffs.claim(bench.shop, first, GRACE, { takeOver: false, at: bench.clock.now() }, signal)
    await moved.promise
    stop()
    await jobs.close(signal)
  })

  test('run on the job queue itself, while two processes look and one of them ends', async () => {
    const open = async () => {
      const pool = openQueuePool(bench.connection, SILENT)
      const queue = postgresQueue(pool, bench.clock, SILENT)
      const jobs = deskJobs(partsOver(queue))
      await jobs.start(signal)
      return async () => {
        await jobs.close(signal)
        await queue.close(signal)
        await pool.end()
      }
    }
    const [id, other] = [await waiting(), await waiting()]
    const close = [await open(), await open()]
    const escalated = Promise.withResolvers<void>()
    const stop = postgresDeskKnocks(bench.notifications).listen(bench.shop, async () => {
      if ((await changes(id))?.includes('escalated')) escalated.resolve()
    })
    bench.clock.move(121 * MINUTE)
    // A hand-over that moves is the knock they look at; one process is gone by then.
    await close.pop()?.()
    await bench.handoffs.claim(bench.shop, other, GRACE, { takeOver: false, at: bench.clock.now() }, signal)
    await escalated.promise
    stop()
    await close.pop()?.()
    expect(await changes(id)).toEqual(['opened', 'escalated'])
  })

  test('refuse a job of nothing they know', async () => {
    const job = { id: '1', name: 'desk', payload: { kind: 'other' }, attempt: 1 }
    await expect(deskJob(partsOver(heldQueue().queue))(job, signal)).rejects.toMatchObject({
      code: 'jobs.payload.invalid',
    })
  })
})

describe('a reply the shopper has not seen', () => {
  const round = async (mailer?: Pick<Mailer, 'send'> & Partial<Mailer>) => {
    const { queue, jobs } = heldQueue()
    const parts = partsOver(queue, mailer)
    await lookAtDesk(parts)(signal)
    for (const job of jobs.values()) await deskJob(parts)(job, signal)
    return jobs.size
  }
  const outbox = async () => Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))

  test('goes by e-mail after a minute, with what was written, by whom and for which shop alone', async () => {
    const id = await replied()
    expect(await round()).toBe(0)
    bench.clock.move(MINUTE)
    expect(await round()).toBe(1)
    const [mail = ''] = await outbox()
    expect(mail).toContain('To: ada@shop.example')
    expect(mail).toContain('Grace of one wrote:\n\nIt ships tomorrow.')
    expect(mail).not.toMatch(/hnd_|cnv_|msg_/)
    expect(await changes(id)).toEqual(['opened', 'claimed', 'replied', 'emailed'])
  })

  test('is one message also when the process died between sending and knowing it', async () => {
    await replied()
    bench.clock.move(MINUTE)
    const dying: Pick<Mailer, 'send'> = {
      async send(mail, sending) {
        await fileOutbox(folder, bench.clock).send(mail, sending)
        // What follows never runs: its transaction does not come about.
        bench.replyMails.end = () => Promise.reject(new Error('killed'))
        bench.replyMails.postpone = () => Promise.reject(new Error('killed'))
        return { outcome: 'sent' }
      },
    }
    const { end, postpone } = bench.replyMails
    await expect(round(dying)).rejects.toThrow('killed')
    Object.assign(bench.replyMails, { end, postpone })
    expect(await round()).toBe(0)
    bench.clock.move(3 * MINUTE)
    expect(await round()).toBe(1)
    expect(await outbox()).toHaveLength(1)
    expect(await round()).toBe(0)
  })

  test('is sent again until the mail server takes it', async () => {
    await replied()
    const sent: Mail[] = []
    let reachable = false
    const flaky: Pick<Mailer, 'send'> = {
      async send(mail) {
        if (!reachable) throw new Error('no connection')
        sent.push(mail)
        return { outcome: 'sent' }
      },
    }
    for (const _ of [1, 2]) {
      bench.clock.move(MINUTE + 1_000)
      expect(await round(flaky)).toBe(1)
    }
    reachable = true
    bench.clock.move(MINUTE + 1_000)
    await round(flaky)
    expect(sent).toHaveLength(1)
    bench.clock.move(10 * MINUTE)
    expect(await round(flaky)).toBe(0)
  })

  test('is in no outbox once its shopper was erased, also while it was written', async () => {
    const session = await bench.session()
    await replied('ada@shop.example', session)
    bench.clock.move(MINUTE)
    const outboxFiles = fileOutbox(folder, bench.clock)
    const erasing = {
      ...outboxFiles,
      async send(mail: Mail, sending: AbortSignal) {
        await personalData(bench.personalData, outboxFiles).erase(ownerOf(session), bench.clock.now(), null, signal)
        return outboxFiles.send(mail, sending)
      },
    }
    await round(erasing)
    expect(await outbox()).toEqual([])
    bench.clock.move(10 * MINUTE)
    expect(await round()).toBe(0)
  })

  test('is let go of when the address takes no mail', async () => {
    const id = await replied()
    bench.clock.move(MINUTE)
    await round({ send: async () => ({ outcome: 'refused' }) })
    bench.clock.move(10 * MINUTE)
    expect(await round()).toBe(0)
    expect(await changes(id)).not.toContain('emailed')
  })
})
