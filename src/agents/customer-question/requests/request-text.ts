import { type CustomerRequest, worthOf } from '#domain/exceptions/customer-request.ts'
import { moneyText } from '#domain/money.ts'
import type { LineQuantity, Order, PaymentState, PostalAddress } from '#domain/order.ts'
import type { Language } from '#rag/understand/understanding.port.ts'
import { isCaptured, stillRefundable } from '../../order-exception/signs/money-so-far.ts'
import { effectText } from './request-phrases.ts'

/** Exactly what would happen: units, address, money and where it goes. `payment`: null where nobody could say. */
export function requestText(request: CustomerRequest, order: Order, payment: PaymentState | null, language: Language) {
  const { id, total, currency } = order
  const sum = (amount: number) => moneyText({ amount, currency }, language === 'de' ? 'de-DE' : 'en-IE')
  const back = payment ? stillRefundable(order, payment).amount : null
  const money = (name: 'money_back' | 'items_back' | 'return_back', most: number) => {
    // Where the provider did not answer, no amount is promised.
    const amount = Math.min(back ?? 0, most)
    if (amount > 0) return effectText(language, name, { amount: sum(amount) })
    return name !== 'return_back' && payment && !isCaptured(payment) ? effectText(language, 'no_money') : ''
  }
  const slots = { order: id, total: sum(total) }
  switch (request.kind) {
    case 'cancel':
      return (
        effectText(language, 'cancel', { ...slots, items: unitsText(order.lines, order) }) + money('money_back', total)
      )
    case 'address':
      return effectText(language, 'address', { ...slots, address: addressText(request.address) })
    case 'remove_items':
      return (
        effectText(language, 'remove_items', { ...slots, items: unitsText(request.items, order) }) +
        (countOf(request.items) < countOf(order.lines) ? effectText(language, 'rest_stays') : '') +
        money('items_back', worthOf(request.items, order))
      )
    case 'return':
      return (
        effectText(language, 'return', { ...slots, items: unitsText(request.items, order) }) +
        money('return_back', worthOf(request.items, order))
      )
    case 'payment':
      return effectText(language, 'payment', slots)
  }
}

const countOf = (units: LineQuantity[]) => units.reduce((sum, { qty }) => sum + qty, 0)

/** Units by the names on the order. */
export function unitsText(units: LineQuantity[], { lines }: Pick<Order, 'lines'>): string {
  return units.map(({ sku, qty }) => `${qty} × ${lines.find((line) => line.sku === sku)?.name ?? sku}`).join(', ')
}

export function addressText({ name, line1, line2, postalCode, city, region, country }: PostalAddress): string {
  const town = [postalCode, city, region].filter(Boolean).join(' ')
  return [name, line1, line2, town, country].filter(Boolean).join(', ')
}
