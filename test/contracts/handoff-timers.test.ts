import { afterEach, describe, expect, test } from 'vitest'
import type { DeskKnock } from '#db/desk/desk-knocks.port.ts'
import { postgresDeskKnocks } from '#db/desk/desk-knocks.postgres.ts'
import { ALWAYS_OPEN, GRACE, newHandoff } from '../fixtures/handoff-builder.ts'
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

describe('what the shopper writes after a reply', () => {
  const MINUTE = 60_000
  /** Open on Wednesdays until one and Thursdays; a reply within two hours. The clock stands on a Wednesday, noon. */
  const OFFICE = {
    timeZone: 'UTC',
    days: { wed: ['09:00', '13:00'], thu: ['09:00', '13:00'] },
    replyWithinMinutes: 120,
  }
  const noon = new Date('2026-03-04T12:00:00.000Z')
  const at = (minutes: number) => new Date(noon.getTime() + minutes * MINUTE)
  let made = 0

  /** Claimed and replied to at noon. */
  async function repliedTo(support: object = { ...ALWAYS_OPEN, queue: 'support' }) {
    opened = await supportBench()
    const { shop, shops, conversations, handoffs, timers, questions, session, signal } = opened
    await shops.put({ id: shop, name: 'one', defaultLocale: 'en', currency: 'EUR', settings: { support } }, signal)
    const owner = ownerOf(await session())
    const conversation = await conversations.create(owner, { id: 'cnv_1', creationKey: null, at: noon }, signal)
    await handoffs.open(owner, conversation, newHandoff('hnd_1', noon), signal)
    await handoffs.claim(shop, 'hnd_1', GRACE, { takeOver: false, at: noon }, signal)
    const get = async () => {
      const found = await handoffs.get(shop, 'hnd_1', signal)
      if (!found) throw new Error('not there')
      return found
    }
    const bench = {
      get,
      history: async () => (await get()).history.map(({ change }) => change),
      told: async () => (await conversations.transcript(owner, conversation, signal))?.handoff,
      events: async () => (await conversations.events(owner, conversation, 0, 100, signal))?.length ?? 0,
      due: async (minutes: number) => (await timers.due(shop, at(minutes), 10, signal)).length,
      fire: (minutes: number) => timers.fire(shop, 'hnd_1', ALWAYS_OPEN, at(minutes), signal),
      async write(minutes: number, text = `text ${minutes}`) {
        const message = { id: `msg_${++made}` as const, clientMessageId: text, text, traceId: 'trc_1', at: at(minutes) }
        return questions.accept(owner, conversation, message, signal)
      },
      async reply(minutes: number) {
        const mail = { id: `out_${++made}`, sendAt: at(minutes + 1) }
        const said = {
          id: `msg_${++made}` as const,
          clientMessageId: `${made}`,
          text: 'One moment',
          mail,
          at: at(minutes),
        }
        await handoffs.reply(shop, 'hnd_1', GRACE, said, signal)
      },
      close: (resolution: 'returned' | 'resolved', minutes: number) =>
        handoffs.close(shop, 'hnd_1', GRACE, { resolution, note: null, answerSince: noon, at: at(minutes) }, signal),
    }
    await bench.reply(0)
    return bench
  }

  test('is due by the same promise, with one reminder and one escalation, as often as they write', async () => {
    const { get, history, told, events, due, fire, write, reply } = await repliedTo()
    expect(await due(10_000)).toBe(0)
    for (const start of [10, 500]) {
      const before = await events()
      await write(start)
      expect(await events()).toBe(before + 2)
      expect(await get()).toMatchObject({
        dueAt: at(start + 120),
        repliedAt: null,
        remindedAt: null,
        escalatedAt: null,
      })
      expect(await told()).toMatchObject({ status: 'claimed', expectedReplyBy: at(start + 120).toISOString() })
      expect([await due(start + 89), await due(start + 90)]).toEqual([0, 1])
      const reminded = await Promise.all(Array.from({ length: 4 }, () => fire(start + 90)))
      expect(reminded.toSorted()).toEqual(['nothing', 'nothing', 'nothing', 'reminded'])
      const escalated = await Promise.all(Array.from({ length: 4 }, () => fire(start + 120)))
      expect(escalated.toSorted()).toEqual(['escalated', 'nothing', 'nothing', 'nothing'])
      expect(await told()).toMatchObject({ expectedReplyBy: at(start + 240).toISOString() })
      expect(await fire(start + 240)).toBe('renewed')
      await reply(start + 241)
      expect(await due(10_000)).toBe(0)
      expect(await get()).toMatchObject({ repliedAt: at(start + 241), expectedAt: null })
    }
    const round = ['reminded', 'escalated', 'replied']
    expect(await history()).toEqual(['opened', 'claimed', 'replied', ...round, ...round])
  })

  test('keeps its time when they write more, or when the same message comes again', async () => {
    const { get, write, reply, due } = await repliedTo()
    await write(10, 'the first')
    await write(50, 'another')
    expect(await get()).toMatchObject({ dueAt: at(130) })
    await reply(60)
    await write(70, 'the first')
    expect(await due(10_000)).toBe(0)
  })

  test('waits for the shop to open', async () => {
    const { get, told, write } = await repliedTo({ ...OFFICE, queue: 'support' })
    await write(120)
    const due = new Date('2026-03-05T11:00:00.000Z')
    expect(await get()).toMatchObject({ dueAt: due })
    expect(await told()).toMatchObject({ expectedReplyBy: due.toISOString() })
  })

  test.each(['returned', 'resolved'] as const)('is owed no more when it is %s', async (resolution) => {
    const { write, close, due } = await repliedTo()
    await write(10)
    await close(resolution, 20)
    expect(await due(10_000)).toBe(0)
  })

  test('is heard of at the desk as it happens, and listed before those replied to', async () => {
    const { write } = await repliedTo()
    const bench = opened as SupportBench
    const { shop, conversations, handoffs, notifications, signal } = bench
    const owner = ownerOf(await bench.session())
    const other = await conversations.create(owner, { id: 'cnv_2', creationKey: null, at: noon }, signal)
    // Due before, so that without a reply it would be listed first.
    await handoffs.open(owner, other, newHandoff('hnd_2', at(-60)), signal)
    await handoffs.claim(shop, 'hnd_2', GRACE, { takeOver: false, at: noon }, signal)
    const said = {
      id: 'msg_r',
      clientMessageId: 'r',
      text: 'Done',
      mail: { id: 'out_r', sendAt: at(1) },
      at: noon,
    } as const
    await handoffs.reply(shop, 'hnd_2', GRACE, said, signal)
    const listed = async () => {
      const ids: string[] = []
      for (let cursor: string | null = null, pages = 0; pages === 0 || cursor; pages++) {
        const page = await handoffs.list(shop, { status: 'claimed', cursor, limit: 1 }, signal)
        ids.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      return ids
    }
    expect(await listed()).toEqual(['hnd_2', 'hnd_1'])
    const heard = Promise.withResolvers<DeskKnock | null>()
    const stop = postgresDeskKnocks(notifications).listen(shop, (knock) => {
      if (knock?.kind === 'handoff') heard.resolve(knock)
    })
    await write(10)
    expect(await heard.promise).toMatchObject({ handoff: 'hnd_1', status: 'claimed' })
    stop()
    expect(await listed()).toEqual(['hnd_1', 'hnd_2'])
  })
})
