import { z } from 'zod'
import type { ShopDocument } from '#domain/document.ts'
import { readDocumentRow } from '../document-row.ts'

/**
 * What an event says of the shop. `facts` are by field: `*` is the whole document (null: retired), `price`, `availability`,
 * `attributes/NAME`; a null takes the field away. `key` names what the facts are about.
 */
export type Claim =
  | { about: 'document'; key: string; id: string | null; sku: string | null; facts: Record<string, unknown> }
  | { about: 'stock'; key: string; sku: string; location: string; facts: Record<string, unknown> }
export type ReadClaim = { ok: true; claim: Claim } | { ok: false; code: string; message: string }

/** Stock without a location is the shop's one place. */
export const ONE_PLACE = ''
const MOST_ATTRIBUTES = 300

const word = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'Control characters do not belong here')
const Id = word(300)
const Sku = word(200)
const Attribute = z.union([
  z.string().max(5_000),
  z.number(),
  z.boolean(),
  z.strictObject({ value: z.number(), unit: word(30) }),
])
const Part = z.strictObject({
  id: Id.optional(),
  sku: Sku.optional(),
  price: z
    .strictObject({
      amount: z.int().nonnegative(),
      currency: z.string().regex(/^[A-Z]{3}$/, 'Not a currency code such as EUR'),
    })
    .nullable()
    .optional(),
  availability: word(100).nullable().optional(),
  attributes: z
    .record(word(200), Attribute.nullable())
    .refine((attributes) => Object.keys(attributes).length <= MOST_ATTRIBUTES, `At most ${MOST_ATTRIBUTES} attributes`)
    .optional(),
})
// What else senders say of a retirement or of stock is theirs; in a product's part an unknown field may be one misspelt.
const Retired = z.object({ id: Id.optional(), sku: Sku.optional() })
const Stock = z.object({
  sku: Sku,
  location: word(100).optional(),
  available: z.int().min(-1_000_000_000).max(1_000_000_000),
})

/** What each type says; anything else of the shop's vocabulary is kept for handlers of its own. */
const READERS: Record<string, (data: unknown, subject: string | null) => ReadClaim> = {
  'product.updated': (data) => (isWhole(data) ? readWhole(data) : readPart(data)),
  'product.retired': readRetired,
  'policy.updated': readWhole,
  'inventory.adjusted': readStock,
}
const KEPT =
  /^(order\.(placed|paid|allocated|fulfilled|shipped|delivered|returned|cancelled|updated)|(payment|refund)\.[a-z][a-z_.]*|shipment\.tracking|exception\.raised)$/

/** `applied` here, `kept` for a handler of its own, or not of this shop's vocabulary. */
export function kindOf(type: string): 'applied' | 'kept' | 'unknown' {
  if (Object.hasOwn(READERS, type)) return 'applied'
  return KEPT.test(type) ? 'kept' : 'unknown'
}

/** Reads the data of an event that is applied. Never throws. */
export function readClaim(type: string, data: unknown, subject: string | null): ReadClaim {
  return READERS[type]?.(data, subject) ?? { ok: false, code: 'type_unknown', message: `Nothing reads ${type}.` }
}

export const documentKey = (id: string) => `document/${id}`
export const skuKey = (sku: string) => `sku/${sku}`

function isWhole(data: unknown): boolean {
  return (
    typeof data === 'object' && data !== null && ['kind', 'title', 'text'].some((name) => Object.hasOwn(data, name))
  )
}

function readWhole(data: unknown): ReadClaim {
  const row = readDocumentRow(data)
  if (!row.ok) return invalid(row.errors)
  const { attributes = {}, ...rest } = row.document
  // No attributes and an empty list of them are one thing, or taking the last one away would differ from never having had it.
  const document: ShopDocument = Object.keys(attributes).length > 0 ? row.document : rest
  const { id, sku = null } = document
  return { ok: true, claim: { about: 'document', key: documentKey(id), id, sku, facts: { '*': document } } }
}

function readPart(data: unknown): ReadClaim {
  const read = Part.safeParse(data)
  if (!read.success) return refused(read.error)
  const { id = null, sku = null, attributes = {}, ...fields } = read.data
  if (id === null && sku === null) return nameless('data.id or data.sku')
  const facts = Object.fromEntries([
    ...Object.entries(fields).filter(([, value]) => value !== undefined),
    ...Object.entries(attributes).map(([name, value]) => [`attributes/${name}`, value]),
  ])
  if (Object.keys(facts).length === 0)
    return { ok: false, code: 'data_invalid', message: 'data holds neither a price, an availability nor attributes.' }
  return { ok: true, claim: aboutDocument(id, sku, facts) }
}

function readRetired(data: unknown, subject: string | null): ReadClaim {
  const read = Retired.safeParse(data ?? {})
  if (!read.success) return refused(read.error)
  const { sku = null, id = sku === null ? subject : null } = read.data
  if (id === null && sku === null) return nameless('data.id, data.sku or subject')
  return { ok: true, claim: aboutDocument(id, sku, { '*': null }) }
}

function readStock(data: unknown): ReadClaim {
  const read = Stock.safeParse(data)
  if (!read.success) return refused(read.error)
  const { sku, location = ONE_PLACE, available } = read.data
  const key = `stock/${JSON.stringify([sku, location])}`
  return { ok: true, claim: { about: 'stock', key, sku, location, facts: { available } } }
}

function aboutDocument(id: string | null, sku: string | null, facts: Record<string, unknown>): Claim {
  return { about: 'document', key: id === null ? skuKey(sku ?? '') : documentKey(id), id, sku, facts }
}

function nameless(where: string): ReadClaim {
  return { ok: false, code: 'data_invalid', message: `Which product? Name it in ${where}.` }
}

function refused({ issues }: z.ZodError): ReadClaim {
  return invalid(issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })))
}

function invalid(errors: { path: string; message: string }[]): ReadClaim {
  const [first = { path: '', message: 'cannot be read' }] = errors
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return {
    ok: false,
    code: 'data_invalid',
    message: `${['data', first.path].filter(Boolean).join('.')}: ${first.message}${more}`,
  }
}
