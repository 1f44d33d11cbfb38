import type { Decided, OrderFile, OrderRecord, SandboxSystem, WorldEvent } from '#db/commerce/order-files.port.ts'
import type { EffectRefusal } from '../../../effect.port.ts'
import { patchOf } from './patch.ts'
import { receiptOf } from './receipts.ts'

/** What a rule knows beside the file: the request's key and the world's time, ISO 8601. */
export type Moment = { key: string; at: string }

export function refused(why: EffectRefusal): Decided {
  return { outcome: 'refused', why }
}

/** The file as it is now, what happened, and how it is taken back. `reversible` false: the world does not allow it. */
export function done(
  before: OrderFile,
  after: OrderFile,
  { key }: Moment,
  { prefix, reversible, events }: { prefix: string; reversible: boolean; events: WorldEvent[] },
): Decided {
  return {
    outcome: 'done',
    receipt: receiptOf(prefix, key),
    file: after,
    events: [...events, ...stockEvents(before, after)],
    undo: reversible ? patchOf(before, after) : null,
  }
}

/** An event about the order; its sequence is the version its system's part will have. */
export function told(file: OrderFile, system: SandboxSystem, type: string, data: Record<string, unknown>): WorldEvent {
  return { type, subject: file.order.id, sequence: nextVersion(file, system), data: { order: file.order.id, ...data } }
}

/** Records get ids from the key, so that repeating a request in a fresh world gives the same world. */
export function recordId(prefix: string, { key }: Moment, place = 0): string {
  return `${receiptOf(prefix, key)}${place === 0 ? '' : `-${place}`}`
}

export function withRecords(file: OrderFile, ...records: OrderRecord[]): OrderFile {
  return { ...file, records: [...file.records, ...records] }
}

export function withOrder(file: OrderFile, change: Partial<OrderFile['order']>): OrderFile {
  return { ...file, order: { ...file.order, ...change } }
}

function nextVersion(file: OrderFile, system: SandboxSystem): number {
  if (system === 'payments') return file.paymentVersion + 1
  return (system === 'carriers' ? file.parcelsVersion : file.orderVersion) + 1
}

/** Stock is told as what may be sold now, place by place. */
function stockEvents(before: OrderFile, after: OrderFile): WorldEvent[] {
  return after.stock.flatMap(({ sku, location, onHand, reserved }, at) => {
    const old = before.stock[at]
    if (old && old.onHand === onHand && old.reserved === reserved) return []
    const available = onHand - reserved
    return [{ type: 'inventory.adjusted', subject: sku, sequence: null, data: { sku, location, available } }]
  })
}
