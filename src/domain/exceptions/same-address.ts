import type { PostalAddress } from '../order.ts'

/** Whether parcels for both go to the same door and person: case, blanks and commas do not matter. */
export function sameAddress(one: PostalAddress, other: PostalAddress): boolean {
  return textOf(one) === textOf(other)
}

/** The same without the name, for an address nobody put a name to. */
export function sameDoor(one: PostalAddress, other: PostalAddress): boolean {
  return textOf({ ...one, name: '' }) === textOf({ ...other, name: '' })
}

export function sameCountry(one: PostalAddress, other: PostalAddress): boolean {
  return folded(one.country) === folded(other.country)
}

const textOf = ({ name, line1, line2, city, region, postalCode, country }: PostalAddress) =>
  [name, `${line1} ${line2 ?? ''}`, city, region ?? '', postalCode.replace(/[\s-]/g, ''), country].map(folded).join('|')

/** Without accents, case and punctuation, blanks as one. */
export const folded = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
