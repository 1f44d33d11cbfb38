import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { PostalAddress } from '#domain/order.ts'
import { keyedTool, orderNow, type ShopSystems } from '../keyed-tool.ts'
import { address } from '../read-args.ts'

const Args = z.strictObject({ address })

/** Action `update_shipping_address`: the whole address. Undone by putting the old one back, while the parcel has not moved. */
export function updateShippingAddress(systems: ShopSystems) {
  return keyedTool(systems.orders, {
    kind: 'update_shipping_address',
    system: 'orders',
    args: Args,
    effect: (args, order) =>
      `Send order ${order.id} to ${line(args.address as PostalAddress)} instead of ${line(order.shippingAddress)}.`,
    reversible: true,
    send: (by, { order }, args, signal) =>
      systems.orders.setShippingAddress(by, order, args.address as PostalAddress, signal),
    shows: async (action, args, _receipt, signal) =>
      isDeepStrictEqual((await orderNow(systems, action, signal))?.shippingAddress, args.address),
  })
}

function line({ line1, line2, postalCode, city, country }: PostalAddress): string {
  return [line1, line2, `${postalCode} ${city}`.trim(), country].filter(Boolean).join(', ')
}
