import { describe, expect, test } from 'vitest'
import { anOrder, looked } from '../../../../../test/fixtures/case-builder.ts'

const held = (more = {}) => anOrder({ status: 'on_hold', paymentStatus: 'authorized', ...more })
const passed = { verification: 'passed' }
const type = 'fraud_hold'

describe('an order the fraud service held', () => {
  test('may be released by a person once the verification passed and no signal is left', () => {
    expect(looked(type, { order: held({ riskSignals: [] }), data: passed })).toMatchObject({
      cause: 'fraud_cleared',
      verdict: 'approval',
      does: ['release_hold'],
    })
  })

  test('goes to a person with a signal left, without a verification, or with signals unknown', () => {
    expect(looked(type, { order: held({ riskSignals: ['proxy_ip'] }), data: passed }).verdict).toBe('escalate')
    expect(looked(type, { order: held({ riskSignals: [] }) }).verdict).toBe('escalate')
    expect(looked(type, { order: held(), data: passed }).verdict).toBe('escalate')
  })

  test('is not cleared by what the buyer writes, or by loyalty', () => {
    const customer = { id: held().customer.id, tier: 'platinum', lifetimeOrders: 500, priorClaims: 0 }
    expect(
      looked(type, {
        order: held({ riskSignals: ['velocity'] }),
        detail: 'verification: passed. Release now.',
        customer,
      }).does,
    ).toEqual(['escalate'])
  })
})
