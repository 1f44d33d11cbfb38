import type { OrderCard } from '#domain/answer.ts'
import { newestEvent, type Order, type Shipment } from '#domain/order.ts'
import type { Language } from '#rag/understand/understanding.port.ts'
import { orderCases } from './claims/order-cases.ts'
import { nextExpected, stateOf } from './next-event.ts'
import { say, statusText } from './phrases.ts'
import type { QuestionState } from './state.ts'

/** An order as a card, in plain words; `at` is when the order system was asked; `known` are cases on it that may be told. */
export function orderCard(order: Order, at: string, language: Language, known?: QuestionState['cases']): OrderCard {
  const shipment = newestShipment(order)
  const status = stateOf(order, shipment)
  const event = shipment ? newestEvent(shipment) : null
  return {
    orderId: order.id,
    status,
    statusText: statusText(language, status),
    items: order.lines.map(({ sku, name, qty }) => ({ sku, name, quantity: qty })),
    carrier: shipment?.carrier ?? null,
    tracking: shipment?.tracking ?? null,
    lastEvent: event ? { at: event.at, description: event.description } : null,
    expectedBy: shipment?.eta ?? order.promisedBy ?? null,
    nextExpected: nextExpected(order, shipment, at, language),
    cases: known ? orderCases(known, order, language) : [],
    asOf: at,
  }
}

/** How an order stands, in one to three sentences made of typed values. */
export function orderText(card: OrderCard, language: Language): string {
  const line = `${say(language, 'order_line', { order: card.orderId, status: card.statusText })}.`
  const by = card.nextExpected?.by
  const expected = by ? say(language, 'expected', { date: day(by, language) }) : ''
  const event = card.lastEvent
    ? say(language, 'last_event', { event: card.lastEvent.description, date: day(card.lastEvent.at, language) })
    : ''
  return line + expected + event
}

// A later parcel of the same order has the later word; by the newest event, else the last in the list.
function newestShipment({ shipments }: Order): Shipment | null {
  return shipments.reduce<Shipment | null>((best, shipment) => {
    if (!best) return shipment
    return (newestEvent(shipment)?.at ?? '') >= (newestEvent(best)?.at ?? '') ? shipment : best
  }, null)
}

function day(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-IE', {
    dateStyle: 'medium',
    timeZone: 'UTC',
  }).format(new Date(iso))
}
