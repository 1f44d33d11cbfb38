import { z } from 'zod'
import type { ShopDocument } from '#domain/document.ts'
import { documentId } from '#domain/ids.ts'

const BCP47 = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/i
/** An id travels in addresses and log lines. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}]*$/u

const line = (most: number) => z.string().trim().min(1).max(most)
const id = z
  .string()
  .min(1)
  .max(300)
  .regex(/^(?!\s+$)/, 'Empty')
  .regex(PRINTABLE, 'Control characters do not belong in an id')
const time = z
  .string()
  .refine((text) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)), 'Not an ISO 8601 date or time')
/** Links are shown to shoppers, so a script does not pass as one. */
const url = z
  .string()
  .max(2_000)
  .regex(/^(https?:\/\/|\/|mailto:|tel:)/i, 'Not a web address')
/** A browser loads it from a shopper's page, so it has to say from where. */
const picture = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\/[^\s/]/i, 'Not a web address that begins with https:// or http://')
const attribute = z.union([
  z.string().max(5_000),
  z.number(),
  z.boolean(),
  z.strictObject({ value: z.number(), unit: line(30) }),
])

const Row = z
  .strictObject({
    id,
    kind: z.enum(['product', 'policy', 'faq', 'article']),
    title: line(500),
    text: z.string(),
    url: url.optional(),
    locale: z.string().regex(BCP47, 'Not a language tag such as en or de-AT').optional(),
    updatedAt: time.optional(),
    validFrom: time.optional(),
    validUntil: time.optional(),
    audience: line(100).optional(),
    scope: z
      .strictObject({
        region: line(100).optional(),
        channel: line(100).optional(),
        category: line(200).optional(),
        brand: line(200).optional(),
      })
      .optional(),
    sku: line(200).optional(),
    category: line(200).optional(),
    attributes: z.record(line(200), attribute).optional(),
    price: z
      .strictObject({
        amount: z.int().nonnegative(),
        currency: z.string().regex(/^[A-Z]{3}$/, 'Not a currency code such as EUR'),
      })
      .optional(),
    availability: line(100).optional(),
    image: z.strictObject({ url: picture, alt: line(500).optional() }).optional(),
    aliases: z.array(line(500)).max(100).optional(),
  })
  .refine(({ kind, text }) => kind === 'product' || text.trim() !== '', {
    path: ['text'],
    message: 'Only a product may come without a text',
  })
  .refine(({ validFrom, validUntil }) => !validFrom || !validUntil || Date.parse(validFrom) <= Date.parse(validUntil), {
    path: ['validUntil'],
    message: 'Ends before it begins',
  })

/** `path` is the field, dotted; empty when the row as a whole is meant. */
export type RowProblem = { path: string; message: string; value?: string }
export type DocumentRow = { ok: true; document: ShopDocument } | { ok: false; id: string | null; errors: RowProblem[] }

/**
 * A row of an import as a document; the schema of `PUT /v1/documents/{id}`, with two allowances for exports: `null` means a
 * field that is not there, and title and text are taken as they are. Unknown fields are refused by name. A row with `$problem`
 * stands for a page that could not be read, and says why. Never throws.
 */
export function readDocumentRow(row: unknown): DocumentRow {
  const read = Row.safeParse(withoutNulls(row))
  const unreadable = (row as { $problem?: unknown } | null)?.$problem
  if (typeof unreadable === 'string')
    return { ok: false, id: idOf(row), errors: [{ path: '$problem', message: unreadable }] }
  if (read.success) return { ok: true, document: { ...(read.data as ShopDocument), id: documentId(read.data.id) } }
  return { ok: false, id: idOf(row), errors: read.error.issues.flatMap((issue) => problemsOf(issue, row)) }
}

/** Fields whose parts may be null, too. */
const NESTED = new Set(['attributes', 'scope', 'image'])

function withoutNulls(row: unknown): unknown {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return row
  const fields = Object.entries(row).filter(([, value]) => value !== null)
  return Object.fromEntries(fields.map(([name, value]) => [name, NESTED.has(name) ? withoutNulls(value) : value]))
}

function idOf(row: unknown): string | null {
  const found = (row as { id?: unknown } | null)?.id
  return typeof found === 'string' && found.trim() !== '' ? found : null
}

function problemsOf(issue: z.core.$ZodIssue, row: unknown): RowProblem[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => problem([...path, key], 'Unknown field', row))
  const missing = path.length > 0 && (valueAt(path, row) ?? null) === null
  const message = missing ? 'Missing' : path[0] === 'price' && path.length === 1 ? 'Not a price' : plainly(issue, path)
  return [problem(path, message, row)]
}

const TYPES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** The complaint for somebody who knows their data and not the schema's library. */
function plainly(issue: z.core.$ZodIssue, path: string[]): string {
  if (path.length === 0 && issue.code === 'invalid_type') return 'The row is no object with the fields of a document'
  if (issue.code === 'invalid_type') return `Has to be ${TYPES[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `Has to be one of ${issue.values.join(', ')}`
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'Empty' : `Less than ${issue.minimum}`
  if (issue.code === 'too_big')
    return issue.origin === 'string' ? `Over ${issue.maximum} characters long` : `Over ${issue.maximum}`
  if (issue.code === 'invalid_union') return 'Neither a text, a number, true, false nor an object of value and unit'
  return issue.message
}

function problem(path: string[], message: string, row: unknown): RowProblem {
  const value = valueAt(path, row)
  return {
    path: path.join('.'),
    message,
    ...(value === undefined || typeof value === 'object' ? {} : { value: String(value) }),
  }
}

function valueAt(path: string[], row: unknown): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], row)
}
