import { beforeEach, describe, expect, test } from 'vitest'
import type { HandoffTimers } from '#db/desk/handoff-timers.port.ts'
import type { HandoffId } from '#domain/ids.ts'
import type { OpeningHours } from '#domain/opening-hours.ts'
import { ALWAYS_OPEN, GRACE, newHandoff } from '../fixtures/handoff-builder.ts'
import type { HandoffBench } from './handoffs.contract.ts'

export type TimerBench = HandoffBench & { timers: HandoffTimers }

const { signal } = new AbortController()
/** A Wednesday. */
const noon = new Date('2026-03-04T12:00:00.000Z')
const at = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)
let made = 0

/** What HandoffTimers must do; `open` gives each test a fresh store. Hand-overs are due after two hours, reminded of after 90 minutes. */
export function timerContract(adapter: string, open: () => Promise<TimerBench>) {
  let bench: TimerBench
  beforeEach(async () => {
    bench = await open()
  })
  const waiting = async (hours: OpeningHours = ALWAYS_OPEN, when = noon, queue = 'support') => {
    const session = await bench.session()
    const owner = { shop: session.shop, session: session.id, customer: null }
    const conversation = await bench.conversations.create(
      owner,
      { id: `cnv_${++made}`, creationKey: null, at: when },
      signal,
    )
    const handoff = newHandoff(`hnd_${++made}`, when, { hours, queue })
    await bench.handoffs.open(owner, conversation, handoff, signal)
    return {
      id: handoff.id,
      told: async () => (await bench.conversations.transcript(owner, conversation, signal))?.handoff,
      events: async () => (await bench.conversations.events(owner, conversation, 0, 100, signal))?.length,
    }
  }
  const fire = (id: HandoffId, minutes: number, hours = ALWAYS_OPEN) =>
    bench.timers.fire(bench.shop, id, hours, at(minutes), signal)
  const due = async (minutes: number) =>
    (await bench.timers.due(bench.shop, at(minutes), 10, signal)).map(({ id }) => id)
  const history = async (id: HandoffId) =>
    (await bench.handoffs.get(bench.shop, id, signal))?.history.map(({ change }) => change)
  const claimAndReply = async (id: HandoffId, minutes: number) => {
    await bench.handoffs.claim(bench.shop, id, GRACE, { takeOver: false, at: at(minutes) }, signal)
    const mail = { id: `out_${++made}`, sendAt: at(minutes + 1) }
    const said = { id: `msg_${++made}` as const, clientMessageId: 'r', text: 'Hello', mail, at: at(minutes) }
    await bench.handoffs.reply(bench.shop, id, GRACE, said, signal)
  }

  describe(`HandoffTimers contract: ${adapter}`, () => {
    test('reminds once before it is due, which the shopper does not hear of', async () => {
      const { id, told, events } = await waiting()
      expect(await due(89)).toEqual([])
      expect(await due(90)).toEqual([id])
      const [before, count] = [await told(), await events()]
      const fired = await Promise.all(Array.from({ length: 8 }, () => fire(id, 90)))
      expect(fired.filter((outcome) => outcome === 'reminded')).toHaveLength(1)
      expect(await fire(id, 91)).toBe('nothing')
      expect(await due(119)).toEqual([])
      expect([await told(), await events()]).toEqual([before, count])
      expect(await history(id)).toEqual(['opened', 'reminded'])
    })

    test('escalates once when it is due, and tells the shopper another time', async () => {
      const { id, told, events } = await waiting()
      await fire(id, 90)
      expect(await due(120)).toEqual([id])
      const fired = await Promise.all(Array.from({ length: 8 }, () => fire(id, 120)))
      expect(fired.filter((outcome) => outcome === 'escalated')).toHaveLength(1)
      expect(await bench.handoffs.get(bench.shop, id, signal)).toMatchObject({ dueAt: at(120), escalatedAt: at(120) })
      expect(await told()).toMatchObject({ status: 'waiting', expectedReplyBy: at(240).toISOString() })
      expect(await events()).toBe(2)
      expect(await history(id)).toEqual(['opened', 'reminded', 'escalated'])
    })

    test('leaves out a reminder nobody was there to send in time', async () => {
      const { id } = await waiting()
      expect(await fire(id, 600)).toBe('escalated')
      expect(await history(id)).toEqual(['opened', 'escalated'])
    })

    test('tells yet another time when that has passed too, and escalates no second time', async () => {
      const { id, told } = await waiting()
      await fire(id, 120)
      expect(await due(239)).toEqual([])
      expect(await fire(id, 240)).toBe('renewed')
      expect(await told()).toMatchObject({ expectedReplyBy: at(360).toISOString() })
      expect(await history(id)).toEqual(['opened', 'escalated'])
    })

    test('goes on for what was claimed and not replied to', async () => {
      const { id } = await waiting()
      await bench.handoffs.claim(bench.shop, id, GRACE, { takeOver: false, at: at(1) }, signal)
      expect(await fire(id, 120)).toBe('escalated')
    })

    test('ends with the first reply, and with closing', async () => {
      const replied = await waiting()
      await claimAndReply(replied.id, 1)
      const closed = await waiting()
      const closing = { resolution: 'resolved', note: null, answerSince: noon, at: at(1) } as const
      await bench.handoffs.close(bench.shop, closed.id, GRACE, closing, signal)
      expect(await due(10_000)).toEqual([])
      expect(await fire(replied.id, 120)).toBe('nothing')
      expect(await fire(closed.id, 120)).toBe('nothing')
    })

    test('counts opening time alone', async () => {
      const office: OpeningHours = {
        timeZone: 'UTC',
        days: { wed: ['09:00', '13:00'], thu: ['09:00', '13:00'] },
        replyWithinMinutes: 120,
      }
      const { id, told } = await waiting(office)
      expect(await told()).toMatchObject({ expectedReplyBy: '2026-03-05T10:00:00.000Z' })
      const nine = 21 * 60
      expect(await due(nine + 29)).toEqual([])
      expect(await due(nine + 30)).toEqual([id])
    })
  })

  describe(`waits told anew: ${adapter}`, () => {
    const retell = (minutes: number, hours = ALWAYS_OPEN) => bench.timers.retell(bench.shop, hours, at(minutes), signal)

    test('tell everyone behind when the queue moves, once', async () => {
      const [first, second, third] = [await waiting(), await waiting(), await waiting()]
      const elsewhere = await waiting(ALWAYS_OPEN, noon, 'returns')
      expect(await third.told()).toMatchObject({ wait: { ahead: 2, open: true, opensAt: null } })
      expect(await elsewhere.told()).toMatchObject({ wait: { ahead: 0 } })
      expect(await retell(1)).toBe(0)
      await bench.handoffs.claim(bench.shop, first.id, GRACE, { takeOver: false, at: at(1) }, signal)
      const told = await Promise.all([retell(1), retell(1), retell(1)])
      expect(told.reduce((sum, count) => sum + count)).toBe(2)
      expect(await second.told()).toMatchObject({ wait: { ahead: 0 } })
      expect(await third.told()).toMatchObject({ wait: { ahead: 1 } })
      expect(await second.events()).toBe(2)
      expect(await retell(2)).toBe(0)
    })

    test('say the later time where the queue is long, and the promised one once it is not', async () => {
      const short = { ...ALWAYS_OPEN, replyWithinMinutes: 20 }
      const all = [await waiting(short), await waiting(short), await waiting(short)]
      expect(await all[2]?.told()).toMatchObject({ expectedReplyBy: at(30).toISOString() })
      await claimAndReply(all[0]?.id as HandoffId, 1)
      await claimAndReply(all[1]?.id as HandoffId, 1)
      await retell(1, short)
      expect(await all[2]?.told()).toMatchObject({ wait: { ahead: 0 }, expectedReplyBy: at(20).toISOString() })
    })

    test('say when the shop opens next, and that it has opened', async () => {
      const office: OpeningHours = { ...ALWAYS_OPEN, days: { wed: ['13:00', '18:00'] } }
      const { told } = await waiting(office)
      expect(await told()).toMatchObject({ wait: { ahead: 0, open: false, opensAt: at(60).toISOString() } })
      expect(await retell(59, office)).toBe(0)
      expect(await retell(60, office)).toBe(1)
      expect(await told()).toMatchObject({ wait: { ahead: 0, open: true, opensAt: null } })
    })
  })
}
