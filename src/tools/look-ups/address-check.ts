import type { PostalAddress } from '#domain/order.ts'
import type { AddressCheck } from '../case-look-ups.port.ts'

/** Postal codes as the countries write them; others are not judged. Source: CLDR, postalCodeData. */
const POSTAL_CODES: Record<string, RegExp> = {
  AT: /^\d{4}$/,
  AU: /^\d{4}$/,
  BE: /^\d{4}$/,
  CA: /^[ABCEGHJKLMNPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d$/,
  CH: /^\d{4}$/,
  CZ: /^\d{3} ?\d{2}$/,
  DE: /^\d{5}$/,
  DK: /^\d{4}$/,
  ES: /^\d{5}$/,
  FI: /^\d{5}$/,
  FR: /^\d{2} ?\d{3}$/,
  GB: /^GIR ?0AA$|^[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW]) ?[0-9][ABD-HJLNP-UW-Z]{2}$/,
  IE: /^[AC-FHKNPRTV-Y]\d[\dW] ?[\dAC-FHKNPRTV-Y]{4}$/,
  IT: /^\d{5}$/,
  LU: /^\d{4}$/,
  NL: /^\d{4} ?[A-Z]{2}$/,
  NO: /^\d{4}$/,
  NZ: /^\d{4}$/,
  PL: /^\d{2}-\d{3}$/,
  PT: /^\d{4}(-\d{3})?$/,
  SE: /^\d{3} ?\d{2}$/,
  US: /^\d{5}(-\d{4})?$/,
}

/**
 * What is plain from an address alone: parts that are missing, and a postal code its country does not write so. Whether the house
 * exists only a carrier or a registry knows. Pure.
 */
export function checkAddress(address: PostalAddress): AddressCheck {
  const normalised = {
    ...address,
    name: tidy(address.name),
    line1: tidy(address.line1),
    ...(address.line2 === undefined ? {} : { line2: tidy(address.line2) }),
    city: tidy(address.city),
    postalCode: tidy(address.postalCode).toUpperCase(),
    country: tidy(address.country).toUpperCase(),
  }
  const { name, line1, city, postalCode, country } = normalised
  const format = POSTAL_CODES[country]
  const problems = [
    ...(name === '' ? ['name_missing'] : []),
    ...(line1 === '' ? ['street_missing'] : []),
    ...(city === '' ? ['city_missing'] : []),
    ...(/^[A-Z]{2}$/.test(country) ? [] : ['country_unknown']),
    ...(format && postalCode === '' ? ['postal_code_missing'] : []),
    ...(format && postalCode !== '' && !format.test(postalCode) ? ['postal_code_format'] : []),
    // A street, a box, a house with a name: something to go by.
    ...(line1 !== '' && !/\p{L}/u.test(line1) ? ['street_unclear'] : []),
  ]
  return { usable: problems.length === 0, problems, normalised }
}

function tidy(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
}
