import { join } from 'node:path'
import { seeded } from './seeded.ts'
import { read, TABLES } from './tables.ts'

type Country = {
  country: string
  locale: string
  share: number
  hub: string
  first: string[]
  last: string[]
  streets: string[]
  towns: [string, string][]
}

export type ShopCustomer = {
  id: string
  name: string
  email: string
  locale: string
  /** ISO 3166-1 alpha-2, as is `address.country`. */
  region: string
  tier: 'standard' | 'circle'
  address: { name: string; line1: string; city: string; postalCode: string; country: string }
}

const FIRST_NUMBER = 20_101

/** The shop's customers, and the parcel hub each country is served from. */
export function customers(): { people: ShopCustomer[]; hubs: Record<string, string> } {
  const countries = read<Country[]>(join(TABLES, 'people.yaml'))
  const people = countries.flatMap((block) => Array.from({ length: block.share }, (_, at) => person(block, at)))
  return {
    people: people.map((one, at) => ({ id: `C-${FIRST_NUMBER + at * 7}`, ...one })),
    hubs: Object.fromEntries(countries.map(({ country, hub }) => [country, hub])),
  }
}

function person(block: Country, at: number): Omit<ShopCustomer, 'id'> {
  const chance = seeded(`customer ${block.country} ${at}`)
  // Steps that share no factor with the lists' lengths, so no two people of a country share a whole name.
  const first = block.first[at % block.first.length] as string
  const last = block.last[(at * 5 + Math.floor(at / block.first.length)) % block.last.length] as string
  const [postalCode, city] = chance.pick(block.towns)
  const name = `${first} ${last}`
  const street = chance.pick(block.streets)
  const number = chance.between(1, 140)
  return {
    name,
    email: `${mailName(first)}.${mailName(last)}@example.com`,
    locale: block.locale,
    region: block.country,
    tier: chance.chance(0.3) ? 'circle' : 'standard',
    address: {
      name,
      line1: ['FR', 'GB', 'IE'].includes(block.country) ? `${number} ${street}` : `${street} ${number}`,
      city,
      postalCode,
      country: block.country,
    },
  }
}

const LETTERS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ø: 'oe', ı: 'i', ł: 'l' }

function mailName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[äöüßøıł]/g, (letter) => LETTERS[letter] as string)
    .normalize('NFD')
    .replace(/[^a-z]/g, '')
}
