/**
 * What a person may say in a report besides its words: which parcel, line or refund is meant, and that there are pictures. It says
 * where to look and lets nothing happen without an approver. Everything else in `data` may (an address, how sure somebody is of it, a
 * customer's request, a passed check, since when something is held), so that only the systems that know it can tell it, with a key.
 */
const PEOPLE_MAY_SAY: ReadonlySet<string> = new Set([
  'shipmentId',
  'trackingNumber',
  'tracking',
  'sku',
  'refundId',
  'photos',
])

/** The members of a report's data that a person cannot vouch for, in their order. */
export function unprovenMembers(data: Record<string, unknown>): string[] {
  return Object.keys(data).filter((name) => !PEOPLE_MAY_SAY.has(name))
}
