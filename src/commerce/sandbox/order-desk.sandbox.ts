import type { CustomerHistory } from '#domain/order.ts'
import type { OrderDesk } from '../order-system.port.ts'
import { keyedChanges, type SandboxParts } from './keyed-changes.ts'

/** What an investigation reads of the sandbox shop's orders, customers and prices. Throws as its changes do. */
export function sandboxOrderDesk(parts: SandboxParts): OrderDesk {
  const { files } = parts
  const { read } = keyedChanges(parts, 'orders')
  return {
    versionedOrder: (shop, id, signal) =>
      read(
        shop,
        'order',
        async () => {
          const found = await files.file(shop, id, signal)
          if (!found) return null
          const { order, parcels, orderVersion } = found.file
          return { value: { ...order, shipments: parcels }, version: orderVersion, at: found.at }
        },
        signal,
      ),
    relatedOrders: (shop, id, limit, signal) =>
      read(shop, 'relatedOrders', () => files.related(shop, id, limit, signal), signal),
    customerHistory: (shop, id, signal) =>
      read(
        shop,
        'customerHistory',
        async (): Promise<CustomerHistory | null> => {
          const found = await files.file(shop, id, signal)
          if (!found) return null
          const { customer } = found.file.order
          const known = await files.history(shop, customer.id, signal)
          if (known) return known
          const { tier, lifetimeOrders, priorClaims } = customer
          if (tier === undefined || lifetimeOrders === undefined || priorClaims === undefined) return null
          return { id: customer.id, tier, lifetimeOrders, priorClaims }
        },
        signal,
      ),
    listPrices: (shop, skus, signal) => read(shop, 'listPrices', () => files.prices(shop, skus, signal), signal),
  }
}
