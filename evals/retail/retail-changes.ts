import { isDeepStrictEqual } from 'node:util'
import type { RetailCustomer, RetailFiles, RetailOrder } from '#tools/retail/retail-world.ts'
import type { Changes } from './retail-case.ts'

type Files = Omit<RetailFiles, 'products'>
const BALANCE = /^payment_methods\.(.+)\.balance$/

/** What differs, field by field, as the cases write it: the value afterwards. A field that is gone stands as null. */
export function retailChanges(before: Files, after: Files): Changes {
  return {
    orders: changed(before.orders, after.orders, (order: RetailOrder) => order.order_id, orderFields),
    users: changed(before.customers, after.customers, (customer: RetailCustomer) => customer.user_id, customerFields),
  }
}

/** The same to the cent: amounts that were computed in floating point may carry dust. */
export function isSame(actual: Changes, expected: Changes): boolean {
  return isDeepStrictEqual(toCents(actual), toCents(expected))
}

function changed<Row>(
  before: Row[],
  after: Row[],
  idOf: (row: Row) => string,
  fieldsOf: (row: Row) => Record<string, unknown>,
): Record<string, Record<string, unknown>> {
  const old = new Map(before.map((row) => [idOf(row), fieldsOf(row)]))
  const now = new Map(after.map((row) => [idOf(row), fieldsOf(row)]))
  const changes: Record<string, Record<string, unknown>> = {}
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(id) ?? {}, now.get(id) ?? {}]
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
    const moved = names.filter((name) => !isDeepStrictEqual(one[name], other[name]))
    if (moved.length > 0) changes[id] = Object.fromEntries(moved.map((name) => [name, other[name] ?? null]))
  }
  return changes
}

const orderFields = (order: RetailOrder): Record<string, unknown> => order

/** Balances one by one; everything else whole. */
function customerFields({ payment_methods: methods, ...rest }: RetailCustomer): Record<string, unknown> {
  const balances = Object.entries(methods).map(([id, { balance }]) => [`payment_methods.${id}.balance`, balance])
  const others = Object.entries(methods).map(([id, { balance: _sum, ...method }]) => [`payment_methods.${id}`, method])
  return { ...rest, ...Object.fromEntries([...balances.filter(([, sum]) => sum !== undefined), ...others]) }
}

function toCents(value: unknown, name = ''): unknown {
  if (typeof value === 'number') return isAmount(name) ? Math.round(value * 100) : value
  if (Array.isArray(value)) return value.map((item) => toCents(item, name))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toCents(item, key)]))
  return value
}

function isAmount(name: string): boolean {
  return ['price', 'amount', 'exchange_price_difference'].includes(name) || BALANCE.test(name)
}
