import { type CustomerRequest, worthOf } from '#domain/exceptions/customer-request.ts'
import { moneyText } from '#domain/money.ts'
import type { LineQuantity, Order, PaymentState, PostalAddress } from '#domain/order.ts'
import type { Language } from '#rag/understand/understanding.port.ts'
import { stillRefundable } from '../../order-exception/signs/money-so-far.ts'
import { effectText } from './request-phrases.ts'

/** Exactly what would happen: units, address, money and where it goes. `payment`: null where nobody could say. */
export function requestText(request: CustomerRequest, order: Order, payment: PaymentState | null, language: Language) {
  const { id, total, currency } = order
  const sum = (amount: number) => moneyText({ amount, currency }, language === 'de' ? 'de-DE' : 'en-IE')
  const back = payment ? stillRefundable(order, payment).amount : null
  const money = (name: 'money_back' | 'items_back', most: number) => {
    // Where the provider did not answer, no amount is promised.
    if (back === null) return ''
    const amount = Math.min(back, most)
    return amount === 0 ? effectText(language, 'no_money') : effectText(language, name, { amount: sum(amount) })
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
        money('items_back', worthOf(request.items, order))
      )
    case 'return':
      return effectText(language, 'return', {
        ...slots,
        items: unitsText(request.items, order),
        amount: sum(worthOf(request.items, order)),
      })
    case 'payment':
      return effectText(language, 'payment', slots)
  }
}

/** Units by the names on the order. */
export function unitsText(units: LineQuantity[], { lines }: Pick<Order, 'lines'>): string {
  return units.map(({ sku, qty }) => `${qty} × ${lines.find((line) => line.sku === sku)?.name ?? sku}`).join(', ')
}

export function addressText({ name, line1, line2, postalCode, city, region, country }: PostalAddress): string {
  const town = [postalCode, city, region].filter(Boolean).join(' ')
  return [name, line1, line2, town, country].filter(Boolean).join(', ')
}
