import type { SandboxFault } from '#db/commerce/sandbox-controls.port.ts'
import { postgresSandboxControls } from '#db/commerce/sandbox-controls.postgres.ts'
import type { WorldOrder } from '#db/commerce/world-store.port.ts'
import { postgresWorldStore } from '#db/commerce/world-store.postgres.ts'
import { type Database, openDatabase } from '#db/database.ts'
import { findRunningInstance } from '#db/embedded/embedded-postgres.ts'
import { customerId, orderId, type ShopId } from '#domain/ids.ts'
import { systemClock } from '#telemetry/clock.ts'
import { silentLog } from '../../fixtures/silent-log.ts'

const DAY_MS = 86_400_000
const { signal } = new AbortController()

/** What goes wrong with calls to the shop's systems while cases are worked on, as shares of the calls. */
const FAULTS: Pick<SandboxFault, 'fault' | 'share'>[] = [
  { fault: 'timeout_before', share: 0.06 },
  { fault: 'timeout_after', share: 0.12 },
  { fault: 'rate_limited', share: 0.04 },
  { fault: 'server_error', share: 0.04 },
]
const EVENT_FAULTS: Pick<SandboxFault, 'fault' | 'share'>[] = [
  { fault: 'duplicate', share: 0.3 },
  { fault: 'reorder', share: 0.3 },
]

/** Runs `work` on the database of the instance that runs on `folder`, beside it. */
export async function besideInstance<Result>(
  folder: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const running = findRunningInstance(folder)
  if (!running) throw new Error('no instance runs on this folder')
  const database = openDatabase({ ...running.connection, ssl: false }, 1, silentLog)
  try {
    return await work(database)
  } finally {
    await database.destroy()
  }
}

/** Puts lost parcels of `round` into the shop's world; gives their orders. Every third one can be sent again, the others only refunded. */
export async function addLostParcels(
  database: Database,
  shop: ShopId,
  round: number,
  count: number,
): Promise<string[]> {
  const now = systemClock().now().getTime()
  const at = (days: number) => new Date(now - days * DAY_MS).toISOString()
  const orders = Array.from({ length: count }, (_, number): WorldOrder => {
    const id = `TRT-${round}-${number}`
    const total = 1_500 + ((round * 37 + number * 911) % 12_000)
    return {
      order: {
        id: orderId(id),
        placedAt: at(30),
        currency: 'EUR',
        status: 'shipped',
        paymentStatus: 'captured',
        total,
        customer: { id: customerId(`TRC-${round}-${number}`) },
        lines: [
          { sku: number % 3 === 0 ? 'TRT-STOCK' : `TRT-GONE-${round}`, name: 'Test lamp', qty: 1, unitPrice: total },
        ],
        shippingAddress: { name: 'T. Ester', line1: 'Testweg 1', city: 'Bremen', postalCode: '28195', country: 'DE' },
        shippingMethod: 'standard',
        promisedBy: at(24),
        refunds: [],
      },
      parcels: [
        {
          id: `TRS-${round}-${number}`,
          carrier: 'dpd',
          tracking: `0${round}${number}TRT`,
          status: 'in_transit',
          events: [{ at: at(29), code: 'COLL', description: 'Collected from sender', location: 'Bremen' }],
        },
      ],
    }
  })
  const stock = round === 0 ? [{ sku: 'TRT-STOCK', location: 'DC-EAST', onHand: 100_000, reserved: 0 }] : []
  const customers = orders.map(({ order }) => ({
    id: order.customer.id,
    history: { id: order.customer.id, tier: 'standard', lifetimeOrders: 5, priorClaims: 0 },
  }))
  await postgresWorldStore(database).add(
    shop,
    { now: null, orders, customers, stock, prices: [], products: [] },
    signal,
  )
  return orders.map(({ order }) => order.id)
}

/** Lets calls of the shop's systems fail from here on. */
export async function letSystemsFail(database: Database, shop: ShopId): Promise<void> {
  const controls = postgresSandboxControls(database, systemClock())
  const calls = { system: '*', operation: '*', timesLeft: null, latencyMs: 0 } as const
  for (const fault of FAULTS) await controls.addFault(shop, { ...calls, ...fault }, signal)
  for (const fault of EVENT_FAULTS) await controls.addFault(shop, { ...calls, system: 'events', ...fault }, signal)
}

export async function letSystemsWork(database: Database, shop: ShopId): Promise<void> {
  await postgresSandboxControls(database, systemClock()).clearFaults(shop, signal)
}
