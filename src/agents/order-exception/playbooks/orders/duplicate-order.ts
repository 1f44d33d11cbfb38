import { sameAddress } from '#domain/exceptions/same-address.ts'
import type { Order } from '#domain/order.ts'
import { isHandedOver } from '#domain/parcels/parcel-signs.ts'
import { minutesApart, timeOf } from '#domain/time/calendar.ts'
import {
  action,
  forApproval,
  handedUp,
  type Known,
  type Plan,
  type Playbook,
  proposed,
  settled,
} from '../../playbook.ts'
import { perSku } from '../../signs/free-stock.ts'
import { inWords } from '../../signs/make-good.ts'
import { isCancelled, isCaptured, stillRefundable } from '../../signs/money-so-far.ts'

type Needs = 'order' | 'parcels' | 'payment' | 'relatedOrders'

/** An order that looks like an earlier one of the same customer; the case is on the newer. Source: docs/exceptions.md, duplicate_order. */
export const duplicateOrder: Playbook<Needs> = {
  type: 'duplicate_order',
  needs: {
    order: { maxAgeMinutes: 15 },
    parcels: { maxAgeMinutes: 60 },
    payment: { maxAgeMinutes: 15 },
    relatedOrders: { maxAgeMinutes: 60 },
  },
  never: ['reship', 'credit', 'release_hold'],
  ifNothing: 'The customer gets and pays the same things twice.',
  plan,
}

const SHIPPED = new Set(['shipped', 'delivered', 'fulfilled', 'completed', 'returned'])

/** The first rule that holds decides. A duplicate has the same lines, quantities and address, placed no further apart than the shop's window; its edge is inside. */
function plan({ order, parcels, payment, relatedOrders, limits }: Known<Needs>): Plan {
  if (isCancelled(order))
    return settled({ cause: 'already_cancelled', rule: 'duplicate_order.1', why: 'This order is cancelled already.' })
  const earlier = relatedOrders.filter(
    (other) => other.id !== order.id && timeOf(other.placedAt) <= timeOf(order.placedAt),
  )
  if (earlier.length === 0)
    return handedUp({
      cause: 'no_earlier_order',
      rule: 'duplicate_order.0',
      why: 'No earlier order of this customer is known.',
    })
  const live = earlier.filter((other) => !isCancelled(other))
  if (live.length === 0)
    return settled({
      cause: 'already_cancelled',
      rule: 'general.4',
      why: 'The earlier order is cancelled, so this is the one the customer has.',
    })

  const twin = live.find((other) => isTwin(order, other, limits.duplicateWindowMinutes))
  if (twin === undefined) {
    const why = `No earlier order has the same lines and address within ${limits.duplicateWindowMinutes} minutes; it may well be meant.`
    return proposed({ cause: 'similar_not_duplicate', rule: 'duplicate_order.2', why }, [action('ask_customer')], true)
  }
  const same = `The same as ${twin.id}, placed ${Math.ceil(minutesApart(order.placedAt, twin.placedAt))} minutes before.`
  if (SHIPPED.has(order.status) || parcels.some(isHandedOver))
    return handedUp({
      cause: 'duplicate_shipped',
      rule: 'duplicate_order.3',
      why: `${same} This one has left the house.`,
    })

  const cancel = action('cancel_order', { orderId: order.id })
  const rest = stillRefundable(order, payment)
  if (!isCaptured(payment) || rest.amount === 0)
    return proposed(
      { cause: 'duplicate', rule: 'duplicate_order.4', why: `${same} Cancelling it moves no money.` },
      [cancel],
      true,
    )
  const finding = { cause: 'duplicate', rule: 'duplicate_order.4', why: `${same} ${inWords(rest)} go back.` }
  const actions = [cancel, action('refund', { amount: rest.amount })]
  return rest.amount <= limits.approvals.refundAutoMax
    ? proposed(finding, actions, true)
    : forApproval(finding, actions)
}

function isTwin(order: Order, other: Order, windowMinutes: number): boolean {
  return (
    order.customer.id === other.customer.id &&
    basketOf(order) === basketOf(other) &&
    sameAddress(order.shippingAddress, other.shippingAddress) &&
    minutesApart(order.placedAt, other.placedAt) <= windowMinutes
  )
}

const basketOf = ({ lines }: Order) =>
  perSku(lines)
    .map(({ sku, qty }) => `${qty} ${sku}`)
    .sort()
    .join('\n')
