import { BlockList, isIP } from 'node:net'

/** Never a file's address, whoever asks: this network, link-local (cloud metadata among it), multicast, reserved. Source: IANA special-purpose registries. */
const NEVER = subnets([
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
])
/** Networks of one's own. */
const PRIVATE = subnets([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
])
const PRIVATE_6 = subnets([
  ['::1', 128],
  ['fc00::', 7],
])
/** All of version 6 that is routed; within it, what carries other addresses or is for documentation. */
const GLOBAL_6 = subnets([['2000::', 3]])
const NEVER_6 = subnets([
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])

/**
 * Whether a file may be fetched from this IP address: one of the public internet, or with `allowPrivate` one of a network of one's
 * own. Addresses of version 4 in the clothes of version 6 are refused, as nothing needs them. False for what is no address.
 */
export function mayFetchFrom(address: string, allowPrivate: boolean): boolean {
  const version = isIP(address)
  if (version === 4) return !NEVER.check(address) && (allowPrivate || !PRIVATE.check(address))
  if (version !== 6 || address.includes('%')) return false
  if (PRIVATE_6.check(address, 'ipv6')) return allowPrivate
  return GLOBAL_6.check(address, 'ipv6') && !NEVER_6.check(address, 'ipv6')
}

function subnets(ranges: [network: string, prefix: number][]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, isIP(network) === 4 ? 'ipv4' : 'ipv6')
  return list
}
