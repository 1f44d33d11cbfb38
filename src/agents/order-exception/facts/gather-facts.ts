import type { FactName, FactValues, Investigation, Looked } from '#domain/exceptions/facts.ts'
import { Fault } from '#domain/fault.ts'
import type { OrderId, ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { CaseLookUps } from '#tools/case-look-ups.port.ts'

type Facts = Investigation['facts']

/**
 * Asks every system a playbook needs, all at once; what needs the order's SKUs is asked when the order is there. A system that
 * does not answer is a fact too. Never throws for a system's sake; rejects with the signal's reason.
 */
export async function gatherFacts(
  { lookUps, clock }: { lookUps: CaseLookUps; clock: Clock },
  { shop, order, needs }: { shop: ShopId; order: OrderId; needs: FactName[] },
  signal: AbortSignal,
): Promise<Facts> {
  const asking = orElseSilent(clock, signal)
  const found = asking('orders', lookUps.order(shop, order, signal))
  const skus = async () => {
    const looked = await found
    const lines = looked.outcome === 'known' ? (looked.value?.lines ?? []) : []
    return [...new Set(lines.map(({ sku }) => sku))]
  }
  const asked: { [Name in FactName]: () => Promise<Looked<FactValues[Name]>> } = {
    order: () => found,
    parcels: () => asking('carriers', lookUps.parcels(shop, order, signal)),
    payment: () => asking('payments', lookUps.payment(shop, order, signal)),
    customer: () => asking('customers', lookUps.customer(shop, order, signal)),
    relatedOrders: () => asking('orders', lookUps.relatedOrders(shop, order, signal)),
    stock: async () => asking('inventory', lookUps.stock(shop, order, await skus(), signal)),
    prices: async () => asking('prices', lookUps.prices(shop, await skus(), signal)),
  }
  const names = [...new Set<FactName>(['order', ...needs])]
  const answers = await Promise.all(names.map(async (name) => [name, await asked[name]()] as const))
  return Object.fromEntries(answers) as Facts
}

function orElseSilent(clock: Clock, signal: AbortSignal) {
  return async <Value>(source: string, look: Promise<Looked<Value>>): Promise<Looked<Value>> => {
    try {
      return await look
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof Fault) || error.kind !== 'retryable') throw error
      return { outcome: 'silent', source, why: error.code, observedAt: clock.now().toISOString() }
    }
  }
}
