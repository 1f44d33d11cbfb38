import { describe, expect, test } from 'vitest'
import { anOrder, aRefund, at, looked } from '../../../../../test/fixtures/case-builder.ts'

const order = anOrder({ status: 'on_hold', paymentStatus: 'pending' })
const held = (more = {}) => ({ attempts: 1, decline: 'issuer_timeout', heldSince: at(-1), ...more })
const type = 'payment_hold'

describe('an order held for its payment', () => {
  test('is released when the provider has the money', () => {
    expect(
      looked(type, { order: { ...order, paymentStatus: 'captured' }, data: held({ heldSince: at(-30) }) }),
    ).toMatchObject({ cause: 'payment_recovered', verdict: 'auto', does: ['release_hold'] })
  })

  test('is released once paid before signals are asked about, and goes to a person with signals while it is not', () => {
    const risky = { ...order, riskSignals: ['cvv_mismatch'] }
    expect(looked(type, { order: { ...risky, paymentStatus: 'captured' }, data: held() })).toMatchObject({
      cause: 'payment_recovered',
      verdict: 'auto',
      does: ['release_hold'],
    })
    expect(looked(type, { order: risky, data: held() })).toMatchObject({ cause: 'payment_risk', verdict: 'escalate' })
  })

  test('is not released without a person when it was held for fraud', () => {
    const fraud = { ...order, holdReason: 'fraud', paymentStatus: 'captured' }
    expect(looked(type, { order: fraud, data: held() }).verdict).toBe('approval')
  })

  test('closes when all its money went back', () => {
    const back = { ...order, paymentStatus: 'captured', refunds: [aRefund()] }
    expect(looked(type, { order: back, data: held() })).toMatchObject({
      cause: 'already_refunded',
      does: ['close_exception'],
    })
  })

  test('needs to know how often it was tried only where another try could help', () => {
    const untold = { attempts: undefined }
    expect(looked(type, { order, data: held({ ...untold, heldSince: at(-7) }) }).cause).toBe('unpaid_expired')
    expect(looked(type, { order, data: held({ ...untold, decline: 'stolen_card' }) }).cause).toBe('hard_decline')
    expect(looked(type, { order, data: held(untold) }).cause).toBe('payment_unclear')
  })

  test('is cancelled after the full days an unpaid order may be held', () => {
    expect(looked(type, { order, data: held({ heldSince: at(-7) }) })).toMatchObject({
      cause: 'unpaid_expired',
      does: ['cancel_order'],
    })
    expect(looked(type, { order, data: held({ heldSince: at(-7 + 1 / 24) }) }).does).toEqual(['retry_payment'])
  })

  test('is tried again after a soft decline while tries are left', () => {
    expect(looked(type, { order, data: held({ attempts: 2 }) }).cause).toBe('soft_decline')
    expect(looked(type, { order, data: held({ attempts: 3 }) })).toMatchObject({
      cause: 'retries_used_up',
      does: ['request_payment_method'],
    })
    expect(looked(type, { order, data: held({ decline: 'stolen_card' }) }).cause).toBe('hard_decline')
  })

  test('goes to a person when what happened is not known', () => {
    for (const data of [{}, held({ attempts: 'two' }), held({ heldSince: 'long' }), held({ heldSince: at(2) })])
      expect(looked(type, { order, data })).toMatchObject({ cause: 'payment_unclear', verdict: 'escalate' })
  })
})
