import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'

/** A place in a list, opaque to who holds it: the sort it belongs to, the last item's value in it and its id. */
export function writeCursor(sort: string, value: string | number, id: string): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url')
}

/** Throws Fault user `db.cursor.invalid` on anything that is no cursor of this sort. */
export function readCursor(sort: string, cursor: string): { value: string | number; id: string } {
  const read = tryReadJson(Buffer.from(cursor, 'base64url').toString())
  if (Array.isArray(read) && read.length === 3 && read[0] === sort) {
    const [, value, id] = read as unknown[]
    if ((typeof value === 'number' || typeof value === 'string') && typeof id === 'string') return { value, id }
  }
  throw new Fault({
    kind: 'user',
    code: 'db.cursor.invalid',
    message: 'The cursor is not one this list gave.',
    status: 400,
    errors: [{ path: 'cursor', message: 'not one this list gave' }],
  })
}
