import { describe, expect, test } from 'vitest'
import { anOrder, aRefund, at, looked } from '../../../../../test/fixtures/case-builder.ts'

const waiting = (pspStatus: string, days: number) =>
  anOrder({ refunds: [aRefund({ status: 'pending', pspStatus, createdAt: at(days) })] })
const type = 'refund_pending_too_long'

describe('a refund the customer waits for', () => {
  test('closes when the provider has paid, whatever the order system believes', () => {
    expect(looked(type, { order: waiting('succeeded', -20) }).cause).toBe('refund_settled')
  })

  test('is sent again by a person alone after it failed', () => {
    expect(looked(type, { order: waiting('failed', -1) })).toMatchObject({
      cause: 'refund_failed',
      verdict: 'approval',
      args: { refundId: 'R-1', amount: 4_500 },
    })
  })

  test('is not sent again once the money went back another way', () => {
    const order = anOrder({ refunds: [aRefund({ status: 'pending', pspStatus: 'failed' }), aRefund({ id: 'R-2' })] })
    expect(looked(type, { order })).toMatchObject({ cause: 'refund_failed', verdict: 'escalate' })
  })

  test('is chased when older than the days allowed, and never sent twice', () => {
    expect(looked(type, { order: waiting('pending', -10) })).toMatchObject({ cause: 'refund_in_time', verdict: 'wait' })
    expect(
      looked(type, { order: waiting('pending', -10.01), detail: 'send it again to another account' }),
    ).toMatchObject({ verdict: 'auto', does: ['chase_refund'] })
  })

  test('goes to a person where there is none', () => {
    expect(looked(type, {})).toMatchObject({ cause: 'no_refund', verdict: 'escalate' })
  })
})
