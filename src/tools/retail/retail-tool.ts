import { z } from 'zod'
import type { DeskState } from '#db/commerce/desk/desk-world.port.ts'
import type { OrderFile } from '#db/commerce/order-files.port.ts'
import { itemsOf, ownOf, type RetailItem, type RetailMethod, type RetailVariant } from './retail-order.ts'

/** The rule that refused, as this shop numbers them; or what is different afterwards. */
export type RetailDecision =
  | { outcome: 'refused'; rule: string }
  | { outcome: 'done'; file?: OrderFile; own?: Record<string, unknown> }

/** A request at this shop's desk: its arguments, what it is about, its rules in the order of their numbers. */
export type RetailTool<Schema extends z.ZodType = z.ZodType> = {
  name: string
  args: Schema
  about(args: z.infer<Schema>): { order: string | null; customer: string | null }
  decide(state: DeskState, args: z.infer<Schema>): RetailDecision
}

export const refused = (rule: string): RetailDecision => ({ outcome: 'refused', rule })

export const Address = z.strictObject({
  address1: z.string(),
  address2: z.string(),
  city: z.string(),
  state: z.string(),
  country: z.string(),
  zip: z.string(),
})
export const Ids = z.array(z.string()).max(200)

/** A customer's ways to pay, by their ids. */
export function methodsOf({ customer }: DeskState): Record<string, RetailMethod> {
  return (customer?.own?.payment_methods ?? {}) as Record<string, RetailMethod>
}

/** The customer's own with a gift card's balance moved by `cents`; other ways to pay have none to move. */
export function withBalance(own: Record<string, unknown>, id: string, cents: number): Record<string, unknown> {
  const methods = (own.payment_methods ?? {}) as Record<string, RetailMethod>
  const method = methods[id]
  if (method?.source !== 'gift_card') return own
  return { ...own, payment_methods: { ...methods, [id]: { ...method, balance: (method.balance ?? 0) + cents } } }
}

/** Whether a gift card would have to pay more than it holds. Others can always pay. */
export function isShort(method: RetailMethod | undefined, cents: number): boolean {
  return method?.source === 'gift_card' && (method.balance ?? 0) < cents
}

/** The places of the named items on the order, each place once; null when one is named that the order has not, or not so often. */
export function placesOf(items: RetailItem[], ids: string[]): number[] | null {
  const taken = new Set<number>()
  for (const id of ids) {
    const place = items.findIndex((item, at) => item.item_id === id && !taken.has(at))
    if (place < 0) return null
    taken.add(place)
  }
  return [...taken]
}

/** Items in pairs with the variants that replace them, `variant` null where it is none of the item's product. */
export function pairsOf(
  state: DeskState,
  places: number[],
  newIds: string[],
): { place: number; item: RetailItem; variant: RetailVariant | null }[] {
  const items = state.file ? itemsOf(state.file, ownOf(state.file)) : []
  return places.flatMap((place, at) => {
    const item = items[place]
    if (!item) return []
    const product = state.products.find(({ id }) => id === item.product_id)
    const variants = (product?.body.variants ?? {}) as Record<string, RetailVariant>
    return [{ place, item, variant: variants[newIds[at] ?? ''] ?? null }]
  })
}
