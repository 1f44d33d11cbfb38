import type { PostalAddress } from '#domain/order.ts'

/** Longer texts are a letter, not an address. */
const LENGTH = 300
/** Two-letter country codes as shoppers write countries; further names come from the platform's own lists. */
const COUNTRIES = new Map<string, string>(
  Object.entries({
    uk: 'GB',
    england: 'GB',
    scotland: 'GB',
    wales: 'GB',
    'great britain': 'GB',
    usa: 'US',
    us: 'US',
    'united states of america': 'US',
    holland: 'NL',
    'the netherlands': 'NL',
    'czech republic': 'CZ',
    'republic of ireland': 'IE',
    'die niederlande': 'NL',
    'die schweiz': 'CH',
  }),
)
const SHOPS =
  'AT AU BE BG CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT JP LI LT LU LV MT NL NO NZ PL PT RO SE SI SK US'
for (const code of SHOPS.split(' '))
  for (const language of ['en', 'de', code.toLowerCase()]) {
    const name = nameOf(code, language)
    if (name) COUNTRIES.set(name.toLowerCase(), code)
  }

/** Postal codes in front of a town, behind one, or on their own: digits, `1011 AB`, `SW1A 1AA`, `D02 AF30`, `00-950`, `K1A 0B1`. */
const CODE = String.raw`(?:[A-Z]{1,2}-)?(?:\d{4} ?[A-Z]{2}(?!\p{L})|\d{4,5}(?:-\d{3,4})?|\d{2}-\d{3}|\d{3} \d{2}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d[\dW] ?[A-Z\d]{4})`
const CODE_FIRST = new RegExp(String.raw`^(${CODE})\s+(\p{L}[\p{L} .'()/-]*)$`, 'u')
const TOWN_FIRST = new RegExp(String.raw`^(\p{L}[\p{L} .'()/-]*?)\s+(?:([A-Z]{2,3})\s+)?(${CODE})$`, 'iu')
const CODE_ALONE = new RegExp(String.raw`^(?:([A-Z]{2,3})\s+)?(${CODE})$`, 'iu')
/** A house: words with a number in it, before or after them. */
const STREET = /^(?=.*\p{L}{2})(?=.*\d)[\p{L}\d .,'’/&#()-]{4,100}$/u
/** Words in front of an address, where the text begins like a sentence rather than like an address. */
const SENTENCE =
  /^[^\d\n,]*\b(?:address|adresse|lieferadresse|anschrift|send|ship|deliver|change|please|bitte|schicken|senden|liefern|it's|it is|i live|ich wohne)\b/iu
const LEAD =
  /^[^\d\n,]*(?:\b(?:address|adresse|lieferadresse|anschrift|to|at|is|it's|ist|lautet|nach|zu|an|in)\b:?|:) */iu

/**
 * The postal address in a shopper's words: parts by commas or lines, a postal code with its town, a street with its number. What is
 * not written is taken from `before`, the order's own: the name, and the country. Null where no whole address is to be seen. Pure.
 */
export function readAddressText(text: string, before: PostalAddress): PostalAddress | null {
  if (text.length > LENGTH || text.includes('?')) return null
  return addressIn(SENTENCE.test(text) ? text.replace(LEAD, '') : text, before)
}

function addressIn(text: string, before: PostalAddress): PostalAddress | null {
  const parts = split(text)
  const last = parts.at(-1) ?? ''
  const country = COUNTRIES.get(last.toLowerCase())
  if (country) parts.pop()
  const town = townIn(parts)
  if (!town || town.from === 0) return null
  const above = parts.slice(0, town.from)
  const at = above.findIndex((part) => STREET.test(part))
  const line1 = above[at]
  if (!line1 || at > 1) return null
  const rest = above.slice(at + 1)
  if (rest.length > 2 || parts.length > town.to + 1) return null
  const name = above
    .slice(0, at)
    .join(' ')
    .replace(/^(?:c\/o|name)[: ]+/i, '')
  if (/\d/.test(name) || name.length > 80) return null
  return {
    name: name || before.name,
    line1,
    ...(rest.length > 0 ? { line2: rest.join(', ') } : {}),
    city: town.city,
    ...(town.region ? { region: town.region } : {}),
    postalCode: town.code,
    country: country ?? before.country,
  }
}

const split = (text: string) =>
  text
    .split(/[\n;]|,(?!\d)/)
    .map((part) =>
      part
        .replace(/\s+/g, ' ')
        .replace(/[.!\s]+$/, '')
        .trim(),
    )
    .filter((part) => part !== '' && !/^(?:please|bitte|thanks|thank you|danke)$/i.test(part))

type Town = { city: string; code: string; region: string | null; from: number; to: number }

/** The last part, or the last two, that hold a town with its code. */
function townIn(parts: string[]): Town | null {
  for (let at = parts.length - 1; at > 0; at -= 1) {
    const part = parts[at] ?? ''
    const alone = CODE_ALONE.exec(part)
    const city = parts[at - 1]
    if (alone?.[2] && city && at > 1 && /^\p{L}[\p{L} .'-]+$/u.test(city))
      return { city, code: alone[2].toUpperCase(), region: alone[1]?.toUpperCase() ?? null, from: at - 1, to: at }
    const first = CODE_FIRST.exec(part)
    if (first?.[1] && first[2]) return { city: first[2], code: first[1].toUpperCase(), region: null, from: at, to: at }
    const behind = TOWN_FIRST.exec(part)
    if (behind?.[1] && behind[3])
      return {
        city: behind[1],
        code: behind[3].toUpperCase(),
        region: behind[2]?.toUpperCase() ?? null,
        from: at,
        to: at,
      }
  }
  return null
}

function nameOf(code: string, language: string): string | undefined {
  try {
    return new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(code)
  } catch {
    return undefined
  }
}
