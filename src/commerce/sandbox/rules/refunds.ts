import type { Decided, OrderFile, OrderRecord } from '#db/commerce/order-files.port.ts'
import type { Money } from '#domain/money.ts'
import type { LineQuantity, Refund } from '#domain/order.ts'
import { done, type Moment, recordId, refused, told, withOrder, withRecords } from './effects/decide.ts'
import { givenBack, mayBePaidBack, refundable, resent, summed } from './units/units.ts'

/** An inquiry is not repeated within a day. */
const INQUIRY_MS = 86_400_000

/** Asks the provider to pay back. It is under way until an event says otherwise. */
export function refund(file: OrderFile, moment: Moment, money: Money, units: LineQuantity[] | null): Decided {
  const no = cannotRefund(file, money, units)
  return no ? refused(no) : asked(file, moment, money, units)
}

/** A new refund for one that failed; the failed one cannot be replaced again. */
export function reissue(file: OrderFile, moment: Moment, failed: string, money: Money): Decided {
  const old = file.payment?.refunds.find(({ id }) => id === failed)
  if (!old) return refused('unknown_refund')
  if (old.status === 'replaced') return refused('already_done')
  if (old.status !== 'failed') return refused('not_now')
  if (money.amount > old.amount) return refused('more_than_captured')
  const settled = file.records.find((record) => record.kind === 'settled_units' && record.reference === failed)
  const units = settled?.kind === 'settled_units' ? settled.units : null
  const replaced = withRefund(file, failed, { status: 'replaced' })
  const no = cannotRefund(replaced, money, units)
  return no ? refused(no) : asked(replaced, moment, money, units, file)
}

/** Asks after a refund that takes long. */
export function chase(file: OrderFile, moment: Moment, id: string): Decided {
  const known = file.payment?.refunds.find((one) => one.id === id)
  if (!known) return refused('unknown_refund')
  if (known.status !== 'pending') return refused('not_now')
  const isFresh = (record: OrderRecord) =>
    record.kind === 'refund_inquiry' &&
    record.refund === id &&
    Date.parse(moment.at) - Date.parse(record.at) < INQUIRY_MS
  if (file.records.some(isFresh)) return refused('already_done')
  const record = { id: recordId('IQ', moment), at: moment.at, kind: 'refund_inquiry', refund: id } as const
  return done(file, withRecords(file, record), moment, { prefix: 'IQ', reversible: false, events: [] })
}

/** What the provider says later of a pending refund. A disputed payment's refund always fails: the bank has the money. */
export function settle(file: OrderFile, id: string, wanted: 'succeeded' | 'failed', why: string | null): OrderFile {
  const { payment } = file
  const known = payment?.refunds.find((one) => one.id === id)
  if (!payment || known?.status !== 'pending') return file
  const status = payment.disputed ? 'failed' : wanted
  const failure = payment.disputed ? 'disputed' : why
  const noted = withRefund(file, id, {
    status,
    pspStatus: status,
    ...(status === 'failed' && failure ? { failure } : {}),
  })
  const refunded = payment.refunded + (status === 'succeeded' ? known.amount : 0)
  const refunding = payment.refunding - known.amount
  return withOrder(
    { ...noted, payment: { ...(noted.payment ?? payment), refunded, refunding } },
    { paymentStatus: statusOf(file, refunded, refunding) },
  )
}

function cannotRefund(file: OrderFile, { amount, currency }: Money, units: LineQuantity[] | null) {
  const { payment } = file
  if (!payment || payment.captured === 0) return 'not_captured'
  if (currency !== payment.currency) return 'other_currency'
  if (payment.disputed) return 'disputed'
  if (givenBack(file) + amount > payment.captured) return 'more_than_captured'
  if (units === null) return mayBePaidBack(file, resent(file), amount) ? 'units_settled' : null
  return summed(units).some(({ sku, qty }) => qty > refundable(file, sku)) ? 'units_settled' : null
}

function asked(
  file: OrderFile,
  moment: Moment,
  { amount, currency }: Money,
  units: LineQuantity[] | null,
  before = file,
): Decided {
  const id = recordId('RF', moment)
  const made: Refund = {
    id,
    amount,
    status: 'pending',
    pspStatus: 'pending',
    createdAt: moment.at,
    ...(units?.length === 1 && units[0] ? { sku: units[0].sku } : {}),
  }
  const settled: OrderRecord[] = units
    ? [{ id: recordId('SU', moment), at: moment.at, kind: 'settled_units', by: 'refund', units, reference: id }]
    : []
  const payment = file.payment
    ? { ...file.payment, refunding: file.payment.refunding + amount, refunds: [...file.payment.refunds, made] }
    : null
  const after = withOrder(
    { ...withRecords(file, ...settled), payment },
    { refunds: [...file.order.refunds, made], paymentStatus: 'refund_pending' },
  )
  return done(before, after, moment, {
    prefix: 'RF',
    reversible: false,
    events: [told(file, 'payments', 'refund.created', { refund: id, amount, currency })],
  })
}

function withRefund(file: OrderFile, id: string, change: Partial<Refund>): OrderFile {
  const changed = (refunds: Refund[]) => refunds.map((one) => (one.id === id ? { ...one, ...change } : one))
  const payment = file.payment && { ...file.payment, refunds: changed(file.payment.refunds) }
  return { ...file, payment, order: { ...file.order, refunds: changed(file.order.refunds) } }
}

function statusOf({ payment }: OrderFile, refunded: number, refunding: number): string {
  if (refunding > 0) return 'refund_pending'
  if (refunded === 0) return 'captured'
  return refunded >= (payment?.captured ?? 0) ? 'refunded' : 'partially_refunded'
}
