import { describe, expect, test } from 'vitest'
import type { CaseReport } from '#approvals/cases.port.ts'
import type { OrderEvent } from '#db/inbox/order-news.port.ts'
import type { CaseRow } from '#domain/approvals/case.ts'
import { orderId, shopId } from '#domain/ids.ts'
import { manualClock } from '../../../test/fakes/manual-clock.ts'
import { silentLog } from '../../../test/fixtures/silent-log.ts'
import { tellCases } from './order-news.ts'

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

/** One order with one open case; what was asked of whom. */
function bench(events: OrderEvent[]) {
  const asked = { opened: [] as CaseReport[], jobs: [] as string[], world: [] as string[], done: [] as string[] }
  const waiting = [...events]
  const parts = {
    news: {
      waiting: async () => waiting.splice(0),
      done: async (_shop: unknown, some: { id: string }[]) => void asked.done.push(...some.map(({ id }) => id)),
    },
    world: {
      orderOfTracking: async (_shop: unknown, tracking: string) => (tracking === '1234' ? orderId('O-1') : null),
      happened: async (_shop: unknown, order: string, { type }: { type: string }) =>
        void asked.world.push(`${type} ${order}`),
    },
    cases: {
      open: async (_shop: unknown, report: CaseReport) => {
        asked.opened.push(report)
        return { outcome: 'opened' as const, caseId: 'cas_2' as const }
      },
      ofOrder: async (_shop: unknown, order: string) =>
        order === 'O-1' ? [{ id: 'cas_1' } as unknown as CaseRow] : [],
    },
    queue: {
      add: async (name: string, _payload: unknown, { jobId }: { jobId: string }) =>
        void asked.jobs.push(`${name} ${jobId}`),
    },
    shops: { list: async () => [] },
    clock: manualClock(),
    log: silentLog,
  }
  return { asked, tell: () => tellCases(parts, shop, signal) }
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
