import type { AttributeValue, ShopDocument } from '#domain/document.ts'
import type { Money } from '#domain/money.ts'
import { type PassageChange, passageChanges } from './passage-changes.ts'

export type FieldValue = AttributeValue | Money | string[]
/** `field` as a table column would be called: `price`, `attributes.weight`, `scope.region`. Null: not there. */
export type FieldChange = { field: string; before: FieldValue | null; after: FieldValue | null }

export type VersionDifference = {
  /** False where only markup, or nothing, differs: shoppers are told the same. True of texts that differ and are too long to compare. */
  differs: boolean
  fields: FieldChange[]
  passages: PassageChange[]
  /** Of everything that differs, also where not all of it is listed; no passages of texts too long to compare. */
  counts: { fields: number; added: number; removed: number; changed: number }
  /** Whether everything that differs is listed, and whole. */
  complete: boolean
}

/** More is another document, and nobody reads it. */
const MOST_LISTED = 200
/** Characters of both texts together. They are read and compared in one go, while shoppers wait for their answers. */
const LONGEST_COMPARED = 200_000

/**
 * What a later reader of two versions would be told differently: typed fields with their values, and the passages of the text. Of
 * texts that have more than 200,000 characters together the fields alone, as not complete.
 * Throws Fault user `ingest.document.too_large`, `ingest.document.too_deep` where a stored text is beyond today's limits.
 */
export function versionDifference(before: ShopDocument, after: ShopDocument): VersionDifference {
  const fields = fieldChanges(before, after)
  const same = before.text === after.text
  const tooLong = !same && before.text.length + after.text.length > LONGEST_COMPARED
  const passages = same || tooLong ? [] : passageChanges(before.text, after.text)
  const count = (change: PassageChange['change']) => passages.filter((one) => one.change === change).length
  const listed = passages.slice(0, MOST_LISTED)
  return {
    differs: tooLong || fields.length > 0 || passages.length > 0,
    fields: fields.slice(0, MOST_LISTED),
    passages: listed,
    counts: { fields: fields.length, added: count('added'), removed: count('removed'), changed: count('changed') },
    complete:
      !tooLong &&
      fields.length <= MOST_LISTED &&
      passages.length <= MOST_LISTED &&
      listed.every(({ clipped }) => !clipped),
  }
}

function fieldChanges(before: ShopDocument, after: ShopDocument): FieldChange[] {
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)]
  const names = [...new Set([...old.keys(), ...fresh.keys()])].sort()
  return names.flatMap((field) => {
    const [left, right] = [old.get(field) ?? null, fresh.get(field) ?? null]
    return sameValue(left, right) ? [] : [{ field, before: left, after: right }]
  })
}

function fieldsOf({ id: _, text: __, attributes, scope, image, aliases, ...plain }: ShopDocument) {
  const fields = new Map<string, FieldValue>()
  const keep = (prefix: string, values: object) => {
    for (const [name, value] of Object.entries(values)) if (value !== undefined) fields.set(`${prefix}${name}`, value)
  }
  keep('', plain)
  keep('attributes.', attributes ?? {})
  keep('scope.', scope ?? {})
  keep('image.', image ?? {})
  if (aliases?.length) fields.set('aliases', aliases)
  return fields
}

function sameValue(left: FieldValue | null, right: FieldValue | null): boolean {
  return canonical(left) === canonical(right)
}

/** The order of an object's members, as somebody happened to send them, is no difference. */
function canonical(value: FieldValue | null): string {
  const entries = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : null
  return JSON.stringify(entries?.sort(([left], [right]) => (left < right ? -1 : 1)) ?? value)
}
