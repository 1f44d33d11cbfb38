import type { Call, Changes } from '../retail-case.ts'
import { type Address, centsOf, type Desk, GIFT_TOTAL, item, TOTAL, units } from './desk-world.ts'

export type Done = { call: Call; changes: Changes }

/** What the desk is asked for, and what is different afterwards by the rules of docs/sandbox.md; nothing here asks the desk itself. */
const call = (name: string, args: Record<string, unknown>): Call => ({ name, arguments: args })
export const NOTHING: Changes = { orders: {}, users: {} }
const paid = (cents: number, method: string) => ({ ...move(cents, method), transaction_type: 'payment' })
const back = (cents: number, method: string) => ({ ...move(cents, method), transaction_type: 'refund' })
const move = (cents: number, method: string) => ({
  transaction_type: '',
  amount: units(cents),
  payment_method_id: method,
})
/** A gift card afterwards, `more` cents richer. */
const richer = ({ user, gift, balance }: Desk, more: number) => ({
  [user]: { [`payment_methods.${gift}.balance`]: units(balance + more) },
})

export const elsewhere = (address: Address): Address => ({
  ...address,
  address1: `${address.address1} b`,
  zip: '00017',
})

export const cancel = (order_id: string, reason = 'no longer needed') =>
  call('cancel_pending_order', { order_id, reason })
export const moveOrder = (order_id: string, address: Address) =>
  call('modify_pending_order_address', { order_id, ...address })
export const moveUser = (user_id: string, address: Address) => call('modify_user_address', { user_id, ...address })
export const payBy = (order_id: string, payment_method_id: string) =>
  call('modify_pending_order_payment', { order_id, payment_method_id })
export const swap = (order_id: string, item_ids: string[], new_item_ids: string[], payment_method_id: string) =>
  call('modify_pending_order_items', { order_id, item_ids, new_item_ids, payment_method_id })
export const exchange = (order_id: string, item_ids: string[], new_item_ids: string[], payment_method_id: string) =>
  call('exchange_delivered_order_items', { order_id, item_ids, new_item_ids, payment_method_id })
export const giveBack = (order_id: string, item_ids: string[], payment_method_id: string) =>
  call('return_delivered_order_items', { order_id, item_ids, payment_method_id })

export function cancelled({ pending, card }: Desk): Done {
  const after = {
    status: 'cancelled',
    payment_history: [paid(TOTAL, card), back(TOTAL, card)],
    cancel_reason: 'ordered by mistake',
  }
  return { call: cancel(pending, 'ordered by mistake'), changes: { ...NOTHING, orders: { [pending]: after } } }
}

/** A gift card has its money at once. */
export function cancelledByGift(desk: Desk): Done {
  const { byGift, gift } = desk
  const after = {
    status: 'cancelled',
    payment_history: [paid(GIFT_TOTAL, gift), back(GIFT_TOTAL, gift)],
    cancel_reason: 'no longer needed',
  }
  return { call: cancel(byGift), changes: { orders: { [byGift]: after }, users: richer(desk, GIFT_TOTAL) } }
}

export function movedOrder({ pending }: Desk, address: Address): Done {
  return { call: moveOrder(pending, address), changes: { ...NOTHING, orders: { [pending]: { address } } } }
}

export function movedUser({ user }: Desk, address: Address): Done {
  return { call: moveUser(user, address), changes: { ...NOTHING, users: { [user]: { address } } } }
}

export function paidByPaypal({ pending, card, paypal }: Desk): Done {
  const payment_history = [paid(TOTAL, card), paid(TOTAL, paypal), back(TOTAL, card)]
  return { call: payBy(pending, paypal), changes: { ...NOTHING, orders: { [pending]: { payment_history } } } }
}

export function paidByGift(desk: Desk): Done {
  const { pending, card, gift } = desk
  const payment_history = [paid(TOTAL, card), paid(TOTAL, gift), back(TOTAL, card)]
  const changes = { orders: { [pending]: { payment_history } }, users: richer(desk, -TOTAL) }
  return { call: payBy(pending, gift), changes }
}

/** The speaker in another colour; a difference either way goes over `method`. */
export function swapped(desk: Desk, to: string, method: string): Done {
  const { pending, card, gift } = desk
  const more = centsOf(to) - centsOf('SP-PORT-WHITE')
  const after = {
    status: 'pending (item modified)',
    items: [item(to), item('TW-TEAP-08')],
    payment_history: [paid(TOTAL, card), more > 0 ? paid(more, method) : back(-more, method)],
  }
  const users = method === gift ? richer(desk, -more) : {}
  return { call: swap(pending, ['SP-PORT-WHITE'], [to], method), changes: { orders: { [pending]: after }, users } }
}

export function exchanged({ delivered }: Desk, to: string, method: string): Done {
  const after = {
    status: 'exchange requested',
    exchange_items: ['TW-TEAP-08'],
    exchange_new_items: [to],
    exchange_payment_method_id: method,
    exchange_price_difference: units(centsOf(to) - centsOf('TW-TEAP-08')),
  }
  return {
    call: exchange(delivered, ['TW-TEAP-08'], [to], method),
    changes: { ...NOTHING, orders: { [delivered]: after } },
  }
}

/** Asked for in any order, kept in one. */
export function givenBack({ delivered }: Desk, method: string): Done {
  const after = {
    status: 'return requested',
    return_items: ['SP-PORT-WHITE', 'TW-TEAP-08'],
    return_payment_method_id: method,
  }
  return {
    call: giveBack(delivered, ['TW-TEAP-08', 'SP-PORT-WHITE'], method),
    changes: { ...NOTHING, orders: { [delivered]: after } },
  }
}
