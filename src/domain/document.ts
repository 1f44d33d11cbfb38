import type { ChunkId, DocumentId } from './ids.ts'
import type { Money } from './money.ts'

export type DocumentKind = 'product' | 'policy' | 'faq' | 'article'
export type AttributeValue = string | number | boolean | { value: number; unit: string }
export type DocumentScope = { region?: string; channel?: string; category?: string; brand?: string }

/** A piece of the shop's content as its owner sends it; the schema of `PUT /v1/documents/{id}`. Times are ISO 8601 UTC. */
export type ShopDocument = {
  id: DocumentId
  kind: DocumentKind
  title: string
  /** Markdown, plain text or HTML, as sent. */
  text: string
  url?: string
  /** BCP 47; without one the content serves every locale. */
  locale?: string
  updatedAt?: string
  validFrom?: string
  validUntil?: string
  audience?: string
  scope?: DocumentScope
  sku?: string
  category?: string
  attributes?: Record<string, AttributeValue>
  price?: Money
  availability?: string
  /** Shown on the product's card; never read for an answer. `alt` says what is to be seen. */
  image?: { url: string; alt?: string }
  aliases?: string[]
}

/** One retrievable passage. Its `text` is cut from the cleaned document, never rephrased. */
export type Chunk = {
  id: ChunkId
  documentId: DocumentId
  documentVersion: number
  kind: DocumentKind
  /** Place in the document, from 0. */
  position: number
  title: string
  headingPath: string[]
  /** FAQ: the question itself. */
  question?: string
  aliases: string[]
  text: string
  /** Lower-case hex SHA-256 over what retrieval sees (title, heading path, question, aliases, text, attributes). */
  contentHash: string
  locale?: string
  /** BCP 47 of the text: the locale, or as found out where the document serves every locale. */
  language?: string
  audience?: string
  scope: DocumentScope
  validFrom?: string
  validUntil?: string
  url?: string
  sku?: string
  category?: string
  attributes: Record<string, AttributeValue>
  /** Attributes that are one measure or amount, in base units (kg, m, l, …) or a currency (ISO 4217), by the attribute's name. */
  measures?: Record<string, { value: number; unit: string }>
  price?: Money
  availability?: string
  image?: { url: string; alt?: string }
  /** Sentences that most pages of its source repeat were left out of the document's passages. */
  shortened?: true
  /** The document's own date, else when it was stored. ISO 8601 UTC. */
  updatedAt: string
}

/** What a shopper's request may see; filters are applied before anything is ranked. */
export type Audience = { locale?: string; region?: string; channel?: string; audience?: string }
