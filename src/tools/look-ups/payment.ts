import type { PaymentSystem } from '#commerce/payment-system.port.ts'
import type { CaseLookUps } from '../case-look-ups.port.ts'
import { answered, type LookUpParts } from './answered.ts'

/** The order's payment as the provider sees it, with captures and refunds. */
export function lookUpPayment(payments: Pick<PaymentSystem, 'payment'>, parts: LookUpParts): CaseLookUps['payment'] {
  return (shop, id, signal) =>
    answered(
      parts,
      'payments',
      async (deadline) => (await payments.payment(shop, id, deadline)) ?? { value: null, version: null },
      signal,
    )
}
