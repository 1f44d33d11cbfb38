import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'

/** A place in a list, opaque to who holds it: the sort it belongs to, the last item's value in it and its id. */
export function writeCursor(sort: string, value: string | number, id: string): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url')
}

/** Whole numbers and instants in microseconds that PostgreSQL can read back: 18 digits are within a bigint and within its calendar. */
export const INSTANT = /^\d{1,18}$/
export const INTEGER = /^-?\d{1,18}$/
/** As PostgreSQL writes a double precision as text. */
export const REAL = /^-?\d{1,30}(\.\d{1,30})?(e[+-]\d{1,2})?$/
const ID = /^[\w-]{1,100}$/

/** `value` has the form. Throws Fault user `db.cursor.invalid` on anything that is no cursor of this sort. */
export function readCursor(sort: string, cursor: string, form: RegExp): { value: string; id: string } {
  const read = tryReadJson(Buffer.from(cursor, 'base64url').toString())
  if (Array.isArray(read) && read.length === 3 && read[0] === sort) {
    const [, value, id] = read as unknown[]
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text === 'string' && form.test(text) && typeof id === 'string' && ID.test(id)) return { value: text, id }
  }
  throw new Fault({
    kind: 'user',
    code: 'db.cursor.invalid',
    message: 'The cursor is not one this list gave.',
    status: 400,
    errors: [{ path: 'cursor', message: 'not one this list gave' }],
  })
}
