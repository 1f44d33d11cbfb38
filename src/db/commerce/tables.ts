import type { Generated } from 'kysely'
import type { Customer, CustomerHistory, PaymentState, Shipment } from '#domain/order.ts'
import type { Json, JsonWithDefault } from '../access/tables.ts'
import type { OrderRecord, StoredEffect, StoredOrder } from './order-files.port.ts'

export type CommerceTables = {
  'sandbox.orders': {
    shop: string
    id: string
    lookup_key: string
    customer_id: string
    placed_at: Date
    state_version: Generated<number>
    body: Json<StoredOrder>
    parcels: JsonWithDefault<Shipment[]>
    parcels_version: Generated<number>
    payment: JsonWithDefault<PaymentState | null>
    payment_version: Generated<number>
    records: JsonWithDefault<OrderRecord[]>
    own: JsonWithDefault<Record<string, unknown> | null>
  }
  'sandbox.customers': {
    shop: string
    id: string
    body: Json<Customer>
    history: JsonWithDefault<CustomerHistory | null>
    own: JsonWithDefault<Record<string, unknown> | null>
  }
  'sandbox.stock': {
    shop: string
    sku: string
    location: string
    on_hand: number
    reserved: number
    incoming_at: Date | null
    incoming_qty: number | null
    version: Generated<number>
  }
  'sandbox.prices': { shop: string; sku: string; effective_from: Date; list_price: number }
  'sandbox.products': { shop: string; id: string; body: Json<Record<string, unknown>> }
  'sandbox.effects': {
    shop: string
    key: string
    system: string
    kind: string
    order_id: string
    fingerprint: string
    outcome: Json<StoredEffect['outcome']>
    undo: JsonWithDefault<unknown>
    at: Date
  }
  'sandbox.settings': {
    shop: string
    frozen_at: Date | null
    offset_ms: Generated<number>
    refund_confirms_after_ms: number | null
    refunds_confirm_since: Date | null
  }
  'sandbox.faults': {
    shop: string
    id: Generated<number>
    system: string
    operation: string
    fault: string
    share: number
    times_left: number | null
    latency_ms: number
  }
  'sandbox.events': { shop: string; position: Generated<number>; event: string }
}
