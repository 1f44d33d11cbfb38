import {
  arrivedAt,
  type CustomerRequest,
  misfitOf,
  type RequestRefusal,
  readRequest,
  refusalOf,
  worthOf,
} from '#domain/exceptions/customer-request.ts'
import { sameCountry } from '#domain/exceptions/same-address.ts'
import type { Order } from '#domain/order.ts'
import {
  action,
  forApproval,
  handedUp,
  type Known,
  type Plan,
  type Playbook,
  proposed,
  settled,
} from '../../playbook.ts'
import { inWords } from '../../signs/make-good.ts'
import { isCancelled, isCancelledAndSquare, isCaptured, stillRefundable } from '../../signs/money-so-far.ts'

type Needs = 'order' | 'parcels' | 'payment'

/** What a customer asks to be done to an order of theirs, confirmed by them. Source: docs/exceptions.md, customer_request. */
export const customerRequest: Playbook<Needs> = {
  type: 'customer_request',
  needs: { order: { maxAgeMinutes: 15 }, parcels: { maxAgeMinutes: 60 }, payment: { maxAgeMinutes: 15 } },
  never: ['reship', 'credit', 'release_hold', 'correct_price', 'reissue_refund'],
  ifNothing: 'The order goes on as it was placed, against what the customer asked for.',
  plan,
}

const WHY: Record<RequestRefusal, string> = {
  already_cancelled: 'The order is cancelled.',
  already_so: 'The order has this address already.',
  already_shipped: 'The carrier has a parcel of it; what the customer asked for can be done to it no more.',
  already_delivered: 'The order has arrived; what the customer asked for can be done to it no more.',
  paid_already: 'The order is paid; the way it was paid cannot be changed any more.',
  not_arrived: 'It has not arrived yet; what is still on its way cannot be sent back.',
  returning_already: 'A return of this order is under way.',
  unknown_items: 'The order does not have the units the customer named.',
}

/** The first rule that holds decides. The order's state of now counts, not the one the customer was shown. */
function plan(known: Known<Needs>): Plan {
  const { order, parcels, payment, exception } = known
  const request = readRequest(exception.data.request)
  if (request === null)
    return handedUp({ cause: 'request_unclear', rule: 'customer_request.0', why: 'What is asked for is not plain.' })
  const refusal = refusalOf(request.kind, order, parcels) ?? misfitOf(request, order)
  if (refusal === 'already_cancelled' && request.kind === 'cancel' && isCancelled(order))
    return isCancelledAndSquare(order, payment)
      ? settled({ cause: 'already_cancelled', rule: 'customer_request.1', why: WHY.already_cancelled })
      : seen(order, stillOwed(known))
  if (refusal === 'already_so')
    return settled({ cause: 'already_corrected', rule: 'customer_request.1', why: WHY.already_so })
  if (refusal) return handedUp({ cause: 'request_too_late', rule: 'customer_request.2', why: WHY[refusal] })
  return seen(order, asked(request, known))
}

/** Fraud that is suspected is a person's matter, whoever asks. */
function seen(order: Order, found: Plan): Plan {
  return isSuspect(order) && found.verdict === 'auto' ? { ...found, verdict: 'approval' } : found
}

/** Cancelled, by whomever, and still paid: the money was promised with it. */
function stillOwed({ order, payment, limits }: Known<Needs>): Plan {
  const { amount } = stillRefundable(order, payment)
  const finding = { cause: 'request_cancel', rule: 'customer_request.3', why: moneyBack(amount, order) }
  return proposed(finding, [action('refund', { amount })], amount <= limits.approvals.refundAutoMax)
}

function asked(request: CustomerRequest, { order, payment, limits, now }: Known<Needs>): Plan {
  const rule = 'customer_request.3'
  switch (request.kind) {
    case 'cancel': {
      const finding = { cause: 'request_cancel', rule, why: moneyBack(stillRefundable(order, payment).amount, order) }
      const cancel = action('cancel_order', { orderId: order.id, reason: 'asked for by the customer' })
      return withRefund(finding, cancel, stillRefundable(order, payment).amount, limits.approvals.refundAutoMax)
    }
    case 'remove_items': {
      const amount = Math.min(worthOf(request.items, order), stillRefundable(order, payment).amount)
      const [first, ...others] = request.items.map((line) => action('cancel_line', line))
      const finding = { cause: 'request_items', rule, why: moneyBack(isCaptured(payment) ? amount : 0, order) }
      if (!first) return handedUp({ ...finding, rule: 'customer_request.0', why: 'No unit is named.' })
      const only = withRefund(finding, first, isCaptured(payment) ? amount : 0, limits.approvals.refundAutoMax)
      const [head, ...rest] = only.actions
      return { ...only, actions: head ? [head, ...others, ...rest] : [] }
    }
    case 'address': {
      const total = { amount: order.total, currency: order.currency }
      const actions = [action('update_shipping_address', { address: request.address })]
      const why = `The customer asks for another address; the order is worth ${inWords(total)}, changed unseen up to ${inWords({ ...total, amount: limits.approvals.addressChangeAutoMax })}.`
      const finding = { cause: 'request_address', rule, why }
      const isPlain = sameCountry(request.address, order.shippingAddress)
      return isPlain
        ? proposed(finding, actions, total.amount <= limits.approvals.addressChangeAutoMax)
        : forApproval({ ...finding, why: `${why} It is in another country.` }, actions)
    }
    case 'return': {
      const worth = { amount: worthOf(request.items, order), currency: order.currency }
      const arrived = arrivedAt(order)
      const since = arrived === null ? 'Nobody knows since when.' : `It arrived ${arrived}, looked at ${now}.`
      const why = `The customer wants to send back what is worth ${inWords(worth)}. ${since} Money goes back once it is there.`
      return forApproval({ cause: 'request_return', rule, why }, [action('open_return', { lines: request.items })])
    }
    case 'payment':
      return proposed(
        { cause: 'request_payment', rule, why: 'The order is not paid, and the customer wants to pay another way.' },
        [action('request_payment_method')],
        true,
      )
  }
}

function withRefund(
  finding: Pick<Plan, 'cause' | 'rule' | 'why'>,
  first: Plan['actions'][number],
  amount: number,
  max: number,
) {
  if (amount === 0) return proposed(finding, [first], true)
  return proposed(finding, [first, action('refund', { amount })], amount <= max)
}

const isSuspect = ({ riskSignals, holdReason }: Order) => (riskSignals ?? []).length > 0 || holdReason === 'fraud'

const moneyBack = (amount: number, { currency }: Order) =>
  amount === 0 ? 'No money has to go back.' : `${inWords({ amount, currency })} go back.`
