import { isDeepStrictEqual } from 'node:util'
import type { Decided, FileRule, OrderFile, OrderFiles, SandboxSystem } from '#db/commerce/order-files.port.ts'
import type { RefundConfirmation, SandboxControls } from '#db/commerce/sandbox-controls.port.ts'
import type { OrderId, ShopId } from '#domain/ids.ts'
import type { CarrierEvent } from '#domain/order.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import { told } from './rules/effects/decide.ts'
import { aged } from './rules/payments.ts'
import { settle } from './rules/refunds.ts'

/** An authorisation of a cancelled order is let go of in the next hourly run. */
const VOID_AFTER_MS = 3_600_000

/** What happens in the shop's world without us: scans, the bank's word, time. Each tells its event. */
export type SandboxHappenings = {
  /** A carrier's event about a parcel of the order, by its id or tracking number. `status` null leaves the carrier's summary as it is. */
  scan(
    shop: ShopId,
    order: OrderId,
    scan: { parcel: string; event: CarrierEvent; status: string | null },
    signal: AbortSignal,
  ): Promise<void>
  settleRefund(
    shop: ShopId,
    order: OrderId,
    refund: string,
    status: 'succeeded' | 'failed',
    signal: AbortSignal,
  ): Promise<void>
  dispute(shop: ShopId, order: OrderId, signal: AbortSignal): Promise<void>
  /** Anything else somebody at the shop does to an order. */
  amend(shop: ShopId, order: OrderId, change: Partial<OrderFile['order']>, signal: AbortSignal): Promise<void>
  /** What time alone changes: refunds confirmed, authorisations ended. Gives how many orders that were; one that fails leaves the others to be done, and is thrown at the end. */
  tick(shop: ShopId, signal: AbortSignal): Promise<number>
}

/** Throws what OrderFiles throws. */
export function sandboxHappenings(
  files: Pick<OrderFiles, 'change' | 'file' | 'unsettled'>,
  controls: Pick<SandboxControls, 'refundConfirmation'>,
  ids: Ids,
): SandboxHappenings {
  async function happen(shop: ShopId, order: OrderId, system: SandboxSystem, rule: FileRule, signal: AbortSignal) {
    const key = `world:${ids.make('out')}`
    const change = { key, system, kind: 'world', order, args: {}, version: null, skus: [], earlier: null }
    await files.change(shop, change, rule, signal)
  }
  return {
    scan: (shop, order, { parcel, event, status }, signal) =>
      happen(
        shop,
        order,
        'carriers',
        (file) => {
          const isMeant = ({ id, tracking }: { id: string; tracking: string }) => id === parcel || tracking === parcel
          const parcels = file.parcels.map((one) =>
            isMeant(one) ? { ...one, status: status ?? one.status, events: [...one.events, event] } : one,
          )
          const meant = file.parcels.find(isMeant)
          const isKnown = (one: CarrierEvent) => isDeepStrictEqual(one, event)
          // Told of again, by us perhaps: nothing new happened.
          if (!meant || meant.events.some(isKnown)) return happened(file, [])
          const { tracking } = meant
          return happened({ ...file, parcels }, [told(file, 'carriers', 'shipment.tracking', { tracking, event })])
        },
        signal,
      ),
    settleRefund: (shop, order, refund, status, signal) =>
      happen(
        shop,
        order,
        'payments',
        (file) => {
          const after = settle(file, refund, status, null)
          return happened(after, settledEvents(file, after))
        },
        signal,
      ),
    dispute: (shop, order, signal) =>
      happen(
        shop,
        order,
        'payments',
        (file) => {
          if (file.payment?.disputed) return happened(file, [])
          const payment = file.payment && { ...file.payment, disputed: true }
          return happened({ ...file, payment }, [told(file, 'payments', 'payment.disputed', {})])
        },
        signal,
      ),
    amend: (shop, order, change, signal) =>
      happen(
        shop,
        order,
        'orders',
        (file) => {
          const order = { ...file.order, ...change }
          if (isDeepStrictEqual(order, file.order)) return happened(file, [])
          return happened({ ...file, order }, [told(file, 'orders', 'order.updated', { changed: Object.keys(change) })])
        },
        signal,
      ),
    async tick(shop, signal) {
      const confirm = await controls.refundConfirmation(shop, signal)
      const orders = await files.unsettled(shop, signal)
      let moved = 0
      const failures: unknown[] = []
      for (const order of orders)
        try {
          // Looked at first: an hour in which nothing is due leaves no trace.
          const found = await files.file(shop, order, signal)
          if (!found || !isDue(timePassed(found.file, found.at, confirm))) continue
          await happen(shop, order, 'payments', (file, at) => timePassed(file, at, confirm), signal)
          moved += 1
        } catch (error) {
          signal.throwIfAborted()
          failures.push(error)
        }
      if (failures.length > 0) throw failures[0]
      return moved
    },
  }
}

function happened(file: OrderFile, events: Extract<Decided, { outcome: 'done' }>['events']): Decided {
  return { outcome: 'done', receipt: '', file, events, undo: null }
}

function timePassed(file: OrderFile, at: string, confirm: RefundConfirmation | null): Decided {
  const due = (file.payment?.refunds ?? []).filter(
    ({ status, createdAt }) =>
      status === 'pending' &&
      confirm !== null &&
      Date.parse(createdAt) >= (confirm.since?.getTime() ?? 0) &&
      Date.parse(at) - Date.parse(createdAt) >= confirm.afterMs,
  )
  const settled = due.reduce((one, { id }) => settle(one, id, 'succeeded', null), file)
  const events = settledEvents(file, settled)
  const { payment } = settled
  if (!payment) return happened(settled, events)
  const older = aged(payment, at)
  const isLetGo =
    settled.order.status === 'cancelled' && older.status === 'authorized' && Date.parse(at) >= voidDue(settled)
  const now = isLetGo ? { ...older, status: 'voided' as const, authorized: 0, expiresAt: null } : older
  if (now.status !== payment.status || now.authorized !== payment.authorized)
    events.push(told(file, 'payments', `payment.${now.status}`, {}))
  return happened({ ...settled, payment: now }, events)
}

/** Everything that time does is told. */
function isDue(decided: Decided): boolean {
  return decided.outcome === 'done' && decided.events.length > 0
}

function voidDue({ order }: OrderFile): number {
  return Date.parse(order.cancelledAt ?? order.placedAt) + VOID_AFTER_MS
}

/** A word on each refund that is not pending any more. */
function settledEvents(before: OrderFile, after: OrderFile) {
  const wasPending = (id: string) =>
    before.payment?.refunds.some((refund) => refund.id === id && refund.status === 'pending')
  return (after.payment?.refunds ?? [])
    .filter(({ id, status }) => status !== 'pending' && wasPending(id))
    .map(({ id, status }) => told(before, 'payments', `refund.${status}`, { refund: id }))
}
