import { describe, expect, test } from 'vitest'
import { anOrder, at, looked } from '../../../../../test/fixtures/case-builder.ts'

const order = anOrder({ status: 'processing', lines: [{ sku: 'POT', name: 'Pot', qty: 2, unitPrice: 2_500 }] })
const place = (location: string, onHand: number, reserved: number, more = {}) => ({
  sku: 'POT',
  location,
  onHand,
  reserved,
  ...more,
})
const type = 'out_of_stock_open_order'

describe('a line the picking location cannot fill', () => {
  test('closes when enough is free there again', () => {
    expect(looked(type, { order, stock: [place('DC-EAST', 5, 3)] }).cause).toBe('stock_restored')
    expect(looked(type, { order, stock: [place('DC-EAST', 5, 4)] }).cause).not.toBe('stock_restored')
  })

  test('is picked at another place that has enough free', () => {
    expect(
      looked(type, { order, stock: [place('DC-EAST', 0, 0), place('WEST', 9, 8), place('NORTH', 4, 1)] }),
    ).toMatchObject({ verdict: 'auto', args: { sku: 'POT', qty: 2, location: 'NORTH' } })
  })

  test('waits for a delivery within the days the shop allows', () => {
    const due = (days: number, incomingQty = 2) => [place('DC-EAST', 0, 0, { incomingAt: at(days), incomingQty })]
    expect(looked(type, { order, stock: due(14) })).toMatchObject({
      cause: 'stock_incoming',
      does: ['backorder_line', 'notify_customer'],
    })
    for (const stock of [due(15), due(3, 1), due(-1)])
      expect(looked(type, { order, stock }).cause).toBe('stock_unavailable')
  })

  test('is cancelled and refunded, above the limit with approval', () => {
    const none = [place('DC-EAST', 0, 0)]
    expect(looked(type, { order, stock: none })).toMatchObject({
      verdict: 'auto',
      does: ['cancel_line', 'refund'],
      args: { amount: 5_000 },
    })
    const dear = anOrder({ status: 'processing', lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 5_001 }] })
    expect(looked(type, { order: dear, stock: none }).verdict).toBe('approval')
  })

  test('is cancelled without a refund while nothing was taken', () => {
    expect(
      looked(type, { order: { ...order, paymentStatus: 'authorized' }, stock: [place('DC-EAST', 0, 0)] }),
    ).toMatchObject({ verdict: 'auto', does: ['cancel_line'] })
  })

  test('goes to a person where nobody counts it', () => {
    expect(looked(type, { order, stock: [] })).toMatchObject({ cause: 'stock_unknown', verdict: 'escalate' })
  })

  test('is not short of the units it has reserved for itself, and is of those others have', () => {
    const lines = [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 3_000 }]
    const open = anOrder({ status: 'processing', lines })
    const last = { sku: 'POT', location: 'DC-EAST', onHand: 1, reserved: 1 }
    expect(looked('out_of_stock_open_order', { order: open, stock: [{ ...last, own: 1 }] }).cause).toBe(
      'stock_restored',
    )
    expect(looked('out_of_stock_open_order', { order: open, stock: [last] }).cause).toBe('stock_unavailable')
  })

  test('is asked at the place that picks the line, where another one does already', () => {
    const lines = [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 3_000, location: 'DC-WEST' }]
    const open = anOrder({ status: 'processing', lines })
    const stock = [
      { sku: 'POT', location: 'DC-EAST', onHand: 0, reserved: 0 },
      { sku: 'POT', location: 'DC-WEST', onHand: 2, reserved: 2, own: 1 },
    ]
    expect(looked('out_of_stock_open_order', { order: open, stock }).cause).toBe('stock_restored')
  })
})
