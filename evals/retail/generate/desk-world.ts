import { readFileSync } from 'node:fs'
import { readJson } from '#domain/foreign-json.ts'
import type { RetailCustomer, RetailFiles, RetailOrder } from '#tools/retail/retail-world.ts'

type DemoCustomer = {
  id: string
  name: string
  email: string
  address: { line1: string; city: string; postalCode: string; country: string }
}
export type Address = { address1: string; address2: string; city: string; state: string; country: string; zip: string }
export type Variant = { item_id: string; options: Record<string, string>; available: boolean; price: number }

const CUSTOMERS = new URL('../../../demo/shop/customers.jsonl', import.meta.url)
const MOST_CUSTOMERS = 8

/** Amounts in cents here, decimal units in the files. */
export const units = (cents: number) => cents / 100

const variant = (id: string, options: Record<string, string>, cents: number, available = true): Variant => ({
  item_id: id,
  options,
  available,
  price: units(cents),
})

/** Three of the demo shop's products in the form of a desk that sells variants; the sand speaker is sold out. */
const SPEAKER = {
  product_id: 'SP-PORT',
  name: 'Lowe & Finch Porter shower speaker',
  variants: [
    variant('SP-PORT-WHITE', { colour: 'white' }, 3_990),
    variant('SP-PORT-GRAPHITE', { colour: 'graphite' }, 4_490),
    variant('SP-PORT-MOSS', { colour: 'moss' }, 3_590),
    variant('SP-PORT-SAND', { colour: 'sand' }, 3_990, false),
  ],
} as const
const TEAPOT = {
  product_id: 'TW-TEAP',
  name: 'Kornblatt Pilot teapot',
  variants: [variant('TW-TEAP-08', { volume: '0.8 l' }, 4_990), variant('TW-TEAP-12', { volume: '1.2 l' }, 5_990)],
} as const
const COOK_SET = {
  product_id: 'OK-BOTH',
  name: 'Rimsund Bothy cook set',
  variants: [variant('OK-BOTH-1', { size: 'solo' }, 4_490), variant('OK-BOTH-2', { size: 'duo' }, 5_990)],
} as const
const PRODUCTS = [SPEAKER, TEAPOT, COOK_SET]

/** An item of an order; which product it is of stands in its id. */
export function item(id: string) {
  for (const { product_id, name, variants } of PRODUCTS) {
    const found = (variants as readonly Variant[]).find(({ item_id }) => item_id === id)
    if (found) return { name, product_id, item_id: id, price: found.price, options: found.options }
  }
  throw new Error(`nobody sells ${id}`)
}
export const centsOf = (id: string) => Math.round(item(id).price * 100)

/** A customer of the desk with five orders: two open (one paid by gift card), one picked, two delivered. */
export type Desk = {
  user: string
  card: string
  paypal: string
  gift: string
  balance: number
  pending: string
  byGift: string
  processed: string
  delivered: string
  deliveredToo: string
}

const BASKET = ['SP-PORT-WHITE', 'TW-TEAP-08']
const BY_GIFT = ['OK-BOTH-1']
export const TOTAL = BASKET.reduce((sum, id) => sum + centsOf(id), 0)
export const GIFT_TOTAL = BY_GIFT.reduce((sum, id) => sum + centsOf(id), 0)

/** The desk's whole world and who its customers are. Cents on gift cards differ from customer to customer; the third's is empty. */
export function deskWorld(): { files: RetailFiles; desks: Desk[]; addressOf(desk: Desk): Address } {
  const people = readFileSync(CUSTOMERS, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => readJson(line) as DemoCustomer)
    .slice(0, MOST_CUSTOMERS)
  const desks = people.map(({ id }, at): Desk => {
    const order = (number: number) => `#D${1_000 + at * 10 + number}`
    const names = { user: id, card: `credit_card_${at}`, paypal: `paypal_${at}`, gift: `gift_card_${at}` }
    return {
      ...names,
      balance: at === 2 ? 0 : 9_000 + at * 111,
      ...{ pending: order(1), byGift: order(2), processed: order(3), delivered: order(4), deliveredToo: order(5) },
    }
  })
  const addresses = new Map(people.map(({ id, address }) => [id, addressIn(address)]))
  const addressOf = ({ user }: Desk) => addresses.get(user) as Address
  const customers = people.map((person, at): RetailCustomer => {
    const desk = desks[at] as Desk
    return {
      user_id: person.id,
      name: { first_name: person.name.split(' ')[0], last_name: person.name.split(' ').slice(1).join(' ') },
      address: addressOf(desk),
      email: person.email,
      payment_methods: {
        [desk.card]: { source: 'credit_card', id: desk.card, brand: 'visa', last_four: `${4_000 + at}` },
        [desk.paypal]: { source: 'paypal', id: desk.paypal },
        [desk.gift]: { source: 'gift_card', id: desk.gift, balance: units(desk.balance) },
      },
      orders: ordersOf(desk),
    }
  })
  const orders = desks.flatMap((desk) => {
    const made = (id: string, status: string, items: string[], method: string): RetailOrder => ({
      order_id: id,
      user_id: desk.user,
      address: addressOf(desk),
      items: items.map(item),
      status,
      fulfillments: status === 'pending' ? [] : [{ tracking_id: [`7${id.slice(2)}`], item_ids: items }],
      payment_history: [
        {
          transaction_type: 'payment',
          amount: units(items.reduce((sum, one) => sum + centsOf(one), 0)),
          payment_method_id: method,
        },
      ],
    })
    return [
      made(desk.pending, 'pending', BASKET, desk.card),
      made(desk.byGift, 'pending', BY_GIFT, desk.gift),
      made(desk.processed, 'processed', BASKET, desk.card),
      made(desk.delivered, 'delivered', BASKET, desk.card),
      made(desk.deliveredToo, 'delivered', BY_GIFT, desk.paypal),
    ]
  })
  const products = PRODUCTS.map(({ product_id, name, variants }) => ({
    product_id,
    name,
    variants: Object.fromEntries(variants.map((one) => [one.item_id, one])),
  })) as unknown as RetailFiles['products']
  return { files: { orders, customers, products }, desks, addressOf }
}

const ordersOf = ({ pending, byGift, processed, delivered, deliveredToo }: Desk) => [
  pending,
  byGift,
  processed,
  delivered,
  deliveredToo,
]

const addressIn = ({ line1, city, postalCode, country }: DemoCustomer['address']): Address => ({
  address1: line1,
  address2: '',
  city,
  state: '',
  country,
  zip: postalCode,
})
