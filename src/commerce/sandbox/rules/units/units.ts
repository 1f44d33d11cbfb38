import type { OrderFile } from '#db/commerce/order-files.port.ts'
import type { LineQuantity } from '#domain/order.ts'

/** Refunds that give no money: their units are free again. */
const VOID_REFUNDS = new Set(['failed', 'replaced', 'cancelled'])

/** Units a refund may still be for: bought, and neither paid back nor sent again. */
export function refundable(file: OrderFile, sku: string): number {
  return ordered(file, sku) + settled(file, sku, 'cancel') - settled(file, sku, 'refund') - settled(file, sku, 'reship')
}

/** Units that may still be sent again. What was cancelled before it was sent is refunded without touching the rest. */
export function resendable(file: OrderFile, sku: string): number {
  const paidBack = Math.max(0, settled(file, sku, 'refund') - settled(file, sku, 'cancel'))
  return ordered(file, sku) - settled(file, sku, 'reship') - paidBack
}

/** Money on its way back or there already, minor units. */
export function givenBack({ payment }: OrderFile): number {
  return payment ? payment.refunded + payment.refunding : 0
}

/**
 * Whether amounts without units may have paid for one of these units: from the price of the cheapest on, they count as if they
 * had. So nobody is paid and sent the same thing because a refund did not say what it was for.
 */
export function mayBePaidBack(file: OrderFile, units: LineQuantity[], more = 0): boolean {
  const prices = units.map(({ sku }) => file.order.lines.find((line) => line.sku === sku)?.unitPrice ?? 0)
  const loose = looseRefunds(file) + more
  return loose > 0 && prices.some((price) => loose >= price)
}

/** Everything that was sent again. */
export function resent(file: OrderFile): LineQuantity[] {
  return file.records.flatMap((record) =>
    record.kind === 'settled_units' && record.by === 'reship' ? record.units : [],
  )
}

/** The same SKU named twice counts together. */
export function summed(units: LineQuantity[]): LineQuantity[] {
  const sums = new Map<string, number>()
  for (const { sku, qty } of units) sums.set(sku, (sums.get(sku) ?? 0) + qty)
  return [...sums].map(([sku, qty]) => ({ sku, qty }))
}

export function ordered({ order }: OrderFile, sku: string): number {
  return order.lines.filter((line) => line.sku === sku).reduce((sum, { qty }) => sum + qty, 0)
}

function settled(file: OrderFile, sku: string, by: 'refund' | 'reship' | 'cancel'): number {
  return file.records
    .flatMap((record) =>
      record.kind === 'settled_units' && record.by === by && !(by === 'refund' && isVoid(file, record.reference))
        ? record.units
        : [],
    )
    .filter((unit) => unit.sku === sku)
    .reduce((sum, { qty }) => sum + qty, 0)
}

function looseRefunds(file: OrderFile): number {
  const withUnits = new Set(
    file.records.flatMap((record) => (record.kind === 'settled_units' ? [record.reference] : [])),
  )
  const refunds = file.payment?.refunds ?? []
  return refunds
    .filter(({ id, status }) => !VOID_REFUNDS.has(status) && !withUnits.has(id))
    .reduce((sum, { amount }) => sum + amount, 0)
}

function isVoid({ payment }: OrderFile, reference: string): boolean {
  const refund = payment?.refunds.find(({ id }) => id === reference)
  return refund !== undefined && VOID_REFUNDS.has(refund.status)
}
