import { type Investigation, readAddress } from '#domain/exceptions/facts.ts'
import type { RememberedCase, RememberedOrder } from '#domain/exceptions/remembered-case.ts'
import type { CustomerHistory, Order, PaymentState, Shipment } from '#domain/order.ts'
import { knownRefunds } from '../signs/money-so-far.ts'
import { type Pseudonyms, pseudonyms } from './pseudonyms.ts'
import { rememberParcel } from './remember-parcel.ts'

/**
 * A case as it can be kept and looked at again, without a name, street, town, tracking number or text of anybody in it. Null where
 * a system was silent or a bank disputes the payment: a scenario's world cannot say so, so nothing could be learnt from it. Pure.
 */
export function rememberCase({ exception, facts, limits, now }: Investigation): RememberedCase | null {
  if (Object.values(facts).some((fact) => fact.outcome === 'silent')) return null
  const order = knownIn(facts.order)
  const payment = knownIn(facts.payment)
  if (!order || payment?.disputed) return null
  const words = pseudonyms()
  const customer = knownIn(facts.customer)
  const parcels: Shipment[] = knownIn(facts.parcels) ?? []
  return {
    world: {
      now,
      order: rememberOrder(order, payment, customer, words),
      shipments: parcels.map((parcel) => rememberParcel(parcel, order.shippingAddress.name, words)),
      // A scenario knows no units of its own: what nobody else has reserved is free.
      inventory: (knownIn(facts.stock) ?? []).map(({ own = 0, ...row }) => ({ ...row, reserved: row.reserved - own })),
      relatedOrders: (knownIn(facts.relatedOrders) ?? []).map((other) => rememberOrder(other, null, null, words)),
      priceList: knownIn(facts.prices) ?? [],
      policy: limits,
    },
    exception: {
      type: exception.type,
      detectedAt: exception.detectedAt,
      source: exception.source,
      detail: linesIn(exception.detail, order),
      data: rememberData(exception.data, words),
    },
  }
}

function rememberOrder(
  order: Order,
  payment: PaymentState | null,
  history: CustomerHistory | null,
  words: Pseudonyms,
): RememberedOrder {
  const { placedAt, currency, status, total, shippingMethod, promisedBy, riskSignals, holdReason } = order
  const { tier, lifetimeOrders, priorClaims } = history ?? order.customer
  return {
    id: words.id('order', order.id),
    ...{
      placedAt,
      currency,
      status,
      paymentStatus: paymentStatusOf(order, payment),
      total,
      shippingMethod,
      promisedBy,
    },
    customer: {
      id: words.id('customer', order.customer.id),
      tier: tier ?? 'standard',
      lifetimeOrders: lifetimeOrders ?? 0,
      priorClaims: priorClaims ?? 0,
    },
    lines: order.lines.map(({ sku, name, qty, unitPrice }) => ({ sku, name, qty, unitPrice })),
    shippingAddress: words.address(order.shippingAddress),
    refunds: (payment ? knownRefunds(order, payment) : order.refunds).map(
      ({ id, amount, status: said, pspStatus, createdAt, sku }) => ({
        id: words.id('refund', id),
        ...{ amount, status: said, createdAt },
        ...(pspStatus === undefined ? {} : { pspStatus }),
        ...(sku === undefined ? {} : { sku }),
      }),
    ),
    ...(riskSignals === undefined ? {} : { riskSignals }),
    ...(holdReason === 'fraud' ? { holdReason } : {}),
  }
}

/** A scenario tells of money by the order's payment status; what the provider says counts. */
function paymentStatusOf(order: Order, payment: PaymentState | null): string {
  if (!payment || order.paymentStatus === 'refunded') return order.paymentStatus
  if (payment.captured === 0) return payment.status
  return payment.captured >= order.total ? 'captured' : 'partially_captured'
}

/** Of a free text rules read only which line of the order it names. */
function linesIn(detail: string, { lines }: Order): string {
  const text = detail.toLowerCase()
  const named = lines.filter(
    ({ sku, name }) => text.includes(sku.toLowerCase()) || (name !== '' && text.includes(name.toLowerCase())),
  )
  return [...new Set(named.map(({ sku }) => sku))].join(', ')
}

/** What playbooks read of a report, and no more. */
const PLAIN = ['confidence', 'attempts', 'decline', 'heldSince', 'verification', 'sku']
const NAMED = { refundId: 'refund', shipmentId: 'parcel', trackingNumber: 'tracking', tracking: 'tracking' }
const ADDRESSES = ['suggestion', 'customerAddress']
const CODE = /^[\w:.+-]{1,64}$/

function rememberData(data: Record<string, unknown>, words: Pseudonyms): Record<string, unknown> {
  const kept: [string, unknown][] = []
  for (const member of PLAIN) {
    const value = data[member]
    if (typeof value === 'number' || (typeof value === 'string' && CODE.test(value))) kept.push([member, value])
  }
  for (const [member, kind] of Object.entries(NAMED))
    if (typeof data[member] === 'string') kept.push([member, words.id(kind, data[member])])
  for (const member of ADDRESSES) {
    const address = readAddress(data[member])
    if (address !== null) kept.push([member, words.address(address)])
  }
  if (data.photos !== undefined)
    kept.push(['photos', Array.isArray(data.photos) ? data.photos.length : Number(data.photos)])
  return Object.fromEntries(kept)
}

type Fact<Value> = { outcome: 'known'; value: Value } | { outcome: 'silent' } | undefined
const knownIn = <Value>(fact: Fact<Value>): Value | null => (fact?.outcome === 'known' ? fact.value : null)
