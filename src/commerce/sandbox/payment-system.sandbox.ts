import type { PaymentSystem } from '../payment-system.port.ts'
import { keyedChanges, type SandboxParts } from './keyed-changes.ts'
import { aged, capture, credit, retry } from './rules/payments.ts'
import { chase, refund, reissue } from './rules/refunds.ts'

/** The sandbox shop's payment provider. Throws what OrderFiles throws, and what its faults ask for. */
export function sandboxPaymentSystem(parts: SandboxParts): PaymentSystem {
  const { keyed, change, read } = keyedChanges(parts, 'payments')
  return {
    ...keyed,
    payment: (shop, order, signal) =>
      read(
        shop,
        'payment',
        async () => {
          const found = await parts.files.file(shop, order, signal)
          if (!found?.file.payment) return null
          return { value: aged(found.file.payment, found.at), version: found.file.paymentVersion }
        },
        signal,
      ),
    capture: (by, order, amount, signal) =>
      change(
        by,
        {
          order,
          kind: 'capture',
          args: { amount },
          rule: (file, at) => capture(file, { key: by.key, at }, amount),
        },
        signal,
      ),
    retry: (by, order, signal) =>
      change(by, { order, kind: 'retry', args: {}, rule: (file, at) => retry(file, { key: by.key, at }) }, signal),
    refund: (by, order, amount, units, signal) =>
      change(
        by,
        {
          order,
          kind: 'refund',
          args: { amount, units },
          rule: (file, at) => refund(file, { key: by.key, at }, amount, units),
        },
        signal,
      ),
    reissueRefund: (by, order, failed, amount, signal) =>
      change(
        by,
        {
          order,
          kind: 'reissue_refund',
          args: { failed, amount },
          rule: (file, at) => reissue(file, { key: by.key, at }, failed, amount),
        },
        signal,
      ),
    chaseRefund: (by, order, known, signal) =>
      change(
        by,
        {
          order,
          kind: 'chase_refund',
          args: { refund: known },
          rule: (file, at) => chase(file, { key: by.key, at }, known),
        },
        signal,
      ),
    credit: (by, order, amount, signal) =>
      change(
        by,
        { order, kind: 'credit', args: { amount }, rule: (file, at) => credit(file, { key: by.key, at }, amount) },
        signal,
      ),
  }
}
