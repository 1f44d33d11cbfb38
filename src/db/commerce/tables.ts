import type { Generated } from 'kysely'
import type { Customer, Order } from '#domain/order.ts'
import type { Json } from '../access/tables.ts'

export type CommerceTables = {
  'sandbox.orders': {
    shop: string
    id: string
    lookup_key: string
    customer_id: string
    placed_at: Date
    state_version: Generated<number>
    body: Json<Order>
  }
  'sandbox.customers': { shop: string; id: string; body: Json<Customer> }
}
