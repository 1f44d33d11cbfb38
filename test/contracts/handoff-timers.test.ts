import { afterEach, expect, test } from 'vitest'
import type { DeskKnock } from '#db/desk/desk-knocks.port.ts'
import { postgresDeskKnocks } from '#db/desk/desk-knocks.postgres.ts'
import { ALWAYS_OPEN, newHandoff } from '../fixtures/handoff-builder.ts'
import { ownerOf, type SupportBench, supportBench } from '../fixtures/support-bench.ts'
import { timerContract } from './handoff-timers.contract.ts'

let opened: SupportBench | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

timerContract('postgres', async () => {
  opened = await supportBench()
  return opened
})

test('the desk hears of reminders and escalations at once, and not of every wait that is told anew', async () => {
  opened = await supportBench()
  const { shop, conversations, handoffs, timers, notifications, clock, signal } = opened
  const at = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000)
  const knocks: (DeskKnock | null)[] = []
  const heard = Promise.withResolvers<void>()
  const stop = postgresDeskKnocks(notifications).listen(shop, (knock) => {
    if (knock?.handoff !== 'hnd_1') knocks.push(knock)
    else if (knock.kind === 'message') heard.resolve()
  })
  for (const number of [1, 2]) {
    const owner = ownerOf(await opened.session())
    const id = await conversations.create(owner, { id: `cnv_${number}`, creationKey: null, at: at(0) }, signal)
    await handoffs.open(owner, id, newHandoff(`hnd_${number}`, at(number), {}), signal)
  }
  const closing = { resolution: 'resolved', note: null, answerSince: at(0), at: at(0) } as const
  await handoffs.close(shop, 'hnd_1', { id: 'opr_1', name: 'Grace' }, closing, signal)
  expect(await timers.retell(shop, ALWAYS_OPEN, at(0), signal)).toBe(1)
  expect(await timers.fire(shop, 'hnd_2', ALWAYS_OPEN, at(100), signal)).toBe('reminded')
  expect(await timers.fire(shop, 'hnd_2', ALWAYS_OPEN, at(130), signal)).toBe('escalated')
  // The last of all: knocks come in the order of the commits.
  await opened.asOwner(
    `select pg_notify('desk', '{"shop":"one","handoff":"hnd_1","conversation":"cnv_1","role":"end"}')`,
  )
  await heard.promise
  stop()
  const knock = { shop, handoff: 'hnd_2', conversation: 'cnv_2', kind: 'handoff', status: 'waiting' }
  // Opened, reminded, escalated.
  expect(knocks).toEqual([knock, knock, knock])
})
