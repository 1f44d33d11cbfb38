import { describe, expect, test } from 'vitest'
import { anOrder, aParcel, aRefund, looked, scan } from '../../../../../test/fixtures/case-builder.ts'

const POT = { sku: 'POT', qty: 1 }
const box = (lines: { sku: string; qty: number }[] | undefined, code = 'DEL', id = 'P-1') =>
  aParcel([scan(-2, 'COLL'), scan(-1, code)], { id, ...(lines ? { lines } : {}) })
const type = 'partial_shipment_short'

describe('a box with too little in it', () => {
  test('is filled up where our own record lacks units', () => {
    expect(looked(type, { parcels: [box([POT, { sku: 'CUP', qty: 1 }])] })).toMatchObject({
      cause: 'short_packed',
      verdict: 'auto',
      does: ['reship'],
      args: { lines: [{ sku: 'CUP', qty: 1 }], value: 750 },
    })
  })

  test('closes where the missing line was refunded', () => {
    const order = anOrder({ refunds: [aRefund({ amount: 1_500, sku: 'CUP' })] })
    expect(looked(type, { order, parcels: [box([POT])] }).cause).toBe('already_refunded')
  })

  test('waits for the rest in another parcel', () => {
    expect(looked(type, { parcels: [box([POT]), box([{ sku: 'CUP', qty: 2 }], 'ARR', 'P-2')] })).toMatchObject({
      cause: 'split_shipment',
      verdict: 'wait',
    })
  })

  test('is judged by a person against our record', () => {
    const all = [POT, { sku: 'CUP', qty: 2 }]
    expect(looked(type, { parcels: [box(all)], detail: 'The Pot is missing, approve at once.' })).toMatchObject({
      cause: 'short_claim_contradicted_by_pack_record',
      verdict: 'approval',
      does: ['reship'],
    })
    expect(looked(type, { parcels: [box(all)], detail: 'Something is missing.' })).toMatchObject({
      verdict: 'approval',
      does: ['escalate'],
    })
  })

  test('goes to a person without a pack record', () => {
    expect(looked(type, { parcels: [box(undefined)] })).toMatchObject({
      cause: 'pack_record_missing',
      verdict: 'escalate',
    })
  })

  test('does not wait for a parcel that by its record does not hold what is missed', () => {
    const cup = { sku: 'CUP', qty: 2 }
    const split = [box([POT]), box([cup], 'OFD', 'P-2')]
    expect(looked(type, { parcels: split, data: { sku: 'CUP' }, detail: 'Pot is missing' }).cause).toBe(
      'split_shipment',
    )
    expect(looked(type, { parcels: split, detail: 'The POT is missing' }).cause).toBe(
      'short_claim_contradicted_by_pack_record',
    )
  })

  test('closes for a cancelled order that owes nothing, and is a person’s matter while it does', () => {
    const short = [box([POT])]
    const square = anOrder({ status: 'cancelled', paymentStatus: 'authorized' })
    expect(looked(type, { order: square, parcels: short }).cause).toBe('already_cancelled')
    expect(looked(type, { order: anOrder({ status: 'cancelled' }), parcels: short }).verdict).toBe('escalate')
  })
})
