import type { CarrierSystem } from '#commerce/carrier-system.port.ts'
import type { StockDesk } from '#commerce/inventory-system.port.ts'
import type { OrderDesk } from '#commerce/order-system.port.ts'
import type { PaymentSystem } from '#commerce/payment-system.port.ts'
import type { CaseLookUps } from '../case-look-ups.port.ts'
import { checkAddress } from './address-check.ts'
import type { LookUpParts } from './answered.ts'
import { lookUpCustomer } from './customer.ts'
import { lookUpOrder } from './order.ts'
import { lookUpParcels } from './parcels.ts'
import { lookUpPayment } from './payment.ts'
import { lookUpPrices } from './prices.ts'
import { lookUpRelatedOrders } from './related-orders.ts'
import { lookUpStock } from './stock.ts'

export type ReadableSystems = {
  desk: OrderDesk
  carriers: Pick<CarrierSystem, 'parcels'>
  stock: Pick<StockDesk, 'stock' | 'reservedFor'>
  payments: Pick<PaymentSystem, 'payment'>
}

/** Everything an investigation may read. `patienceMs`: how long each system is waited for, 3 s unless told. */
export function caseLookUps({ desk, carriers, stock, payments }: ReadableSystems, parts: LookUpParts): CaseLookUps {
  return {
    order: lookUpOrder(desk, parts),
    parcels: lookUpParcels(carriers, parts),
    stock: lookUpStock(stock, parts),
    payment: lookUpPayment(payments, parts),
    customer: lookUpCustomer(desk, parts),
    relatedOrders: lookUpRelatedOrders(desk, parts),
    prices: lookUpPrices(desk, parts),
    checkAddress,
  }
}
