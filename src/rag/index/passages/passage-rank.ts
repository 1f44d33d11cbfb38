/**
 * A number of 53 bits made of a passage's id. Equal scores are ordered by it, so that an index that grew change by change
 * ranks exactly as one built at once. Source: cyrb53, bryc/code (public domain).
 */
export function rankOf(id: string): number {
  let one = 0xdeadbeef
  let two = 0x41c6ce57
  for (let place = 0; place < id.length; place += 1) {
    const code = id.charCodeAt(place)
    one = Math.imul(one ^ code, 2654435761)
    two = Math.imul(two ^ code, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return 4294967296 * (2097151 & two) + (one >>> 0)
}
