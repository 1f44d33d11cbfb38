import { describe, expect, test } from 'vitest'
import { claimsWithoutReceipt, type DoneAction } from './claims.ts'

const done = (kind: DoneAction['kind'], confirmed = true): DoneAction[] => [{ kind, receipt: 're_1', confirmed }]
const kindsOf = (text: string, actions: DoneAction[] = []) =>
  claimsWithoutReceipt(text, actions).flatMap(({ kinds }) => kinds[0])

describe('a text to a customer', () => {
  test.each([
    ['We have refunded €74.00 to your card.', 'refund'],
    ['Your order was refunded', 'refund'],
    ['A refund of €12 has been issued.', 'refund'],
    ['We issued a full refund', 'refund'],
    ['We credited 10 % to your account.', 'credit'],
    ['A replacement has been shipped today.', 'reship'],
    ['We are sorry, and we sent you a replacement', 'reship'],
    ['Your order has been cancelled.', 'cancel_order'],
    ['Your delivery address was corrected', 'update_shipping_address'],
    ['We changed your delivery address.', 'update_shipping_address'],
    ['Wir haben Ihnen 74 € erstattet.', 'refund'],
    ['Die Bestellung wurde storniert', 'cancel_order'],
    ['Eine Ersatzlieferung wurde verschickt.', 'reship'],
    ['We opened a trace with the carrier.', 'open_carrier_trace'],
  ])('claims with %j what needs a receipt', (text, kind) => {
    expect(kindsOf(text)).toContain(kind)
    expect(kindsOf(text, done(kind as DoneAction['kind']))).toEqual([])
    expect(kindsOf(text, [{ kind: kind as DoneAction['kind'], receipt: null, confirmed: true }])).toContain(kind)
  })

  test.each([
    'There is news about your order. We are looking after it and will write again as soon as we know more.',
    'We will refund you once the parcel is back.',
    'Your order has not been cancelled.',
    'A refund will be issued if the carrier confirms the loss.',
    'Would you like a replacement to be sent?',
    'Wir werden Ihnen den Betrag erstatten, sobald das Paket zurück ist.',
    'We could not refund this order.',
    'Please send us pictures of the parcel and of what is damaged.',
    "We haven't refunded anything.",
  ])('claims nothing with %j', (text) => {
    expect(claimsWithoutReceipt(text, [])).toEqual([])
  })

  test('may say refunded only when the payment provider shows it, and before that it is on its way', () => {
    expect(kindsOf('We refunded €74.00.', done('refund', false))).toEqual(['refund'])
    expect(kindsOf('Your refund is on its way.', done('refund', false))).toEqual([])
    expect(kindsOf('We refunded €74.00.', done('refund', true))).toEqual([])
  })

  test('is not covered by the receipt of another action', () => {
    expect(kindsOf('We refunded you and sent a replacement.', done('credit'))).toEqual(['refund', 'reship'])
    expect(claimsWithoutReceipt('We will look into it, and we refunded €5', [])).toMatchObject([
      { said: 'we refunded €5' },
    ])
  })
})
