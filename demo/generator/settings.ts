import { join } from 'node:path'
import { type Facts, read, TABLES } from './tables.ts'
import { fill } from './template.ts'

/** What the shop's owner set, with facts filled into its texts, in English as the shop's own language. */
export function shopSettings(facts: Facts): unknown {
  return filled(read(join(TABLES, 'settings.yaml')), facts)
}

function filled(value: unknown, facts: Facts): unknown {
  if (typeof value === 'string') return fill(value, facts, 'en')
  if (Array.isArray(value)) return value.map((item) => filled(item, facts))
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, facts)]))
  return value
}
