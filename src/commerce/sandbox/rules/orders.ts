import { isDeepStrictEqual } from 'node:util'
import type { Decided, OrderFile } from '#db/commerce/order-files.port.ts'
import type { PostalAddress } from '#domain/order.ts'
import { done, type Moment, refused, told, withOrder } from './effects/decide.ts'
import { isUnderWay, wasSent } from './units/whereabouts.ts'

/** Held by hand, or because it was not paid. */
const HELD = new Set(['on_hold', 'payment_hold'])

/** A new address while no parcel is moving; one that stopped, came back or was never handed over can still be sent right. */
export function setAddress(file: OrderFile, moment: Moment, address: PostalAddress): Decided {
  if (file.order.status === 'cancelled') return refused('already_cancelled')
  if (file.parcels.some(isUnderWay)) return refused('already_shipped')
  if (isDeepStrictEqual(file.order.shippingAddress, address)) return refused('already_done')
  const after = withOrder(file, { shippingAddress: address })
  return done(file, after, moment, {
    prefix: 'AD',
    reversible: true,
    events: [told(file, 'orders', 'order.updated', { changed: ['shippingAddress'] })],
  })
}

/** Stops an order before it is sent. */
export function hold(file: OrderFile, moment: Moment, reason: string): Decided {
  if (file.order.status === 'cancelled') return refused('already_cancelled')
  if (file.order.status === 'on_hold') return refused('already_done')
  if (wasSent(file)) return refused('already_shipped')
  return done(file, withOrder(file, { status: 'on_hold', holdReason: reason }), moment, {
    prefix: 'HO',
    reversible: true,
    events: [told(file, 'orders', 'order.updated', { status: 'on_hold' })],
  })
}

export function releaseHold(file: OrderFile, moment: Moment): Decided {
  if (!HELD.has(file.order.status)) return refused('not_now')
  const { holdReason: _over, ...order } = file.order
  return done(file, { ...file, order: { ...order, status: 'processing' } }, moment, {
    prefix: 'RH',
    reversible: true,
    events: [told(file, 'orders', 'order.updated', { status: 'processing' })],
  })
}
