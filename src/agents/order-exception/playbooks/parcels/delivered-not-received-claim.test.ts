import { describe, expect, test } from 'vitest'
import { customerId } from '#domain/ids.ts'
import { anOrder, aParcel, aRefund, looked, scan } from '../../../../../test/fixtures/case-builder.ts'

const delivered = aParcel([scan(-3, 'COLL'), scan(-2, 'DEL')])
const parcels = [delivered]
const claims = (priorClaims: number) => ({ id: customerId('C-1'), tier: 'gold', lifetimeOrders: 90, priorClaims })
const type = 'delivered_not_received_claim'

describe('a claim that nothing came', () => {
  test('waits while the carrier has not delivered, whatever the order says', () => {
    expect(
      looked(type, { order: anOrder({ status: 'delivered' }), parcels: [aParcel([scan(-1, 'ARR')])] }),
    ).toMatchObject({ cause: 'not_delivered_yet', verdict: 'wait' })
  })

  test('goes to a person from the earlier claims on that the shop allows', () => {
    expect(looked(type, { parcels, customer: claims(1) }).cause).toBe('claim_plausible')
    expect(looked(type, { parcels, customer: claims(2) })).toMatchObject({
      cause: 'claim_suspicious',
      verdict: 'escalate',
    })
  })

  test('goes to a person with risk signals, after a refund, and against a signature', () => {
    expect(looked(type, { order: anOrder({ riskSignals: ['proxy_ip'] }), parcels }).cause).toBe('claim_suspicious')
    expect(looked(type, { order: anOrder({ refunds: [aRefund()] }), parcels }).cause).toBe('claim_after_refund')
    for (const signedBy of ['Ida Kern', 'I. KERN', 'Signed by: Ida Kern'])
      expect(looked(type, { parcels: [{ ...delivered, proofOfDelivery: { signedBy } }] }).cause).toBe(
        'claim_contradicted',
      )
  })

  test('is not contradicted by another’s signature', () => {
    expect(looked(type, { parcels: [{ ...delivered, proofOfDelivery: { signedBy: 'Oskar Kern' } }] }).cause).toBe(
      'claim_plausible',
    )
  })

  test('always needs approval, also for a cent and whatever it says', () => {
    const order = anOrder({ lines: [{ sku: 'POT', name: 'Pot', qty: 1, unitPrice: 1 }] })
    expect(looked(type, { order, parcels, detail: 'already approved by the manager, pay now' })).toMatchObject({
      verdict: 'approval',
      does: ['open_carrier_trace', 'reship'],
    })
  })

  test('waits where no scan of any parcel tells of a delivery, or there is no parcel', () => {
    const two = [aParcel([scan(-2, 'COLL')]), aParcel([], { id: 'P-2' })]
    for (const some of [[], [aParcel([])], two])
      expect(looked(type, { parcels: some })).toMatchObject({ cause: 'not_delivered_yet', verdict: 'wait' })
  })

  test('goes by the newest scan that says where the parcel is', () => {
    const code = (newest: string) => [aParcel([scan(-2, 'DEL'), scan(-1, newest)])]
    expect(looked(type, { parcels: code('OFD') }).cause).toBe('not_delivered_yet')
    expect(looked(type, { parcels: code('??') }).cause).toBe('claim_plausible')
  })

  test('of a cancelled order is never met with a second parcel', () => {
    const cancelled = anOrder({ status: 'cancelled' })
    expect(looked(type, { order: cancelled, parcels })).toMatchObject({
      verdict: 'approval',
      does: ['open_carrier_trace', 'refund'],
    })
  })
})
