import { expect, test } from 'vitest'
import { ADDRESS, anOrder } from '../../../test/fixtures/case-builder.ts'
import { misfitOf } from './customer-request.ts'

const order = anOrder({ shippingAddress: { ...ADDRESS, name: 'Ida Körner', line1: 'Straße am Wehr 9', city: 'Köln' } })
const misfit = (changes: Partial<typeof ADDRESS>) =>
  misfitOf({ kind: 'address', address: { ...order.shippingAddress, ...changes } }, order)

test('an address is the one on the order whatever accents, case and blanks it is written with', () => {
  expect(misfit({ name: 'IDA KORNER', city: 'Koln', line1: 'straße  am wehr, 9' })).toBe('already_so')
  expect(misfit({ postalCode: '890 73' })).toBe('already_so')
})

test('another region, door or person is another address', () => {
  for (const change of [{ region: 'BY' }, { line1: 'Straße am Wehr 19' }, { name: 'Ben Körner' }])
    expect(misfit(change)).toBeNull()
})
