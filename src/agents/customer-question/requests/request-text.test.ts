import { expect, test } from 'vitest'
import { anOrder, aRefund, paymentOf } from '../../../../test/fixtures/case-builder.ts'
import { requestText } from './request-text.ts'

const order = anOrder({ status: 'delivered' })
const pot = { kind: 'return', items: [{ sku: 'POT', qty: 1 }] } as const
const text = (given: Parameters<typeof requestText>[0], payment = paymentOf(order)) =>
  requestText(given, order, payment, 'en')

test('a return promises no more than is still to go back, and nothing where nobody knows', () => {
  expect(text({ ...pot, items: [...pot.items] })).toContain('what was paid for it, €30.00, is due back to you')
  const partly = paymentOf({ ...order, refunds: [aRefund({ amount: 3_500 })] })
  expect(text({ ...pot, items: [...pot.items] }, partly)).toContain('€10.00, is due back')
  for (const payment of [null, paymentOf(order, { captured: 0 })]) {
    const told = requestText({ ...pot, items: [...pot.items] }, order, payment, 'en')
    expect(told).toContain('A return for order O-1 will be registered: 1 × Pot.')
    expect(told).not.toMatch(/€|due back/)
  }
})

test('only what was never taken is told as never taken', () => {
  const refunded = paymentOf({ ...order, refunds: [aRefund()] })
  expect(text({ kind: 'cancel' }, refunded)).not.toContain('Nothing was taken')
  expect(text({ kind: 'cancel' }, paymentOf(order, { captured: 0 }))).toContain('Nothing was taken')
})

test('a rest is told to stay only where there is one', () => {
  const some = { kind: 'remove_items' as const, items: [{ sku: 'CUP', qty: 1 }] }
  expect(text(some)).toContain('Taken off order O-1 will be 1 × Cup. The rest of it stays.')
  const all = { kind: 'remove_items' as const, items: order.lines.map(({ sku, qty }) => ({ sku, qty })) }
  expect(text(all)).not.toContain('rest')
})
