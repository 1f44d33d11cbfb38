import type { Order, PaymentState, Shipment } from '#domain/order.ts'
import { isTime, minutesLater, timeOf } from '#domain/time/calendar.ts'
import type { Known } from '../playbook.ts'

/** Carriers that write local times mark them as UTC at times; UTC+14 is the earliest there is. */
const CLOCK_TOLERANCE_MINUTES = 14 * 60

/** What in a case's facts cannot be true, in words; empty when nothing stands against them. No rule may be applied to the rest. */
export function contradictions(known: Partial<Known> & { now: string }): string[] {
  return [
    ...(known.order ? inOrder(known.order) : []),
    ...(known.payment && known.order ? inPayment(known.payment, known.order) : []),
    ...(known.parcels ?? []).flatMap((parcel) => inParcel(parcel, known.now)),
    ...(known.stock ?? []).flatMap(({ sku, onHand, reserved }) =>
      Number.isFinite(onHand) && Number.isFinite(reserved) ? [] : [`The stock of ${sku} is no number.`],
    ),
  ]
}

function inOrder({ total, lines, placedAt, promisedBy, refunds }: Order): string[] {
  return [
    ...(isAmount(total) && lines.every(({ unitPrice }) => isAmount(unitPrice))
      ? []
      : ['An amount of the order is no whole number of minor units.']),
    ...(lines.length > 0 && lines.every(({ qty }) => Number.isInteger(qty) && qty > 0)
      ? []
      : ['The order has no lines, or a line without a quantity.']),
    ...([placedAt, promisedBy, ...refunds.map(({ createdAt }) => createdAt)].every(isTime)
      ? []
      : ['A date of the order is none.']),
    ...(refunds.every(({ amount }) => isAmount(amount))
      ? []
      : ['A refund of the order is no whole number of minor units.']),
  ]
}

function inPayment({ currency, captured, refunded, refunding }: PaymentState, order: Order): string[] {
  return [
    ...(currency === order.currency ? [] : ['The payment is in another currency than the order.']),
    ...([captured, refunded, refunding].every(isAmount)
      ? []
      : ['An amount of the payment is no whole number of minor units.']),
    ...(refunded + refunding > captured ? ['More was paid back than was taken.'] : []),
  ]
}

function inParcel({ id, events, eta }: Shipment, now: string): string[] {
  const latest = timeOf(minutesLater(now, CLOCK_TOLERANCE_MINUTES))
  return [
    ...(events.every(({ at }) => isTime(at)) && (eta === undefined || isTime(eta))
      ? []
      : [`A date of parcel ${id} is none.`]),
    ...(events.some(({ at }) => timeOf(at) > latest) ? [`Parcel ${id} has a scan from the future.`] : []),
  ]
}

const isAmount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
