/**
 * JSON with sorted keys and no spaces: equal values give equal texts, so a hash of it is a hash of the value. Members that are
 * `undefined` are left out as JSON does. Throws TypeError on what JSON cannot say (NaN, infinities, functions). Source: after RFC 8785.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    // By UTF-16 code units, as RFC 8785 has it: the same in every locale.
    members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
  }
  throw new TypeError(`No JSON can say a ${typeof value}.`)
}
