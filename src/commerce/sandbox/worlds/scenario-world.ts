import type { World } from '#db/commerce/world-store.port.ts'
import type { CustomerHistory, ListPrice, Order, Shipment, StockAt } from '#domain/order.ts'

/** A world as scenario files write it: one order in the middle, everything else around it. */
export type ScenarioWorld = {
  now: string
  order: ScenarioOrder
  shipments: (Omit<Shipment, 'tracking'> & { trackingNumber: string })[]
  inventory: StockAt[]
  relatedOrders?: ScenarioOrder[]
  priceList?: ListPrice[]
}
type ScenarioOrder = Omit<Order, 'shipments' | 'refunds' | 'customer'> & {
  customer: CustomerHistory
  refunds?: Order['refunds']
}

/** The sandbox world of a scenario; its time stands still. */
export function scenarioWorld({ now, order, shipments, inventory, relatedOrders, priceList }: ScenarioWorld): World {
  const orders = [order, ...(relatedOrders ?? [])]
  const customers = new Map(orders.map(({ customer }) => [customer.id, customer]))
  return {
    now: new Date(now).toISOString(),
    orders: orders.map((one) => ({
      order: { ...one, refunds: one.refunds ?? [] },
      parcels:
        one === order
          ? shipments.map(({ trackingNumber, ...parcel }) => ({ ...parcel, tracking: trackingNumber }))
          : [],
    })),
    customers: [...customers.values()].map((history) => ({ id: history.id, history })),
    stock: inventory,
    prices: priceList ?? [],
    products: [],
  }
}
