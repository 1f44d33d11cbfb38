import { describe, expect, test } from 'vitest'
import type { PaymentSystem } from '#commerce/payment-system.port.ts'
import type { OrderId, ShopId } from '#domain/ids.ts'

/** `paid`: an order with 130.00 € captured: two of LAMP at 25.00 and one CHAIR at 80.00. */
export type PaymentBench = {
  payments: PaymentSystem
  paid(): Promise<{ shop: ShopId; order: OrderId }>
  authorised(): Promise<{ shop: ShopId; order: OrderId }>
  unpaid(): Promise<{ shop: ShopId; order: OrderId }>
  settle(shop: ShopId, order: OrderId, refund: string, status: 'succeeded' | 'failed'): Promise<void>
  dispute(shop: ShopId, order: OrderId): Promise<void>
  daysPass(days: number): void
}

/** What every PaymentSystem must do. */
export function paymentContract(adapter: string, open: () => PaymentBench) {
  const eur = (amount: number) => ({ amount, currency: 'EUR' })
  const { signal } = new AbortController()

  describe(`PaymentSystem contract: ${adapter}`, () => {
    test('pays once when the same key arrives twice, and says the same', async () => {
      const { payments, paid } = open()
      const { shop, order } = await paid()
      const first = await payments.refund({ shop, key: 'act_1' }, order, eur(13_000), null, signal)
      expect(first.outcome).toBe('succeeded')
      expect(await payments.refund({ shop, key: 'act_1' }, order, eur(13_000), null, signal)).toEqual(first)
      expect((await payments.payment(shop, order, signal))?.value).toMatchObject({ refunding: 13_000, refunded: 0 })
    })

    test('pays once when the same key arrives eight times at once', async () => {
      const { payments, paid } = open()
      const { shop, order } = await paid()
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => payments.refund({ shop, key: 'act_1' }, order, eur(1_000), null, signal)),
      )
      for (const answer of answers) expect(answer).toEqual(answers[0])
      expect((await payments.payment(shop, order, signal))?.value.refunding).toBe(1_000)
    })

    test('refuses a key that stood for something else', async () => {
      const { payments, paid } = open()
      const { shop, order } = await paid()
      await payments.refund({ shop, key: 'act_1' }, order, eur(1_000), null, signal)
      expect(await payments.refund({ shop, key: 'act_1' }, order, eur(1_001), null, signal)).toEqual({
        outcome: 'failed',
        why: 'key_reused',
      })
    })

    test('never pays back more than was captured, pending refunds counted', async () => {
      const { payments, paid } = open()
      const { shop, order } = await paid()
      await payments.refund({ shop, key: 'act_1' }, order, eur(12_000), null, signal)
      expect(await payments.refund({ shop, key: 'act_2' }, order, eur(1_001), null, signal)).toEqual({
        outcome: 'failed',
        why: 'more_than_captured',
      })
      expect((await payments.refund({ shop, key: 'act_3' }, order, eur(1_000), null, signal)).outcome).toBe('succeeded')
    })

    test('refuses another currency, an unpaid order and an unknown one', async () => {
      const { payments, paid, unpaid } = open()
      const { shop, order } = await paid()
      const open_ = await unpaid()
      const usd = { amount: 1, currency: 'USD' }
      expect(await payments.refund({ shop, key: 'a' }, order, usd, null, signal)).toMatchObject({
        why: 'other_currency',
      })
      expect(await payments.refund({ shop: open_.shop, key: 'b' }, open_.order, eur(1), null, signal)).toMatchObject({
        why: 'not_captured',
      })
      expect(await payments.refund({ shop, key: 'c' }, 'NONE' as OrderId, eur(1), null, signal)).toMatchObject({
        why: 'unknown_order',
      })
    })

    test('keeps a refund pending until it is confirmed', async () => {
      const { payments, paid, settle } = open()
      const { shop, order } = await paid()
      const asked = await payments.refund({ shop, key: 'act_1' }, order, eur(5_000), null, signal)
      const receipt = asked.outcome === 'succeeded' ? asked.receipt : ''
      await settle(shop, order, receipt, 'succeeded')
      const { value } = (await payments.payment(shop, order, signal)) ?? {}
      expect(value).toMatchObject({ refunded: 5_000, refunding: 0 })
      expect(value?.refunds).toMatchObject([{ id: receipt, status: 'succeeded' }])
    })

    test('fails a pending refund once the payment is disputed, and takes on no other', async () => {
      const { payments, paid, settle, dispute } = open()
      const { shop, order } = await paid()
      const asked = await payments.refund({ shop, key: 'act_1' }, order, eur(5_000), null, signal)
      await dispute(shop, order)
      await settle(shop, order, asked.outcome === 'succeeded' ? asked.receipt : '', 'succeeded')
      const { value } = (await payments.payment(shop, order, signal)) ?? {}
      expect(value).toMatchObject({ refunded: 0, refunding: 0, refunds: [{ status: 'failed', failure: 'disputed' }] })
      expect(await payments.refund({ shop, key: 'act_2' }, order, eur(1), null, signal)).toMatchObject({
        why: 'disputed',
      })
    })

    test('reissues a failed refund once', async () => {
      const { payments, paid, settle } = open()
      const { shop, order } = await paid()
      const asked = await payments.refund({ shop, key: 'act_1' }, order, eur(13_000), null, signal)
      const failed = asked.outcome === 'succeeded' ? asked.receipt : ''
      const again = (key: string) => payments.reissueRefund({ shop, key }, order, failed, eur(13_000), signal)
      expect(await again('act_2')).toMatchObject({ why: 'not_now' })
      await settle(shop, order, failed, 'failed')
      expect((await again('act_3')).outcome).toBe('succeeded')
      expect(await again('act_4')).toMatchObject({ why: 'already_done' })
    })

    test('captures in parts up to what is authorised, and nothing after seven days', async () => {
      const { payments, authorised, daysPass } = open()
      const { shop, order } = await authorised()
      const take = (key: string, amount: number) => payments.capture({ shop, key }, order, eur(amount), signal)
      expect((await take('act_1', 5_000)).outcome).toBe('succeeded')
      expect((await payments.payment(shop, order, signal))?.value.status).toBe('partially_captured')
      expect(await take('act_2', 8_001)).toMatchObject({ outcome: 'failed' })
      daysPass(7)
      expect((await payments.payment(shop, order, signal))?.value).toMatchObject({ captured: 5_000, authorized: 5_000 })
      expect(await take('act_3', 1)).toMatchObject({ outcome: 'failed' })
    })

    test('refuses when the payment moved since it was looked at', async () => {
      const { payments, paid } = open()
      const { shop, order } = await paid()
      const { version } = (await payments.payment(shop, order, signal)) ?? { version: 0 }
      await payments.refund({ shop, key: 'act_1' }, order, eur(1_000), null, signal)
      expect(await payments.refund({ shop, key: 'act_2', version }, order, eur(1_000), null, signal)).toEqual({
        outcome: 'failed',
        why: 'state_moved',
      })
    })

    test('tells what became of a key, and null of one that never came', async () => {
      const { payments, paid } = open()
      const { shop, order } = await paid()
      const first = await payments.refund({ shop, key: 'act_1' }, order, eur(1_000), null, signal)
      expect(await payments.effectByKey(shop, 'act_1', signal)).toEqual(first)
      expect(await payments.effectByKey(shop, 'act_2', signal)).toBeNull()
    })

    test('takes back a credit, never a refund', async () => {
      const { payments, paid } = open()
      const { shop, order } = await paid()
      await payments.credit({ shop, key: 'act_1' }, order, eur(500), signal)
      await payments.refund({ shop, key: 'act_2' }, order, eur(500), null, signal)
      expect((await payments.takeBack({ shop, key: 'act_3' }, 'act_1', signal)).outcome).toBe('succeeded')
      expect(await payments.takeBack({ shop, key: 'act_4' }, 'act_1', signal)).toMatchObject({ why: 'state_moved' })
      expect(await payments.takeBack({ shop, key: 'act_5' }, 'act_2', signal)).toMatchObject({ why: 'not_reversible' })
    })

    test('rejects with the reason when aborted before sending', async () => {
      const { payments, paid } = open()
      const { shop, order } = await paid()
      const late = AbortSignal.abort(new Error('too late'))
      await expect(payments.refund({ shop, key: 'act_1' }, order, eur(1), null, late)).rejects.toThrow('too late')
      expect(await payments.effectByKey(shop, 'act_1', signal)).toBeNull()
    })
  })
}
