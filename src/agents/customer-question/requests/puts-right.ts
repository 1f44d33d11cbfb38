import type { Order } from '#domain/order.ts'
import { readMemory } from '../memory.ts'
import type { QuestionState } from '../state.ts'
import { readAddressText } from './read-address.ts'
import { readItems } from './read-items.ts'
import { requestInHand } from './request-in-hand.ts'

/**
 * Whether a text straight after a request was read back says other details of it, beside the order. Else it is about something
 * else, as most are: "I would like a lamp as well".
 */
export function isElsewhere(state: QuestionState): boolean {
  const wish = requestInHand(state)
  const { request: pending } = readMemory(state.input.memory)
  if (!wish?.isReply || pending?.asks !== 'confirm' || state.lookUp.outcome !== 'found') return false
  const order = state.lookUp.orders.find(({ id }) => id === wish.order)
  // "No, number 7" is about it, however little it says.
  return order !== undefined && !/^(?:no|nein)\b/i.test(wish.words) && !saysDetails(wish.words, order, pending.request)
}

type Pending = NonNullable<ReturnType<typeof readMemory>['request']>['request']

function saysDetails(words: string, order: Order, pending: Pending): boolean {
  if (pending?.kind === 'address') return readAddressText(words, order.shippingAddress) !== null
  if (pending?.kind !== 'remove_items' && pending?.kind !== 'return') return false
  const items = readItems(words, order)
  if (items === null) return true
  // Where there is one thing alone, "I like it" names it as well.
  return items.length > 0 && (order.lines.length > 1 || items[0]?.qty !== pending.items[0]?.qty)
}
