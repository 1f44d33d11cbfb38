import { z } from 'zod'
import { Fault } from '#domain/fault.ts'

/** The arguments as the schema reads them. Throws Fault user `tools.args.invalid` with what is wrong, by path. */
export function readArgs<Schema extends z.ZodType>(schema: Schema, args: unknown): z.infer<Schema> {
  const read = schema.safeParse(args)
  if (read.success) return read.data
  throw new Fault({
    kind: 'user',
    code: 'tools.args.invalid',
    message: 'These are no arguments of this action.',
    errors: read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  })
}

const MOST_TEXT = 4_000
const PRINTABLE = /^[^\p{Cs}\0]*$/u
export const word = z.string().trim().min(1).max(200).regex(PRINTABLE)
export const text = z.string().trim().min(1).max(MOST_TEXT).regex(PRINTABLE)
export const amount = z.int().positive().max(1_000_000_000_000).describe('Minor units of the order’s currency')
export const units = z.strictObject({ sku: word, qty: z.int().positive().max(100_000) })
export const address = z.strictObject({
  name: z.string().max(200).regex(PRINTABLE),
  line1: word,
  line2: z.string().max(200).regex(PRINTABLE).optional(),
  city: word,
  region: z.string().max(200).regex(PRINTABLE).optional(),
  postalCode: z.string().max(40).regex(PRINTABLE),
  country: z.string().regex(/^[A-Z]{2}$/, 'An ISO 3166 country code such as DE'),
})
