import type { Line } from './baskets.ts'
import type { ShopCustomer } from './customers.ts'
import { carrierFor, type Journey, type Parcel, type ParcelEvent, scan, scans, trackingNumber } from './parcels.ts'
import type { Seeded } from './seeded.ts'
import { afterWorkingDays, DAY, HOUR, iso } from './working-days.ts'

export type ParcelStory = {
  story: string
  /** Milliseconds since 1970, as are all times here. */
  dispatch: number
  promised: number
  lines: Line[]
  customer: ShopCustomer
  hub: string
  now: number
}

/** The parcels of an order and their scans, as its story has them. Ids are given later. */
export function parcelsOf(order: ParcelStory, chance: Seeded): Parcel[] {
  const { story, dispatch, now } = order
  switch (story) {
    case 'awaiting_transfer':
    case 'payment_failed':
    case 'picking':
    case 'cancelled_early':
    case 'cancelled_late':
      return []
    case 'split':
      return split(order, chance)
    case 'under_way':
      return [underWay(order, order.lines, chance)]
    case 'out_today':
      return [
        parcel(
          order,
          order.lines,
          'out_for_delivery',
          now + 5 * HOUR,
          travelled({ ...journey(order), arrival: now + 3 * HOUR, now }),
          chance,
        ),
      ]
    case 'depot_closed':
      return [depotClosed(order, chance)]
    case 'silent':
      return [silent(order, chance)]
    case 'bad_address':
    case 'damaged':
    case 'returning':
      return [goneWrong(order, story, chance)]
    default: {
      const arrival = Math.min(arrivalOf(order, chance), now - 2 * HOUR)
      const events = scans({ ...journey(order), arrival, now })
      const missed = arrival - DAY
      if (story === 'second_attempt' && missed > dispatch)
        events.splice(
          -2,
          0,
          scan(carrierFor(order.customer.region), 'nobody_home', missed, order.customer.address.city),
        )
      return [parcel(order, order.lines, 'delivered', arrival, inOrder(events), chance)]
    }
  }
}

function journey({ customer, hub, dispatch, now }: ParcelStory): Omit<Journey, 'arrival'> {
  return { carrier: carrierFor(customer.region), hub, city: customer.address.city, dispatch, now }
}

function parcel(
  order: ParcelStory,
  lines: Line[],
  status: string,
  eta: number,
  events: ParcelEvent[],
  chance: Seeded,
): Parcel {
  const carrier = carrierFor(order.customer.region)
  return {
    id: '',
    carrier,
    tracking: trackingNumber(carrier, chance),
    status,
    eta: iso(Math.floor(eta / HOUR) * HOUR),
    events,
    lines: lines.map(({ sku, qty }) => ({ sku, qty })),
  }
}

function underWay(order: ParcelStory, lines: Line[], chance: Seeded): Parcel {
  const eta = Math.max(order.promised, order.now + 20 * HOUR)
  // One scan too few is a parcel under way; the steps at the door lie in the future.
  return parcel(order, lines, 'in_transit', eta, travelled({ ...journey(order), arrival: eta, now: order.now }), chance)
}

function split(order: ParcelStory, chance: Seeded): Parcel[] {
  const first = order.lines.slice(0, Math.ceil(order.lines.length / 2))
  if (chance.chance(0.5)) return [underWay(order, first, chance)]
  const arrival = Math.floor(order.now / DAY) * DAY - DAY + chance.between(9, 17) * HOUR
  return [
    parcel(
      order,
      first,
      'delivered',
      arrival,
      scans({ ...journey(order), dispatch: Math.min(order.dispatch, arrival - 20 * HOUR), arrival, now: order.now }),
      chance,
    ),
  ]
}

/** Every parcel of the incident meets the same closed depot on the same morning. */
function depotClosed(order: ParcelStory, chance: Seeded): Parcel {
  const closed = Math.floor(order.now / DAY) * DAY - 2 * DAY + 6 * HOUR
  const before = scans({
    ...journey(order),
    dispatch: Math.min(order.dispatch, closed - DAY),
    arrival: closed + DAY,
    now: closed - HOUR,
  }).slice(0, 4)
  const stopped = scan('dpd', 'late', closed + chance.between(0, 90) * 60_000, 'Utrecht')
  return parcel(order, order.lines, 'exception', afterWorkingDays(order.promised, 3, 18), [...before, stopped], chance)
}

/** Scanned once on the first day and never again. */
function silent(order: ParcelStory, chance: Seeded): Parcel {
  const events = scans({ ...journey(order), arrival: order.dispatch + 2 * DAY, now: order.dispatch + DAY }).slice(0, 3)
  return parcel(order, order.lines, 'in_transit', order.promised, events, chance)
}

function goneWrong(order: ParcelStory, story: 'bad_address' | 'damaged' | 'returning', chance: Seeded): Parcel {
  const step = story
  const at = Math.min(order.dispatch + 2 * DAY + chance.between(1, 9) * HOUR, order.now - 4 * HOUR)
  const events = scans({ ...journey(order), arrival: at + DAY, now: at - HOUR }).slice(0, 5)
  const event = scan(carrierFor(order.customer.region), step, at, order.hub)
  return parcel(
    order,
    order.lines,
    story === 'returning' ? 'return_to_sender' : 'exception',
    order.promised,
    [...events, event],
    chance,
  )
}

/** A parcel that left has at least been collected, however short ago. */
function travelled(journey: Journey): ParcelEvent[] {
  const start = Math.min(journey.dispatch, journey.now - 6 * HOUR)
  return scans({ ...journey, dispatch: start })
}

function arrivalOf({ dispatch, promised }: ParcelStory, chance: Seeded): number {
  const days = Math.max(1, Math.round((promised - dispatch) / DAY))
  return (
    Math.floor(dispatch / DAY) * DAY + chance.between(Math.max(1, days - 2), days) * DAY + chance.between(9, 17) * HOUR
  )
}

const inOrder = (events: ParcelEvent[]) =>
  events.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
