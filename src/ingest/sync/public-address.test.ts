import { describe, expect, test } from 'vitest'
import { mayFetchFrom } from './public-address.ts'

const OWN = [
  '10.1.2.3',
  '127.0.0.1',
  '127.255.255.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '::1',
  'fd00::1',
]
const NOBODYS = [
  '0.0.0.0',
  '169.254.169.254',
  '192.0.0.8',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '2001:db8::1',
  'localhost',
  '127.1',
  '2130706433',
  '0x7f000001',
  '',
]

describe('a file', () => {
  test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '193.0.0.1', '2606:4700::1111', '2a00:1450:4001::'])(
    'may come from %s',
    (address) => {
      expect([mayFetchFrom(address, false), mayFetchFrom(address, true)]).toEqual([true, true])
    },
  )

  test.each(OWN)('may come from %s where networks of one’s own are allowed', (address) => {
    expect([mayFetchFrom(address, false), mayFetchFrom(address, true)]).toEqual([false, true])
  })

  test.each(NOBODYS)('never comes from %j', (address) => {
    expect([mayFetchFrom(address, false), mayFetchFrom(address, true)]).toEqual([false, false])
  })
})
