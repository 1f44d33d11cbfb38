/**
 * Whether a text of a cursor is an instant as `toISOString` writes it. A day that no month has would be another one here, and none in
 * PostgreSQL.
 */
export function isInstant(text: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString() === text
}
