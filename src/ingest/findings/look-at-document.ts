import { createHash } from 'node:crypto'
import type { DocumentLook, FindingQuote, LiveDocument, Mark } from '#db/findings/findings.port.ts'
import type { ShopDocument } from '#domain/document.ts'
import { detectLanguage } from '../passages/language.ts'
import { sentencesOf } from '../passages/sentences.ts'
import { type Block, blockText } from '../sources/block.ts'
import { documentBlocks } from '../sources/document-blocks.ts'
import { attributeTypes } from './attribute-types.ts'
import { bandsOf, LEAST_WORDS, plainWords, signatureOf } from './likeness.ts'
import { productConflicts } from './product-facts.ts'
import { audienceOf, type Sentence, statementsOf } from './statements.ts'

/** Part of every look: after a change of these rules all documents are looked at again. */
export const RULES = 4
/** A description of fewer words tells nothing; two that are equal by chance are shorter than this. */
const DESCRIPTION_WORDS = 5
const COMPARED_WORDS = 8
const SENTENCE_WORDS = 5
/** Of a long page, so many of each are compared. */
const MOST_SENTENCES = 400
const MOST_PASSAGES = 100
const MOST_QUOTES = 5
/** Enough text to tell its language, and to tell it from a quotation in another. */
const LANGUAGE_WORDS = 25
const PLACEHOLDER =
  /^(?:no description(?: available)?|description (?:follows|to follow|missing)|coming soon|tbd|tba|todo|n\/?a|none|null|undefined|lorem ipsum.*|keine beschreibung(?: vorhanden)?|beschreibung folgt|folgt)[.!…\s]*$/is

/** What of a document is compared with others, and what is wrong with it alone. One pass over its text; throws nothing. */
export function lookAtDocument({ document, version, source, storedAt }: LiveDocument): DocumentLook {
  const { id, kind, validUntil, updatedAt } = document
  const sections = sectionsOf(document)
  const passages = sections.map(({ text }) => text)
  const said = sections
    .flatMap(({ text, under }) => sentencesOf(text).map((sentence) => ({ text: sentence, under })))
    .slice(0, MOST_SENTENCES)
  const sentences = said.map(({ text }) => text)
  const words = plainWords(passages.join('\n'))
  const named = { id, version, title: storable(document.title), source }
  const own: DocumentLook['own'] = []
  const find = (found: Pick<DocumentLook['own'][number], 'kind' | 'detail'> & { quotes: FindingQuote[] }) =>
    own.push({ ...found, documents: [named], documentCount: 1 })
  if (kind === 'product' && saysNothing(passages, words, document.title))
    find({ kind: 'missing_description', quotes: quoted(id, passages.join(' ')), detail: { words: words.length } })
  const language = otherLanguage(document, passages.join('\n'), words.length)
  if (language)
    find({
      kind: 'language_mismatch',
      quotes: quoted(id, sentences[0] ?? ''),
      detail: { declared: document.locale ?? '', language },
    })
  const conflicts = kind === 'product' ? productConflicts(document, sentences).slice(0, MOST_QUOTES) : []
  if (conflicts.length > 0)
    find({
      kind: 'contradiction',
      quotes: conflicts.flatMap(({ field, stated, sentence }) => [
        { documentId: id, field: storable(field), text: storable(stated) },
        ...quoted(id, sentence),
      ]),
      detail: { topic: storable([...new Set(conflicts.map(({ field }) => field))].join(', ')) },
    })
  const { marks, signatures } = marksOf(document, source, passages, said, words)
  return {
    ...{ id, version, source, kind, signatures, marks, own },
    validUntil: timeOf(validUntil),
    datedAt: timeOf(updatedAt) ?? storedAt,
    sentences: hashesOf(sentences),
    attributeTypes: attributeTypes(document),
    draw: createHash('sha256').update(id).digest().readInt32BE(0),
  }
}

/** Equal for sentences that say the same but for punctuation and capitals; null for those too short to be boilerplate. */
export function sentenceHash(sentence: string): bigint | null {
  const words = plainWords(sentence)
  return words.length < SENTENCE_WORDS ? null : createHash('sha256').update(words.join(' ')).digest().readBigInt64BE(0)
}

/** What a look has as the document's `sentences`. */
export function sentenceHashes(document: ShopDocument): bigint[] {
  return hashesOf(sentencesIn(document).slice(0, MOST_SENTENCES))
}

function hashesOf(sentences: string[]): bigint[] {
  return [...new Set(sentences.map(sentenceHash).filter((hash) => hash !== null))]
}

/** The sentences of a document as they are hashed. */
export function sentencesIn(document: ShopDocument): string[] {
  return sectionsOf(document).flatMap(({ text }) => sentencesOf(text))
}

/** Quotes are cut where nobody reads on; what PostgreSQL and JSON do not take is left out. */
export function quoted(documentId: FindingQuote['documentId'], text: string): FindingQuote[] {
  const [plain, most] = [storable(text), 300]
  return plain
    ? [{ documentId, text: plain.length > most ? `${plain.slice(0, most - 1).toWellFormed()}…` : plain }]
    : []
}

function marksOf(document: ShopDocument, source: string, passages: string[], said: Sentence[], words: string[]) {
  const { kind, title } = document
  const marks: Mark[] = []
  const signatures: Buffer[] = []
  const audience = `${document.locale ?? ''}\n${audienceOf(document)}`
  const compared = kind === 'product' ? [passages.join('\n')] : passages.slice(0, MOST_PASSAGES)
  compared.forEach((passage, place) => {
    const plain = plainWords(passage)
    if (plain.length >= (kind === 'product' ? COMPARED_WORDS : LEAST_WORDS)) {
      // A passage under another title may be meant; of a product, everything but its ids has to be the same.
      const all = kind === 'product' ? [title, attributesOf(document), plain.join(' ')] : [plain.join(' ')]
      const quote = quoted(document.id, passage)[0]?.text ?? ''
      marks.push({ mark: `same:${digest([kind === 'product', audience, ...all])}`, place, quote })
    }
    const signature = signatureOf(plain)
    if (!signature) return
    const group = digest([kind === 'product', audience]).slice(0, 8)
    marks.push(...bandsOf(signature).map((band) => ({ mark: `band:${group}.${band}`, place: signatures.length })))
    signatures.push(signature)
  })
  if (kind === 'product') {
    if (words.length >= COMPARED_WORDS) {
      const quote = quoted(document.id, passages.join(' '))[0]?.text ?? ''
      marks.push({ mark: `description:${digest([audience, words.join(' ')])}`, place: 0, quote })
    }
    const category = storable(document.category ?? '').slice(0, 300)
    marks.push({ mark: category ? `category:${category}` : `no-category:${source}`, place: 0 })
  }
  statementsOf(document, said).forEach(({ topic, key, value, quote }, place) => {
    marks.push({ mark: `statement:${topic}:${digest(key)}`, place, value, quote: storable(quote) })
  })
  return { marks, signatures: Buffer.concat(signatures) }
}

/** Text without headings, block by block; a product's own title at its beginning is no description. */
function sectionsOf(document: ShopDocument): Sentence[] {
  const title = plainWords(document.title).join(' ')
  const path: string[] = []
  return documentBlocks(document.text).flatMap((block: Block, at) => {
    const text = blockText(block, false)
    if (block.kind === 'heading') {
      path.splice(block.level - 1, path.length, text)
      return []
    }
    if (!text.trim() || (at === 0 && plainWords(text).join(' ') === title)) return []
    return [{ text, under: path.filter(Boolean).join(' ') }]
  })
}

function saysNothing(passages: string[], words: string[], title: string): boolean {
  const own = new Set(plainWords(title))
  return (
    words.filter((word) => !own.has(word)).length < DESCRIPTION_WORDS || PLACEHOLDER.test(passages.join('\n').trim())
  )
}

/** The language a text is clearly in although another is declared; null where that is not certain. */
function otherLanguage({ locale }: ShopDocument, text: string, words: number): string | null {
  if (!locale || words < LANGUAGE_WORDS) return null
  const half = Math.floor(text.length / 2)
  const [whole, first, second] = [text, text.slice(0, half), text.slice(half)].map((part) => detectLanguage(part))
  const declared = locale.toLowerCase().split(/[-_]/)[0]
  return whole && whole !== declared && first === whole && second === whole ? whole : null
}

function attributesOf({ attributes = {}, price }: ShopDocument): string {
  return JSON.stringify([Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1)), price])
}

function timeOf(time: string | undefined): Date | null {
  const at = time === undefined ? Number.NaN : Date.parse(time)
  return Number.isNaN(at) ? null : new Date(at)
}

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '').replace(/\s+/g, ' ').trim()
