import { money } from './euros.ts'
import { factTable } from './fact-tables.ts'
import type { Facts, Locale } from './tables.ts'

/**
 * Puts facts into a text: `{{path}}`, `{{money:path}}` (cents), `{{table:name}}`, `{{countries}}`.
 * A path step into a list of rows is an index or a row's `key`. Throws on a fact that does not exist.
 */
export function fill(text: string, facts: Facts, locale: Locale): string {
  return text.replace(/\{\{([^}]+)\}\}/g, (_place, name: string) => {
    if (name === 'countries') return countries(facts, locale)
    const [format, path] = name.includes(':') ? name.split(':', 2) : [undefined, name]
    if (format === 'table') return factTable(path as string, facts, locale)
    const value = factAt(facts, path as string, locale)
    return format === 'money' ? money(Number(value), locale) : String(value)
  })
}

/** The fact at a dotted path, in the locale where it has one. */
export function factAt(facts: Facts, path: string, locale: Locale): string | number {
  let at: unknown = facts
  for (const step of path.split('.')) {
    if (Array.isArray(at)) at = at.find((row) => isRecord(row) && row.key === step) ?? at[Number(step)]
    else if (isRecord(at)) at = at[step]
    else at = undefined
  }
  if (isRecord(at)) at = at[locale]
  if (typeof at !== 'string' && typeof at !== 'number') throw new Error(`no fact at ${path}`)
  return at
}

function countries(facts: Facts, locale: Locale): string {
  const zones = (facts.shipping as { zones: Record<Locale, string>[] }).zones
  return zones
    .flatMap((zone) => zone[locale].split(', '))
    .sort((one, other) => one.localeCompare(other, locale))
    .join(', ')
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
