import type { AnswerOption, ListedField } from '#domain/answer.ts'
import type { Chunk } from '#domain/document.ts'
import type { Passage, RetrievalResult } from '../retrieval.port.ts'
import type { Question, Speech } from '../understand/understanding.port.ts'

/** Words of a chunk: `chunk.text.slice(start, end)`, offsets in UTF-16 units. */
export type Quote = { chunk: Chunk; start: number; end: number }

/** What the shopper reads, piece by piece: either quoted or one of the fixed templates (`template` names it). */
export type Part =
  /** `field`: what the listing's record says beside its text; then the quote only shows the listing. */
  | { kind: 'quote'; quote: Quote; text: string; field?: ListedField }
  | { kind: 'template'; template: string; text: string }

/** Which step of the ladder made a candidate. */
export type Rung = 'attribute' | 'faq' | 'passage' | 'products' | 'comparison'

/** One possible answer, before it is checked and judged. */
export type Candidate = {
  rung: Rung
  passage: Passage
  parts: Part[]
  /** Cards to show; only where products are the answer or the subject. */
  products: Chunk[]
  /** 0–1: how well the step's own key fits (attribute name, FAQ question); 0 where a step has none. */
  keyMatch: number
  /** Cosine of the question with what was chosen: the stored question of an FAQ entry, else the best sentence. Null without vectors. */
  near: number | null
  /** Free text: the sentence the answer rests on, with the one before where it points back to that; empty elsewhere. */
  core: string
  /** Listings: the share of the product's name that stands in the question; 0 elsewhere. */
  named: number
  /** Words of the question that only name the subject: they stand in the document's title. */
  subject: Set<string>
  /** A product was named, and this is said of products in general. */
  borrowed?: boolean
  /** Every word of the question was read as a condition on the listings' fields, or as the name of a product. */
  typed?: boolean
  /** Numbers of products, as they were counted over the whole catalog: what a template may say of how many there are. */
  counts?: number[]
}

export type Clarification = { text: string; options: AnswerOption[] }

export type Composition = {
  /** Best first, at most six. */
  candidates: Candidate[]
  /** Set when the best two differ in exactly one thing the shopper can name. */
  clarification: Clarification | null
  /** Two documents of equal standing say different things. */
  conflict: boolean
  /** Titles of what was read, for the hand-over. */
  lookedAt: { documentId: string; title: string }[]
  /** The product that was recognised in the question. */
  product: Chunk | null
  /** The product is known and its listing does not say what was asked. */
  listingSilent: boolean
}

/** Makes answers out of passages. Without a model it quotes; it never rephrases. */
export type Composer = {
  /** Rejects only when aborted. */
  compose(question: Question, found: RetrievalResult, signal: AbortSignal): Promise<Composition>
  /** The text of a candidate. */
  text(candidate: Candidate): string
}

export type Phrases = Record<string, string>
export type PhraseBook = Record<Speech, Phrases>
