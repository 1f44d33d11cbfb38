import { describe, expect, test } from 'vitest'
import { anOrder, aParcel, aRefund, looked, paymentOf, scan } from '../../../../../test/fixtures/case-builder.ts'

const lost = [aParcel([scan(-6, 'COLL'), scan(-1, 'LOST')])]
const of = (unitPrice: number) => anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice }] })
const bare = [{ sku: 'POT', location: 'DC-EAST', onHand: 2, reserved: 2 }]

describe('a parcel that seems gone', () => {
  test('closes when it was delivered after all', () => {
    expect(looked('lost_in_transit', { parcels: [aParcel([scan(-2, 'LOST'), scan(-1, 'DEL')])] })).toMatchObject({
      cause: 'already_delivered',
      does: ['close_exception'],
    })
  })

  test('waits for the last hour of the days a lost parcel takes', () => {
    expect(looked('lost_in_transit', { parcels: [aParcel([scan(-10 + 1 / 24, 'DEP')])] })).toMatchObject({
      cause: 'silent_not_yet_lost',
      verdict: 'wait',
    })
    expect(looked('lost_in_transit', { parcels: [aParcel([scan(-10, 'DEP')])] }).cause).toBe('lost_no_scan')
  })

  test('is sent again up to the limit, and above it once a person agreed', () => {
    expect(looked('lost_in_transit', { order: of(6_000), parcels: lost })).toMatchObject({
      cause: 'lost_declared',
      verdict: 'auto',
      does: ['file_carrier_claim', 'reship'],
    })
    expect(looked('lost_in_transit', { order: of(6_001), parcels: lost }).verdict).toBe('approval')
  })

  test('is refunded where all units are reserved for others', () => {
    expect(looked('lost_in_transit', { order: of(5_000), parcels: lost, stock: bare })).toMatchObject({
      verdict: 'auto',
      does: ['file_carrier_claim', 'refund'],
      args: { amount: 5_000 },
    })
    expect(looked('lost_in_transit', { order: of(5_001), parcels: lost, stock: bare }).verdict).toBe('approval')
  })

  test('needs a person where nobody counts the units', () => {
    expect(looked('lost_in_transit', { order: of(2_000), parcels: lost, stock: [] })).toMatchObject({
      verdict: 'approval',
      does: ['file_carrier_claim', 'refund'],
    })
  })

  test('costs nothing more once the money went back, also while it is on its way', () => {
    for (const pspStatus of ['succeeded', 'pending'])
      expect(
        looked('lost_in_transit', { order: anOrder({ refunds: [aRefund({ pspStatus })] }), parcels: lost }).does,
      ).toEqual(['file_carrier_claim'])
  })

  test('costs nothing more where the order system alone calls it refunded', () => {
    const order = anOrder({ paymentStatus: 'refunded' })
    const payment = paymentOf(anOrder())
    expect(looked('lost_in_transit', { order, parcels: lost, payment }).does).toEqual(['file_carrier_claim'])
  })

  test('counts a refund that failed for nothing', () => {
    expect(
      looked('lost_in_transit', { order: anOrder({ refunds: [aRefund({ pspStatus: 'failed' })] }), parcels: lost })
        .does,
    ).toContain('reship')
  })

  test('refunds the rest after a refund that names no line, and sends nothing', () => {
    const order = anOrder({ refunds: [aRefund({ amount: 1_000 })] })
    expect(looked('lost_in_transit', { order, parcels: lost })).toMatchObject({
      does: ['file_carrier_claim', 'refund'],
      args: { amount: 3_500 },
    })
  })

  test('sends only lines again that were not refunded', () => {
    const order = anOrder({ refunds: [aRefund({ amount: 1_500, sku: 'CUP' })] })
    expect(looked('lost_in_transit', { order, parcels: lost }).args).toMatchObject({
      lines: [{ sku: 'POT', qty: 1 }],
      value: 3_000,
    })
  })

  test('goes to a person when two parcels are under way and none is named', () => {
    const parcels = [...lost, aParcel([scan(-1, 'ARR')], { id: 'P-2' })]
    expect(looked('lost_in_transit', { parcels })).toMatchObject({ cause: 'parcel_unclear', verdict: 'escalate' })
  })

  test('leaves out a parcel that was replaced', () => {
    const parcels = [...lost, aParcel([scan(-0.5, 'DEL')], { id: 'P-2', replaces: 'P-1' })]
    expect(looked('lost_in_transit', { parcels }).cause).toBe('already_delivered')
  })

  test('goes to a person while the bank takes the money back', () => {
    const payment = {
      status: 'captured' as const,
      currency: 'EUR',
      authorized: 4_500,
      captured: 4_500,
      refunded: 0,
      refunding: 0,
      expiresAt: null,
      method: 'card',
      attempts: [],
      captures: [],
      refunds: [],
      disputed: true,
    }
    expect(looked('lost_in_transit', { parcels: lost, payment })).toMatchObject({
      cause: 'payment_disputed',
      verdict: 'escalate',
      does: ['escalate'],
    })
  })

  test('goes to a person when a scan comes from the future', () => {
    expect(looked('lost_in_transit', { parcels: [aParcel([scan(3, 'LOST')])] }).cause).toBe('facts_contradictory')
  })

  test('closes while it may still arrive, once the money went back or a cancelled order owes nothing', () => {
    const quiet = [aParcel([scan(-3, 'DEP')])]
    const refunded = anOrder({ refunds: [aRefund()] })
    expect(looked('lost_in_transit', { order: refunded, parcels: quiet })).toMatchObject({
      cause: 'already_refunded',
      does: ['close_exception'],
    })
    const cancelled = anOrder({ status: 'cancelled', paymentStatus: 'authorized' })
    expect(looked('lost_in_transit', { order: cancelled, parcels: quiet }).cause).toBe('already_cancelled')
  })

  test('is never sent again for a cancelled order, and its money is a person’s matter', () => {
    const square = anOrder({ status: 'cancelled', paymentStatus: 'authorized' })
    expect(looked('lost_in_transit', { order: square, parcels: lost }).does).toEqual(['file_carrier_claim'])
    const paid = anOrder({ status: 'cancelled' })
    expect(looked('lost_in_transit', { order: paid, parcels: lost })).toMatchObject({
      verdict: 'escalate',
      does: ['escalate'],
    })
  })
})
