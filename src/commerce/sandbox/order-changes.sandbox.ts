import type { OrderId } from '#domain/ids.ts'
import type { OrderChanges } from '../order-system.port.ts'
import { keyedChanges, type RequestedChange, type SandboxParts } from './keyed-changes.ts'
import { cancel, cancelLine } from './rules/cancel.ts'
import { backorder, correctPrice } from './rules/lines.ts'
import { hold, releaseHold, setAddress } from './rules/orders.ts'
import { reship } from './rules/reship.ts'
import { openReturn } from './rules/returns.ts'

/** Changes to the sandbox shop's orders. Throws what OrderFiles throws, and what its faults ask for. */
export function sandboxOrderChanges(parts: SandboxParts): OrderChanges {
  const { keyed, change } = keyedChanges(parts, 'orders')
  const asked = (order: OrderId, kind: string, args: unknown, rule: RequestedChange['rule']) => ({
    order,
    kind,
    args,
    rule,
  })
  return {
    ...keyed,
    setShippingAddress: (by, order, address, signal) =>
      change(
        by,
        asked(order, 'set_address', { address }, (file, at) => setAddress(file, { key: by.key, at }, address)),
        signal,
      ),
    hold: (by, order, reason, signal) =>
      change(
        by,
        asked(order, 'hold', { reason }, (file, at) => hold(file, { key: by.key, at }, reason)),
        signal,
      ),
    releaseHold: (by, order, signal) =>
      change(
        by,
        asked(order, 'release_hold', {}, (file, at) => releaseHold(file, { key: by.key, at })),
        signal,
      ),
    cancel: (by, order, reason, signal) =>
      change(
        by,
        asked(order, 'cancel', { reason }, (file, at) => cancel(file, { key: by.key, at }, reason)),
        signal,
      ),
    cancelLine: (by, order, line, signal) =>
      change(
        by,
        asked(order, 'cancel_line', line, (file, at) => cancelLine(file, { key: by.key, at }, line)),
        signal,
      ),
    backorderLine: (by, order, line, until, signal) =>
      change(
        by,
        asked(order, 'backorder', { line, until }, (file, at) => backorder(file, { key: by.key, at }, line, until)),
        signal,
      ),
    correctPrice: (by, order, sku, unitPrice, signal) =>
      change(
        by,
        asked(order, 'correct_price', { sku, unitPrice }, (file, at) =>
          correctPrice(file, { key: by.key, at }, sku, unitPrice),
        ),
        signal,
      ),
    openReturn: (by, order, lines, signal) =>
      change(
        by,
        asked(order, 'open_return', { lines }, (file, at) => openReturn(file, { key: by.key, at }, lines)),
        signal,
      ),
    reship: (by, order, lines, signal) =>
      change(
        by,
        asked(order, 'reship', { lines }, (file, at) => reship(file, { key: by.key, at }, lines)),
        signal,
      ),
  }
}
