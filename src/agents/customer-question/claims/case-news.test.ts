import { expect, test } from 'vitest'
import type { ActionState, CaseAction, CaseDetail } from '#domain/approvals/case.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import { customerId, shopId } from '#domain/ids.ts'
import { manualClock } from '../../../../test/fakes/manual-clock.ts'
import { caseOf } from '../../../../test/fakes/memory-reports.ts'
import { orderOf } from '../../../../test/fixtures/chat-over.ts'
import { caseNews } from './case-news.ts'

const AT = '2026-01-05T12:00:00.000Z'
const told = caseNews({ orders: async () => ({ outcome: 'found', orders: [orderOf('NL-1')], at: AT }) }, manualClock())
const caller = { shop: shopId('s'), customer: customerId('C1'), unlockedOrders: [] }
const news = (changes: Partial<CaseDetail>) => told.news(caller, caseOf(changes), 'en', new AbortController().signal)
const acted = (kind: ActionKind, status: ActionState): CaseAction => ({
  id: `act_${kind}`,
  ...{ kind, args: {}, effect: '', status, receipt: status === 'succeeded' ? 'rcp_1' : null },
  ...{ why: null, money: null, reversible: false, undoableUntil: null, undoOf: null },
})
const request = { type: 'customer_request', data: { request: { kind: 'cancel' } } } as const

test('a request of which a part failed is told as being with a person, and as done once the rest is', async () => {
  const half = [acted('cancel_order', 'succeeded'), acted('refund', 'failed')]
  const first = await news({ ...request, status: 'failed', actions: half })
  expect(first?.state).toBe('with_person')
  expect(first?.text).toContain('the order was cancelled (receipt rcp_1)')
  const whole = [...half, { ...acted('refund', 'succeeded'), id: 'act_2' as const }]
  expect((await news({ ...request, status: 'resolved', actions: whole }))?.state).toBe('done')
})

test('of what waits only a request that was written about is told', async () => {
  const letter = [acted('request_payment_method', 'succeeded')]
  const asked = { ...request, data: { request: { kind: 'payment' } } }
  expect(await news({ ...asked, status: 'waiting', actions: letter })).toMatchObject({ state: 'done' })
  expect(await news({ ...asked, status: 'waiting' })).toBeNull()
  // What comes of a report is told once it is over.
  expect(await news({ status: 'waiting', actions: [acted('open_carrier_trace', 'succeeded')] })).toBeNull()
})
