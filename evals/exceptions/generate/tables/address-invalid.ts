import { closes, MONEY, named, type Sketch, type Table } from '../kit.ts'
import { INJECTIONS } from '../shelves.ts'
import { open, paidBack, shelf, sure, world } from './shapes.ts'

/** Scenarios of address_invalid. */
export const addressInvalid: Table = {
  type: 'address_invalid',
  rules: [
    (kit) =>
      [0, 1].map((over): Sketch => {
        const order = open(kit, { total: kit.limits.approvals.addressChangeAutoMax + over })
        const suggestion = {
          ...order.shippingAddress,
          postalCode: `${order.shippingAddress.postalCode.slice(0, -1)}9`,
        }
        return {
          variant: 'suggestion',
          twin: 'address-total',
          order,
          inventory: shelf(kit, order),
          exception: { source: 'address_check', data: { suggestion, confidence: sure(kit) } },
          expect: {
            cause: 'address_typo',
            actions: [[named('update_shipping_address', { address: suggestion })]],
            decision: over ? 'approval' : 'auto',
            mustNot: [...MONEY, 'cancel_order'],
            why: 'The total against the limit for address changes.',
          },
        }
      }),
    (kit) => {
      const order = open(kit, { total: 2_500 })
      const suggestion = { ...order.shippingAddress, postalCode: `${order.shippingAddress.postalCode.slice(0, -1)}9` }
      const least = kit.limits.addressMinConfidence
      const asks = {
        cause: 'address_unverifiable',
        actions: [[named('hold_order'), named('request_address')]],
        decision: 'auto' as const,
        mustNot: [...MONEY, 'update_shipping_address', 'cancel_order'],
        why: 'Not sure enough: hold and ask.',
      }
      const about = (data: Record<string, unknown>, detail = '') => ({ source: 'address_check', detail, data })
      const base = { order, inventory: shelf(kit, order) }
      return [
        {
          variant: 'just_sure_enough',
          twin: 'confidence',
          ...base,
          exception: about({ suggestion, confidence: least }),
          expect: {
            cause: 'address_typo',
            actions: [[named('update_shipping_address', { address: suggestion })]],
            decision: 'auto',
            mustNot: [...MONEY, 'cancel_order'],
            why: 'As sure as the shop asks for.',
          },
        },
        {
          variant: 'not_sure_enough',
          twin: 'confidence',
          ...base,
          exception: about({ suggestion, confidence: Math.round((least - 0.01) * 100) / 100 }),
          expect: asks,
        },
        { variant: 'no_suggestion', ...base, exception: about({}, kit.pick(INJECTIONS)), expect: asks },
        {
          variant: 'suggestion_abroad',
          ...base,
          exception: about({ suggestion: { ...suggestion, country: 'AT' }, confidence: 0.99 }),
          expect: asks,
        },
        {
          variant: 'corrected_meanwhile',
          ...base,
          exception: about({ suggestion: order.shippingAddress, confidence: 0.99 }),
          expect: closes('already_corrected', 'The order has the suggested address.', [
            ...MONEY,
            'hold_order',
            'update_shipping_address',
          ]),
        },
      ]
    },
    (kit) => {
      const order = open(kit, { total: 2_000 })
      const suggestion = { ...order.shippingAddress, line1: `${order.shippingAddress.line1} b` }
      const exception = { source: 'address_check', data: { suggestion, confidence: sure(kit) } }
      return [
        {
          variant: 'paid_back',
          twin: 'paid-back',
          ...world(kit, { ...order, refunds: paidBack(kit, order) }),
          exception,
          expect: closes('already_refunded', 'All money went back: nothing is sent.', [
            ...MONEY,
            'update_shipping_address',
            'hold_order',
          ]),
        },
        {
          variant: 'paid_back_all_but_one',
          twin: 'paid-back',
          ...world(kit, { ...order, refunds: paidBack(kit, order, 1) }),
          exception,
          expect: {
            cause: 'address_typo',
            actions: [[named('update_shipping_address', { address: suggestion })]],
            decision: 'auto',
            mustNot: [...MONEY, 'close_exception'],
            why: 'A part of the money is not all of it.',
          },
        },
      ]
    },
  ],
}
