import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export const TABLES = join(import.meta.dirname, '..', 'tables')

export type AttributeCell = string | number | boolean
export type Variant = { name: string; sku: string; price: number; attrs: Record<string, AttributeCell>; note: string }
export type ProductLine = {
  key: string
  brand: string
  name: string
  sku: string
  /** Euros as a shopkeeper writes them; absent when every variant has its own. */
  price?: number
  also: string[]
  attrs: Record<string, AttributeCell>
  text: string
  box?: string
  care?: string
  variants?: Variant[]
}
export type Category = { category: string; department: string; lines: ProductLine[] }

export type Locale = 'en' | 'de'
export type FaqText = { q: string; a: string; also: string[] }
export type FaqItem = FaqText & { id: string; de?: FaqText }
export type FaqGroup = { topic: string; updated: string; items: FaqItem[] }

export type PolicySource = {
  key: string
  locale: Locale
  title: string
  topic: string
  updated: string
  aliases: string[]
  /** `policy` unless the page says otherwise. */
  kind?: 'policy' | 'article'
  /** Days; the page is in force from the first and no longer on the second. */
  valid_from?: string
  valid_until?: string
  audience?: string
  region?: string
  body: string
}

/** Nested facts; leaves are numbers, strings or `{en, de}`. */
export type Facts = { [name: string]: unknown }

export type Shop = {
  name: string
  currency: string
  origin: string
  /** ISO 8601 UTC; the moment the shop's data is true at. */
  epoch: string
}

/** The product tables in the order of their file names. */
export function categories(): Category[] {
  return yamlFiles('products').map((file) => read<Category>(file))
}

/** The questions people ask, by topic. */
export function faqGroups(): FaqGroup[] {
  return yamlFiles('faq').map((file) => read<FaqGroup>(file))
}

/** Policy texts with their places for facts still open. */
export function policySources(): PolicySource[] {
  const folder = join(TABLES, 'policies')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const [, head = '', body = ''] = readFileSync(join(folder, name), 'utf8').split(/^---\n/m, 3)
      const [key = '', locale = ''] = name.split('.')
      if (locale !== 'en' && locale !== 'de') throw new Error(`${name}: no locale in the name`)
      return { key, locale, body: body.trim(), ...parse(head) } as PolicySource
    })
}

/** All facts, the shop's own under `shop`. */
export function facts(): Facts {
  return { ...read<Facts>(join(TABLES, 'facts.yaml')), shop: read<Facts>(join(TABLES, 'shop.yaml')) }
}

export function shop(): Shop {
  return read<Shop>(join(TABLES, 'shop.yaml'))
}

/** One YAML table, trusted: it stands in this repository. */
export function read<T>(file: string): T {
  return parse(readFileSync(file, 'utf8')) as T
}

function yamlFiles(folder: string): string[] {
  const path = join(TABLES, folder)
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(path, name))
}
