import { z } from 'zod'
import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'

const FIELD =
  /^(id|kind|title|text|url|locale|updatedAt|validFrom|validUntil|audience|sku|category|availability|aliases|price|price\.(amount|currency)|image\.(url|alt)|scope\.(region|channel|category|brand)|attributes\..{1,200})$/
const field = z.string().regex(FIELD, 'Not a field of a document')

const Mapping = z.strictObject({
  columns: z.record(z.string(), field).default({}),
  constants: z.record(field, z.union([z.string(), z.number(), z.boolean()])).default({}),
  others: z.enum(['ignore', 'attributes', 'refuse']).default('ignore'),
  idPrefix: z.string().max(100).optional(),
  decimal: z.enum(['.', ',']).default('.'),
})
const Currency = z.string().regex(/^[A-Z]{3}$/)
const Site = z.url({ protocol: /^https?$/ })

/** `columns`: names of the file → fields of a document. `constants` fill fields a row leaves empty. */
export type Mapping = z.infer<typeof Mapping>
/** What a sender says of a file besides its format: how to read names, money and addresses that are not a document's. */
export type Reading = { mapping: Mapping | null; currency?: string; site?: string }

/**
 * Reads what was sent along with a file. `mapping` is JSON. Throws Fault user `ingest.mapping.invalid` with the places that are
 * wrong, `ingest.import.option` for a currency or an address that is none.
 */
export function readReading(given: { mapping?: string; currency?: string; site?: string }): Reading {
  const { mapping, currency, site } = given
  if (currency !== undefined && !Currency.safeParse(currency).success)
    throw refusedOption('The currency has to be three capital letters, such as EUR.')
  if (site !== undefined && !Site.safeParse(site).success)
    throw refusedOption('The site has to be a web address, such as https://shop.example.')
  return {
    mapping: mapping === undefined ? null : readMapping(mapping),
    ...(currency === undefined ? {} : { currency }),
    ...(site === undefined ? {} : { site: site.replace(/\/+$/, '') }),
  }
}

function readMapping(text: string): Mapping {
  const read = Mapping.safeParse(tryReadJson(text))
  if (read.success) return read.data
  throw new Fault({
    kind: 'user',
    code: 'ingest.mapping.invalid',
    status: 422,
    message: 'The mapping does not say which column is which field.',
    errors: read.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  })
}

function refusedOption(message: string): Fault {
  return new Fault({ kind: 'user', code: 'ingest.import.option', status: 422, message })
}
