import { describe, expect, test } from 'vitest'
import type { CaseReport } from '#approvals/cases.port.ts'
import type { OrderEvent, WaitingNews } from '#db/inbox/order-news.port.ts'
import type { CaseRow } from '#domain/approvals/case.ts'
import { Fault } from '#domain/fault.ts'
import { orderId, shopId } from '#domain/ids.ts'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { silentLog } from '../../../test/fixtures/silent-log.ts'
import { type OrderNewsParts, orderNewsJobs, tellCases } from './order-news.ts'

const shop = shopId('one')
const { signal } = new AbortController()
const event = (type: string, data: object, more: Partial<OrderEvent> = {}): OrderEvent => ({
  source: '/shop',
  id: 'e-1',
  type,
  subject: null,
  data: JSON.stringify(data),
  ...more,
})

/** One order with one open case; what was asked of whom. `bad` fails while it is in there, by the order or the parcel's number. */
function bench(events: OrderEvent[], bad = new Map<string, Error>()) {
  const none: string[] = []
  const asked = { opened: [] as CaseReport[], jobs: [...none], world: [...none], done: [...none], parcels: [...none] }
  const parked: string[] = []
  const clock = manualClock()
  type Kept = WaitingNews & { lookAt: number }
  let waiting: Kept[] = events.map((one, at) => ({
    ...one,
    position: `${at + 1}`,
    attempts: 0,
    isDue: true,
    lookAt: 0,
  }))
  const gone = (ids: string[]) => {
    waiting = waiting.filter(({ id }) => !ids.includes(id))
  }
  const mayFail = (name: string) => {
    const error = bad.get(name)
    if (error) throw error
  }
  const parts: OrderNewsParts = {
    news: {
      waiting: async (_shop, { after, at, limit }) =>
        waiting
          .filter(({ position }) => Number(position) > Number(after))
          .slice(0, limit)
          .map((one) => ({ ...one, isDue: one.lookAt <= at.getTime() })),
      done: async (_shop, some) => {
        asked.done.push(...some.map(({ id }) => id))
        gone(some.map(({ id }) => id))
      },
      failed: async (_shop, { id }, problem, lookAgainAt) => {
        if (!lookAgainAt) {
          parked.push(`${id} ${problem.code}`)
          return gone([id])
        }
        waiting = waiting.map((one) =>
          one.id === id ? { ...one, attempts: one.attempts + 1, lookAt: lookAgainAt.getTime() } : one,
        )
      },
    },
    world: {
      orderOfTracking: async (_shop, tracking) => {
        asked.parcels.push(tracking)
        mayFail(tracking)
        return tracking === '1234' ? orderId('O-1') : null
      },
      happened: async (_shop, order, { type }) => {
        mayFail(order)
        asked.world.push(`${type} ${order}`)
      },
    },
    cases: {
      open: async (_shop, report) => {
        asked.opened.push(report)
        return { outcome: 'opened' as const, caseId: 'cas_2' as const }
      },
      ofOrder: async (_shop, order) => (order === 'O-1' ? [{ id: 'cas_1' } as unknown as CaseRow] : []),
    },
    queue: {
      add: async (name, _payload, { jobId }) => void asked.jobs.push(`${name} ${jobId}`),
    },
    shops: { list: async () => [] },
    clock,
    log: silentLog,
  }
  const known = new Map()
  return { asked, parked, clock, parts, tell: () => tellCases(parts, shop, known, signal) }
}

describe('an event about an order', () => {
  test('has the order’s open cases looked at again, once for each event', async () => {
    const { asked, tell } = bench([event('order.updated', { orderId: 'O-1' })])
    await tell()
    expect(asked.jobs).toEqual(['triage news_cas_1__shop_e-1'])
    expect(asked.done).toEqual(['e-1'])
  })

  test('finds its order by the parcel’s number, and becomes true in the world', async () => {
    const { asked, tell } = bench([event('shipment.tracking', { tracking: '1234', event: {} })])
    await tell()
    expect(asked.world).toEqual(['shipment.tracking O-1'])
    expect(asked.jobs).toHaveLength(1)
  })

  test('that the world itself told of is not put into it again', async () => {
    const { asked, tell } = bench([event('shipment.tracking', { tracking: '1234' }, { source: '/sandbox' })])
    await tell()
    expect(asked.world).toEqual([])
    expect(asked.jobs).toHaveLength(1)
  })

  test('opens a case when it raises an exception, with what was measured', async () => {
    const data = { orderId: 'O-9', type: 'damaged_in_transit', detail: 'Crushed', data: { photos: 2 } }
    const { asked, tell } = bench([event('exception.raised', data)])
    await tell()
    expect(asked.opened).toMatchObject([{ order: 'O-9', type: 'damaged_in_transit', data: { photos: 2 } }])
  })

  test('that names no order, no known parcel or no known exception is crossed out and does nothing', async () => {
    const events = [
      event('order.updated', {}),
      event('shipment.tracking', { tracking: '99' }, { id: 'e-2' }),
      event('exception.raised', { orderId: 'O-1', type: 'bad_mood' }, { id: 'e-3' }),
      event('order.updated', {}, { id: 'e-4', data: 'no json' }),
    ]
    const { asked, tell } = bench(events)
    await tell()
    expect(asked).toMatchObject({ opened: [], jobs: [], world: [], done: ['e-1', 'e-2', 'e-3', 'e-4'] })
  })
})

describe('an event that fails', () => {
  const updated = (id: string, order: string, more: Partial<OrderEvent> = {}) =>
    event('order.updated', { orderId: order }, { id, ...more })

  test('holds up what came later about its order, and nothing else', async () => {
    const events = [updated('e-1', 'O-7'), updated('e-2', 'O-1'), updated('e-3', 'O-7'), updated('e-4', 'O-2')]
    const bad = new Map([['O-7', new Error('no such line')]])
    const { asked, clock, tell } = bench(events, bad)
    expect(await tell()).toBe(2)
    expect(asked.done).toEqual(['e-2', 'e-4'])
    bad.clear()
    expect(await tell()).toBe(0)
    await clock.advance(1_000)
    expect(await tell()).toBe(2)
    expect(asked.world.slice(2)).toEqual(['order.updated O-7', 'order.updated O-7'])
    expect(asked.done).toEqual(['e-2', 'e-4', 'e-1', 'e-3'])
  })

  test('always is parked with its reason after six tries, and what waited for it goes on', async () => {
    const bad = new Map([['1234', new Error('broken')]])
    const poisoned = event('shipment.tracking', { tracking: '1234' }, { subject: 'O-1' })
    const { asked, parked, clock, tell } = bench([poisoned, updated('e-2', 'O-1')], bad)
    for (let tries = 0; tries < 6; tries += 1) {
      expect(parked).toEqual([])
      await tell()
      await clock.advance(600_000)
    }
    await tell()
    expect(parked).toEqual(['e-1 app.unexpected'])
    expect(asked.done).toEqual(['e-2'])
  })

  test('for what it says itself is parked at once', async () => {
    const fault = new Fault({ kind: 'user', code: 'commerce.order.unreadable', message: 'No.', status: 422 })
    const { parked, tell } = bench([updated('e-1', 'O-7')], new Map([['O-7', fault]]))
    await tell()
    expect(parked).toEqual(['e-1 commerce.order.unreadable'])
  })

  test('because a system is away is tried for a day', async () => {
    const away = new Fault({ kind: 'retryable', code: 'commerce.order.unreachable', message: 'Away.' })
    const { asked, parked, clock, tell } = bench([updated('e-1', 'O-7')], new Map([['O-7', away]]))
    for (let minutes = 0; minutes < 23 * 60; minutes += 10) {
      await tell()
      await clock.advance(600_000)
    }
    expect(parked).toEqual([])
    for (let minutes = 0; minutes < 120; minutes += 10) {
      await tell()
      await clock.advance(600_000)
    }
    expect(parked).toEqual(['e-1 commerce.order.unreachable'])
    expect(asked.done).toEqual([])
  })

  test('asks for its order when its turn comes alone, and holds it up all the same', async () => {
    const scanned = (id: string, more: object = {}) => event('shipment.tracking', { tracking: '1234', ...more }, { id })
    const events = [scanned('e-1'), scanned('e-2'), scanned('e-3', { tracking: '77' }), updated('e-4', 'O-1')]
    const bad = new Map([
      ['O-1', new Error('no such line')],
      ['77', new Error('away')],
    ])
    const { asked, clock, tell } = bench(events, bad)
    await tell()
    expect(asked.parcels).toEqual(['1234', '1234', '77'])
    for (let rounds = 0; rounds < 5; rounds += 1) expect(await tell()).toBe(0)
    expect(asked).toMatchObject({ parcels: { length: 3 }, done: [] })
    bad.clear()
    await clock.advance(1_000)
    expect(await tell()).toBe(4)
    expect(asked.parcels).toHaveLength(6)
    expect(asked.done).toEqual(['e-1', 'e-2', 'e-3', 'e-4'])
  })

  test('is remembered for its order by another process after one question', async () => {
    const events = [event('shipment.tracking', { tracking: '1234' }), updated('e-2', 'O-1')]
    const { asked, parts, tell } = bench(events, new Map([['O-1', new Error('no such line')]]))
    await tell()
    const known = new Map()
    for (let rounds = 0; rounds < 3; rounds += 1) expect(await tellCases(parts, shop, known, signal)).toBe(0)
    expect(asked).toMatchObject({ parcels: ['1234', '1234'], done: [] })
  })

  test('stands on the page before and is still waited for on the next', async () => {
    const many = Array.from({ length: 150 }, (_, at) => updated(`m-${at}`, 'O-2'))
    const bad = new Map([['O-7', new Error('no such line')]])
    const { asked, tell } = bench([updated('e-1', 'O-7'), ...many, updated('e-2', 'O-7')], bad)
    expect(await tell()).toBe(150)
    expect(asked.done).not.toContain('e-2')
  })
})

test('a shop whose news cannot be read does not keep the other shops from theirs', async () => {
  const { asked, parts } = bench([event('order.updated', { orderId: 'O-1' })])
  const { waiting } = parts.news
  const done = Promise.withResolvers<void>()
  const jobs = orderNewsJobs({
    ...parts,
    shops: { list: async () => [{ id: shopId('broken') }, { id: shop }] as never },
    news: {
      ...parts.news,
      waiting: async (of, page, within) => {
        if (of !== shop) throw new Error('unreadable')
        return waiting(of, page, within)
      },
      done: async (...given) => {
        await parts.news.done(...given)
        done.resolve()
      },
    },
  })
  await jobs.start(signal)
  await done.promise
  await jobs.close(signal)
  expect(asked.done).toEqual(['e-1'])
})
