import { createHmac } from 'node:crypto'
import type { SandboxWorld } from '#db/commerce/sandbox-world.port.ts'
import { customerId, type ShopId } from '#domain/ids.ts'
import type { Customer } from '#domain/order.ts'

/** Invented customers anybody may be in the demo, and what is worth asking as them. */
export const DEMO_CUSTOMERS = [
  { id: 'C-20304', about: 'Two parcels are on their way and one order is being packed.' },
  { id: 'C-20339', about: 'Several parcels are late.' },
  { id: 'C-20129', about: 'Member of the Larkhaven Circle, shops in German; one parcel comes today.' },
] as const

const COOKIE = 'larkhaven_customer'
const TOKEN_SECONDS = 3_600

/** Who a request is signed in as. The cookie only names one of the demo's customers, so there is nothing in it to protect. */
export async function signedIn(
  cookies: string | undefined,
  world: SandboxWorld,
  shop: ShopId,
  signal: AbortSignal,
): Promise<Customer | null> {
  const named = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(cookies ?? '')?.[1]
  return named && isDemoCustomer(named) ? world.customer(shop, customerId(named), signal) : null
}

export function isDemoCustomer(id: string): boolean {
  return DEMO_CUSTOMERS.some((customer) => customer.id === id)
}

/** `Set-Cookie` for being `id` from now on; null ends it. */
export function cookieFor(id: string | null): string {
  return `${COOKIE}=${id ?? ''}; Path=/demo; HttpOnly; SameSite=Lax; Max-Age=${id ? 7 * 86_400 : 0}`
}

/**
 * What a shop's server puts into its page for whoever is signed in: a JWT signed with the shop's identity secret (HS256),
 * good for an hour. Source: RFC 7519, RFC 7515 appendix A.1.
 */
export function identityToken({ id, name, email }: Customer, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  const claims = { sub: id, name, email, iat: seconds, exp: seconds + TOKEN_SECONDS }
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
