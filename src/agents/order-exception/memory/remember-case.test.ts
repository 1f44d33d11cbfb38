import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { paymentOf } from '#db/commerce/rows/order-file-rows.ts'
import type { Investigation } from '#domain/exceptions/facts.ts'
import type { RememberedCase } from '#domain/exceptions/remembered-case.ts'
import { readJson } from '#domain/foreign-json.ts'
import type { CustomerHistory, Order, Shipment } from '#domain/order.ts'
import { ADDRESS, aCase, anOrder, aParcel, scan } from '../../../../test/fixtures/case-builder.ts'
import { planCase } from '../plan-case.ts'
import { rememberCase } from './remember-case.ts'

type Told = RememberedCase & { id: string }
const FILE = new URL('../../../../evals/datasets/exceptions/scenarios.jsonl', import.meta.url)
const scenarios = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => readJson(line) as Told)

/** A scenario as an investigation would have found it. */
function investigated({ world, exception }: RememberedCase): Investigation {
  const ofShop = (order: RememberedCase['world']['order']) =>
    ({ ...order, shipments: [] as Shipment[], refunds: order.refunds ?? [] }) as unknown as Order
  const order = ofShop(world.order)
  const parcels = world.shipments.map(({ trackingNumber: tracking, ...parcel }) => ({
    ...parcel,
    tracking,
  })) as Shipment[]
  const known = <Value>(value: Value) =>
    ({ outcome: 'known', value, source: 'test', observedAt: world.now, version: 1 }) as const
  return {
    exception: { ...exception, data: exception.data ?? {} },
    facts: {
      order: known(order),
      parcels: known(parcels),
      stock: known(world.inventory),
      payment: known(paymentOf(order)),
      customer: known(world.order.customer as unknown as CustomerHistory),
      relatedOrders: known((world.relatedOrders ?? []).map(ofShop)),
      prices: known(world.priceList ?? []),
    },
    limits: world.policy,
    places: { pickingLocation: 'DC-EAST' },
    now: world.now,
    round: 0,
  }
}

/** What rules made of it, as far as it names nobody. */
function decided(investigation: Investigation) {
  const { cause, rule, verdict, actions, alternatives } = planCase(investigation)
  const plain = [actions, ...alternatives].map((way) =>
    way.map(({ kind, args: { address, shipmentId, refundId, orderId, ...args } }) => ({
      kind,
      args,
      names: [address, shipmentId, refundId, orderId].map((value) => value !== undefined),
    })),
  )
  return { cause, rule, verdict, plain }
}

describe('a remembered case', () => {
  test('is decided as the case itself was, whichever rule decides', () => {
    for (const scenario of scenarios) {
      const before = investigated(scenario)
      const remembered = rememberCase(before)
      if (remembered === null) throw new Error(`${scenario.id} is not remembered`)
      expect({ id: scenario.id, ...decided(investigated(remembered)) }).toEqual({ id: scenario.id, ...decided(before) })
    }
  })

  test('names nobody, and says of each thing the same word', () => {
    const people = ['Ida Kern', 'Am Wehr 9', 'Ulm', '89073', 'O-1', 'C-1', '1Z-77', 'ida@example.org', '+49 731 1234']
    const found = aCase('delivered_not_received_claim', {
      order: anOrder(),
      parcels: [
        aParcel([scan(-1, 'DEL', { description: 'Left with Ida Kern, Ulm', location: 'Ulm' })], {
          tracking: '1Z-77',
          proofOfDelivery: { signedBy: 'I. Kern' },
        }),
      ],
      data: { customerAddress: ADDRESS, email: 'ida@example.org' },
      detail: 'Ida Kern here, ida@example.org, +49 731 1234: the POT did not come to Am Wehr 9',
    })
    const remembered = rememberCase(found)
    const text = JSON.stringify(remembered)
    for (const word of people) expect(text).not.toContain(word)
    expect(remembered?.exception).toMatchObject({
      detail: 'POT',
      data: { customerAddress: remembered?.world.order.shippingAddress },
    })
    expect(JSON.stringify(rememberCase(found))).toBe(text)
  })

  test('is none where a system was silent or the bank disputes the payment', () => {
    const found = aCase('carrier_delay')
    const silent = { outcome: 'silent' as const, source: 'carriers', why: 'no answer in 3 s', observedAt: found.now }
    expect(rememberCase({ ...found, facts: { ...found.facts, parcels: silent } })).toBeNull()
    const { payment } = found.facts
    if (payment?.outcome !== 'known' || !payment.value) throw new Error('there is a payment')
    const disputed = { ...payment, value: { ...payment.value, disputed: true } }
    expect(rememberCase({ ...found, facts: { ...found.facts, payment: disputed } })).toBeNull()
  })
})
