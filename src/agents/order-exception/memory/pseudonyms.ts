import { folded } from '#domain/exceptions/same-address.ts'
import type { PostalAddress } from '#domain/order.ts'

/** Numbered words in place of what names somebody, in the order it comes up: the same word wherever rules see the same thing. */
export function pseudonyms() {
  const known = new Map<string, string>()
  const next = new Map<string, number>()
  const word = (kind: string, key: string): string => {
    const before = known.get(`${kind}\n${key}`)
    if (before !== undefined) return before
    const number = (next.get(kind) ?? 0) + 1
    next.set(kind, number)
    known.set(`${kind}\n${key}`, `${kind}-${number}`)
    return `${kind}-${number}`
  }
  /** Blank stays blank: that somebody gave none is a fact too. */
  const text = (kind: string, value: string) => (folded(value) === '' ? '' : word(kind, folded(value)))
  return {
    id: word,
    person: (name: string) => text('Person', name),
    address: ({ name, line1, line2, city, region, postalCode, country }: PostalAddress) => ({
      name: text('Person', name),
      line1: text('Street', `${line1} ${line2 ?? ''}`),
      city: text('Town', city),
      region: text('Region', region ?? ''),
      postalCode: text('Code', postalCode.replace(/[\s-]/g, '')),
      country: country.toUpperCase(),
    }),
  }
}
export type Pseudonyms = ReturnType<typeof pseudonyms>
